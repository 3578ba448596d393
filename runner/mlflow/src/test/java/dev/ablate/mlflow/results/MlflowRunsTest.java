package dev.ablate.mlflow.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.tracking.LoggedRun;
import dev.ablate.engine.tracking.TrackingException;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs of another program, read from a real server. */
@ManagedMlflow
class MlflowRunsTest {

    private final Endpoint server;

    MlflowRunsTest(URI address) {
        this.server = new Endpoint(address.toString(), address, Access.open());
    }

    @Test
    void readsAllPagesInTheOrderInWhichTheyStarted() {
        try (ForeignLog log = new ForeignLog(server.server(), "results: pages")) {
            IntStream.rangeClosed(1, 17)
                    .forEach(i -> log.run("run-" + i)
                            .param("seed", Integer.toString(i))
                            .tag("größe", "模型 " + i)
                            .metric("acc", 0.1, i)
                            .end("FINISHED"));
            log.delete(log.run("gone").end("FINISHED"));
            for (int page : new int[] {1, 5, 17, 500}) {
                try (MlflowRuns runs = MlflowRuns.open(server, "results: pages", Optional.empty(), page)) {
                    List<LoggedRun> read = runs.runs();
                    assertThat(read)
                            .extracting(LoggedRun::name)
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, 17)
                                    .mapToObj(i -> "run-" + i)
                                    .toList());
                    assertThat(read.get(16).params()).containsEntry("seed", "17");
                    assertThat(read.get(16).tags()).containsEntry("größe", "模型 17");
                    assertThat(read.get(16).metrics()).containsEntry("acc", 17.0);
                }
            }
            try (MlflowRuns runs = MlflowRuns.open(server, log.id(), Optional.of("params.seed = '4'"))) {
                assertThat(runs.experiment()).isEqualTo("results: pages");
                assertThat(runs.runs()).extracting(LoggedRun::name).containsExactly("run-4");
                assertThat(runs.history(runs.runs().get(0), "acc"))
                        .containsExactly(new LoggedRun.Value(0, 0.1), new LoggedRun.Value(1, 4));
            }
        }
    }

    @Test
    void saysWhatIsNotThere() {
        try (ForeignLog log = new ForeignLog(server.server(), "results: chunks")) {
            assertThat(log.id()).isNotEmpty();
            assertThatThrownBy(() -> MlflowRuns.open(server, "results: chunsk", Optional.empty()))
                    .isInstanceOf(TrackingException.class)
                    .hasMessageStartingWith(
                            "MLflow has no experiment 'results: chunsk'; did you mean 'results: chunks'?");
            try (MlflowRuns runs = MlflowRuns.open(server, "results: chunks", Optional.of("params.seed ="))) {
                assertThatThrownBy(runs::runs)
                        .isInstanceOf(TrackingException.class)
                        .hasMessageContaining("answered 400")
                        .hasMessageContaining("filter");
            }
        }
        URI nobody = URI.create("http://127.0.0.1:9");
        assertThatThrownBy(() -> MlflowRuns.open(
                        new Endpoint(nobody.toString(), nobody, Access.open()), "any", Optional.empty()))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("refused the connection");
    }
}
