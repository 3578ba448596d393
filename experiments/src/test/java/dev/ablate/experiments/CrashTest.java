package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.experiments.MlflowReader.Run;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static final String SHORT = SPEC.replace("2000000", "20");

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
            JsonObject reported = element.getAsJsonObject();
            Run run = runs.stream()
                    .filter(candidate ->
                            candidate.id().equals(reported.get("mlflow_run").getAsString()))
                    .findFirst()
                    .orElseThrow();
            assertThat(mlflow.history(run, "train/mse"))
                    .hasSize(reported.getAsJsonArray("steps").size());
            assertThat(run.end()).isGreaterThanOrEqualTo(run.start());
        }
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void anInterruptedProgramMarksItsRunsAndSaysHowToGoOn(String signal, int code) throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec =
                ablate.write("stop.yaml", SPEC.replace("2000000", "2000000000")).toString();
        Process process = ablate.start("run", spec, "--jobs", "2", "--offline", "--set", "name=a b");
        Path started = folder.resolve("started.txt");
        Shell beside = new Shell(folder, ablate.home());
        await(process, () -> beside.run("list", "runs").out().contains("running"));
        signal(process, signal);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(Files.readString(started))
                .endsWith("interrupted: 0 of 4 runs finished, and all is stored. To go on: ablate run " + spec
                        + " --jobs 2 --offline --set 'name=a b'\n");
        Ablate.Result list = ablate.run("list", "runs");
        assertThat(list.out()).contains("killed").doesNotContain("running");
    }

    @Test
    void aSignalBeforeAnyRunIsAnsweredInALine() throws Exception {
        Ablate ablate = new Ablate(folder);
        Path pipe = pipe("rows.csv");
        String spec = ablate.write("waits.yaml", """
                        version: 1
                        name: waits
                        dataset: { plugin: table, file: rows.csv, target: y }
                        trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 10 }
                        variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
                        """).toString();
        Process process = ablate.start("run", spec);
        // it reads, and waits for more
        try (OutputStream rows = Files.newOutputStream(pipe)) {
            rows.write("x,y\n1,0\n".getBytes(StandardCharsets.UTF_8));
            rows.flush();
            signal(process, "INT");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(folder.resolve("started.txt"))
                .hasContent("interrupted before any run began; nothing is lost. To go on: ablate run " + spec + "\n");
    }

    @Test
    void aSignalAfterTheLastRunSaysHowToSeeTheAnswer() throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec = ablate.write("short.yaml", SHORT).toString();
        // nobody reads it: there the program waits when all is trained and compared
        Path pipe = pipe("answer.csv");
        Process process = ablate.start("run", spec, "--offline", "-f", "csv", "-o", pipe.toString());
        await(process, () -> isPublished(ablate.home()));
        signal(process, "TERM");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(folder.resolve("started.txt")))
                .endsWith("interrupted: 4 of 4 runs finished, and all is stored. To see what they say: ablate run "
                        + spec + " --offline -f csv -o " + pipe + "\n");
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void aSignalWhileItDeliversSaysWhatIsStoredAndHowToGoOn() throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec = ablate.write("short.yaml", SHORT).toString();
        Path answer = folder.resolve("answer.csv");
        // it takes every connection, and answers nothing
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + silent.getLocalPort();
            Process process = ablate.start("run", spec, "--tracking-uri", uri, "-f", "csv", "-o", answer.toString());
            await(process, () -> Files.exists(answer));
            // of the ten seconds that it waits for the server from then on
            Thread.sleep(1_000);
            signal(process, "INT");
            assertThat(process.waitFor(8, TimeUnit.SECONDS))
                    .as("it waits no longer")
                    .isTrue();
            assertThat(Files.readString(folder.resolve("started.txt")))
                    .endsWith("written to " + answer + "\ninterrupted while delivering; 4 runs are stored."
                            + " To go on: ablate sync --tracking-uri " + uri + "\n");
            assertThat(process.exitValue()).isEqualTo(130);
        }
    }

    private static boolean isPublished(Path home) {
        try (RunStore store = RunStore.open(home, Clock.systemUTC())) {
            return store.comparisons().stream()
                    .anyMatch(comparison -> !store.files(comparison.key()).isEmpty());
        }
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there are no pipes with names");
        return pipe;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
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
