package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.ScaleSettings.Method;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.exchange.ResultFile;
import dev.ablate.worker.exchange.ResultSink;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunResult.Series;
import dev.ablate.worker.exchange.RunResult.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker gives to a result is what the pool gives to the store. */
class RunWorkerTest {

    @TempDir
    private Path folder;

    private RunResult travelled(PlannedRun run) {
        ResultSink sink = new ResultSink(new SteadyClock(), folder);
        RunEnding ending = new RunWorker(
                        run,
                        sink,
                        new Quiet(),
                        new AtomicBoolean(),
                        new Patience(Duration.ofSeconds(10)),
                        new AbandonedTrainers())
                .train();
        Path file = folder.resolve(run.key() + ".result");
        ResultFile.write(sink.result(run.key().hex(), "seed: 1\n", ending, Map.of("java", "17"), ""), file);
        return ResultFile.read(file);
    }

    private static Plan plan(BoundTrainer trainer) {
        return ChangedRun.plan(
                SmallPlans.plan("travels", List.of(5L), Map.of("only", trainer)),
                run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.MAX));
    }

    /** {@code train/mse at 5: 0.25}, with all digits. */
    private static List<String> points(RunStore store, RunRecord record) {
        List<String> points = new ArrayList<>();
        store.points(record.id(), 0, Integer.MAX_VALUE)
                .forEach(point -> points.add(point(point.series(), point.step(), point.value())));
        return points;
    }

    private static String point(String series, long step, double value) {
        return series + " at " + step + ": " + CanonicalText.number(value);
    }

    @Test
    void aResultHasWhatTheStoreWouldHave() {
        Plan plan = plan(Descent.of(300, true));
        PlannedRun run = plan.runs().get(0);
        RunResult result = travelled(run);
        try (RunStore store = RunStore.open(folder.resolve("home"), new SteadyClock())) {
            RunRecord record = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0)
                    .record();
            assertThat(result.status()).isEqualTo(Status.FINISHED);
            assertThat(result.key()).isEqualTo(record.key().hex());
            assertThat(result.updates()).isEqualTo(record.updates());
            assertThat(result.deterministic()).isEqualTo(record.deterministic());
            assertThat(List.of(result.trainRows(), result.testRows()))
                    .isEqualTo(List.of(record.trainRows(), record.testRows()));
            assertThat(result.parameters()).isEqualTo(record.parameters());
            List<String> points = new ArrayList<>();
            for (Series series : result.series()) {
                for (int k = 0; k < series.steps().length; k++) {
                    points.add(point(series.name(), series.steps()[k], series.values()[k]));
                }
            }
            assertThat(points).hasSizeGreaterThan(1_000).containsExactlyInAnyOrderElementsOf(points(store, record));
            Map<String, byte[]> files = store.files(record.id());
            assertThat(result.files()).containsOnlyKeys(files.keySet());
            files.forEach((path, content) ->
                    assertThat(result.files().get(path)).as(path).isEqualTo(content));
        }
    }

    @Test
    void aResultSaysWhyARunFailed() {
        RunResult result = travelled(plan(Scripted.of(training -> {
                    throw new IllegalStateException("no luck");
                }))
                .runs()
                .get(0));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.error())
                .contains(
                        "failed after 0 updates: trainer 'scripted' ended with java.lang.IllegalStateException: no luck");
        assertThat(result.parameters()).isEmpty();
    }
}
