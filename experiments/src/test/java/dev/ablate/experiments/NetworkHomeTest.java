package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs that want one home which several hosts see. */
class NetworkHomeTest {

    private static final String SPEC = """
            version: 1
            name: shared
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, updates: 2000000, batch: 1, order: shuffled }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            seeds: { count: 2, base: 7 }
            """;

    @TempDir
    private Path folder;

    private Ablate program(String home) {
        return new Ablate(folder)
                .with("ABLATE_HOME", folder.resolve(home).toString())
                .with("ABLATE_HOME_KIND", "network");
    }

    /** Each run's last metrics and whether it is deterministic, to the bit. */
    private static List<String> figures(JsonObject document) {
        List<String> figures = new ArrayList<>();
        for (JsonElement run : document.getAsJsonArray("runs")) {
            figures.add(run.getAsJsonObject().get("key") + " "
                    + run.getAsJsonObject().get("metrics") + " "
                    + run.getAsJsonObject().get("steps"));
        }
        return figures;
    }

    @Test
    void theSecondIsRefusedByNameAndGoesOnWhenTheFirstIsKilled() throws Exception {
        Path home = folder.resolve("home");
        // interpreted, it trains some ten times as long: time enough for the second, which waits ten seconds
        Ablate first = program("home").java("-XX:CompileCommand=exclude,dev/ablate/trainers/perceptron/*.*");
        String spec =
                first.write("shared.yaml", SPEC.replace("2000000", "20000000")).toString();
        Process process = first.start("run", spec, "--offline", "--jobs", "2");
        awaitRuns(process, 50_000);
        Ablate.Result second = program("home").run("status");
        assertThat(process.isAlive()).isTrue();
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .startsWith(
                        "error: the home " + home + " is used by process " + process.pid() + " of this host, since ")
                .endsWith(
                        ", and on a network file system by one process at a time; wait until that has ended, or set ABLATE_HOME"
                                + " to another folder\n");
        assertThat(second.out()).isEmpty();

        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Ablate.Result list = program("home").run("list", "runs");
        assertThat(list.err()).contains("was left by process " + process.pid() + " of this host, which used it since ");
        assertThat(list.out()).contains("killed").doesNotContain("running");
    }

    @Test
    void whatWasKilledGoesOnAsIfNothingHadHappened() throws Exception {
        Ablate killed = program("home").java("-XX:CompileCommand=exclude,dev/ablate/trainers/perceptron/*.*");
        String spec = killed.write("shared.yaml", SPEC).toString();
        Process process = killed.start("run", spec, "--offline", "--jobs", "2");
        awaitRuns(process, 200_000);
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        Ablate.Result resumed = program("home").run("run", spec, "--offline", "-f", "json", "--series");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        Ablate.Result undisturbed = program("undisturbed").run("run", spec, "--offline", "-f", "json", "--series");
        assertThat(figures(resumed.json())).hasSize(4).isEqualTo(figures(undisturbed.json()));
        assertThat(names("home")).doesNotContain("home.lock", "runs.db-wal", "runs.db-journal");
    }

    /** Waits until a program has stored so many bytes. */
    private void awaitRuns(Process process, long bytes) throws InterruptedException {
        // of a file that is not there yet it is 0
        while (folder.resolve("home/runs.db").toFile().length() < bytes) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
    }

    private List<String> names(String home) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(home))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
