package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.experiments.MlflowReader.Run;
import dev.ablate.runner.cli.Shell;
import dev.ablate.runner.mlflow.ManagedMlflow;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed in the middle of a run, and what the next one makes of it. */
@ManagedMlflow
class CrashTest {

    private static final String SPEC = """
            version: 1
            name: crash
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, updates: 2000000, batch: 1, order: shuffled }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            seeds: { count: 2, base: 7 }
            predict: [[0, 0]]
            """;

    @TempDir
    private Path folder;

    @Test
    void aKilledRunIsResumedAndEqualsAnUndisturbedOne(URI server) throws Exception {
        Ablate killed = new Ablate(folder)
                .with("MLFLOW_TRACKING_URI", server.toString())
                // interpreted, it trains some ten times as long: time enough to kill it, and the others end soon
                .java("-XX:CompileCommand=exclude,dev/ablate/trainers/perceptron/*.*");
        String spec = killed.write("crash.yaml", SPEC).toString();
        MlflowReader mlflow = new MlflowReader(server);

        Process process = killed.start("run", spec, "--jobs", "2", "--experiment", "crash");
        await(process, () -> hasAPoint(mlflow));
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<Run> orphans = mlflow.runs("crash");
        assertThat(orphans).anySatisfy(run -> assertThat(run.status()).isEqualTo("RUNNING"));

        Ablate.Result resumed = new Ablate(folder)
                .with("MLFLOW_TRACKING_URI", server.toString())
                .run("run", spec, "-f", "json", "--series", "--require-tracking", "--experiment", "crash");
        assertThat(resumed.code()).as(resumed.err()).isZero();

        Ablate undisturbed = new Ablate(folder)
                .with("ABLATE_HOME", folder.resolve("undisturbed").toString());
        JsonObject expected =
                undisturbed.run("run", spec, "-f", "json", "--series").json();
        assertEqual(resumed.json(), expected);

        List<Run> runs = mlflow.runs("crash");
        assertThat(runs).hasSize(1 + 4);
        assertThat(runs).allSatisfy(run -> assertThat(run.status()).isEqualTo("FINISHED"));
        assertThat(runs.stream().map(Run::id))
                .containsAll(orphans.stream().map(Run::id).toList());
        for (JsonElement element : resumed.json().getAsJsonArray("runs")) {
            JsonObject told = element.getAsJsonObject();
            Run run = runs.stream()
                    .filter(candidate ->
                            candidate.id().equals(told.get("mlflow_run").getAsString()))
                    .findFirst()
                    .orElseThrow();
            assertThat(mlflow.history(run, "train/mse"))
                    .hasSize(told.getAsJsonArray("steps").size());
            assertThat(run.end()).isGreaterThanOrEqualTo(run.start());
        }
    }

    @Test
    void anInterruptedProgramMarksItsRunsAndSaysHowToGoOn() throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec =
                ablate.write("stop.yaml", SPEC.replace("2000000", "2000000000")).toString();
        Process process = ablate.start("run", spec, "--jobs", "2");
        Path told = folder.resolve("started.txt");
        Shell beside = new Shell(folder, ablate.home());
        await(process, () -> beside.run("list", "runs").out().contains("running"));
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(told)).contains("interrupted").contains("ablate run");
        Ablate.Result list = ablate.run("list", "runs");
        assertThat(list.out()).contains("killed").doesNotContain("running");
    }

    /** Waits until a process that goes on has come somewhere. */
    private static void await(Process process, BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!there.getAsBoolean()) {
            assertThat(process.isAlive()).isTrue();
            assertThat(System.nanoTime() - end).as("patience has ended").isNegative();
            Thread.sleep(50);
        }
    }

    private static boolean hasAPoint(MlflowReader mlflow) {
        try {
            return mlflow.runs("crash").stream().anyMatch(run -> !run.metrics().isEmpty());
        } catch (AssertionError e) {
            // the experiment is not there yet
            return false;
        }
    }

    private static void assertEqual(JsonObject actual, JsonObject expected) {
        assertThat(actual.get("effects")).isEqualTo(expected.get("effects"));
        List<JsonElement> runs = expected.getAsJsonArray("runs").asList();
        assertThat(actual.getAsJsonArray("runs")).hasSameSizeAs(runs);
        for (int i = 0; i < runs.size(); i++) {
            JsonObject one = actual.getAsJsonArray("runs").get(i).getAsJsonObject();
            JsonObject other = runs.get(i).getAsJsonObject();
            for (String what : List.of("key", "parameters", "metrics", "steps", "series", "predictions")) {
                assertThat(one.get(what)).as(what).isEqualTo(other.get(what));
            }
        }
    }
}
