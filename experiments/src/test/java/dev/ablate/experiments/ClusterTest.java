package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.experiments.Ablate.Result;
import dev.ablate.launchers.slurm.OneNodeSlurm;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Slurm as a launcher, and what a person sees of it. */
@Order(4)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ClusterTest extends LaunchedCases {

    /** Each step follows from the one before; it stands still at three of them, once each, and USR1 alone makes it write its checkpoint. */
    private static final String STEPS = """
            import json, os, signal, sys, time
            state = os.path.join(os.environ["ABLATE_CHECKPOINT"], "state.json")
            step, loss = json.load(open(state)) if os.path.exists(state) else (0, 1.0)
            if "STOPS" in os.environ:
                with open(os.path.join(os.environ["STOPS"], "begun"), "a") as begun:
                    begun.write(f"{step} ")
            def save(*_):
                time.sleep(1)
                with open(state + ".new", "w") as file:
                    json.dump([step, loss], file)
                os.replace(state + ".new", state)
                sys.exit(1)
            signal.signal(signal.SIGUSR1, save)
            while step < 8:
                step, loss = step + 1, loss * (0.9 - int(os.environ["ABLATE_SEED"]) / 1000)
                with open(os.environ["ABLATE_REPORT"], "a") as report:
                    report.write(json.dumps({"step": step, "loss": loss}) + "\\n")
                stop = os.path.join(os.environ.get("STOPS", "nowhere"), str(step))
                if os.path.exists(stop):
                    os.remove(stop)
                    time.sleep(1000)
            """;

    private static final String PROGRAM = """
            version: 1
            name: steps
            dataset: { plugin: none }
            trainer: { plugin: program, command: [python3, steps.py], inputs: [steps.py], metrics: { loss: minimize } }
            variants: { only: {} }
            seeds: [5]
            """;

    private static final String SLURM = "run: { launcher: { plugin: slurm, partition: main, memory: 500M } }\n";

    @TempDir
    private static Path shared;

    private static @Nullable OneNodeSlurm slurm;

    @BeforeAll
    static void start() {
        slurm = OneNodeSlurm.start(shared.resolve("slurm"));
    }

    @AfterAll
    static void stop() {
        if (slurm != null) {
            slurm.close();
        }
    }

    private static OneNodeSlurm slurm() {
        return Objects.requireNonNull(slurm);
    }

    @Override
    String launcher() {
        return SLURM;
    }

    @Override
    void prepare(Ablate program) {
        Path plugins = folder.resolve("plugins");
        ShippedPlugins.layOutSlurm(plugins);
        program.plugins(plugins);
        slurm().environment().forEach(program::with);
    }

    @Override
    void killWorker(Process command) {
        killWorker();
    }

    /** As the system does that has no memory left. */
    private static void killWorker() {
        OneNodeSlurm.await(
                "a worker is killed",
                () -> slurm().running("java")
                        .findAny()
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false));
    }

    private static void awaitNoJob() {
        OneNodeSlurm.await(
                "no job is left",
                () -> slurm().call("squeue", "--noheader", "--me").isBlank());
    }

    @Test
    void submitsFollowsAndGivesTheAnswer() throws Exception {
        ablate.write("toys.yaml", TOYS + SLURM.replace("memory", "extra: [--hold], memory"));
        Result submitted = ablate.run("run", "toys.yaml");
        assertThat(submitted.err()).doesNotContain("error");
        assertThat(submitted.code()).isEqualTo(6);
        assertThat(submitted.out())
                .startsWith("Submitted: toys, 0 of 6 runs finished, 6 to come\n    slurm ")
                .contains("ablate status\n", "run toys.yaml\n", "run toys.yaml --wait\n", "ablate cancel toys\n");
        assertThat(ablate.run("status").out())
                .contains("submitted    toys, 0 of 6 runs finished, 6 to come\n", "6 are queued (JobHeldUser)");
        slurm().call(
                        "scontrol",
                        "release",
                        slurm().call("squeue", "--noheader", "--me", "--format=%F")
                                .strip());
        awaitNoJob();
        assertThat(ablate.run("status").out()).contains("submitted    toys, 6 of 6 runs finished: ");
        assertThat(ablate.run("status").out()).doesNotContain("submitted");
        assertAnswer(TOYS, answer());
    }

    @Test
    void submitsTheRunOfAKilledWorkerAgainAndNoOther() throws Exception {
        ablate.write("toys.yaml", LONGER + SLURM);
        assertThat(ablate.run("run", "toys.yaml").code()).isEqualTo(6);
        killWorker();
        awaitNoJob();
        Result again = ablate.run("run", "toys.yaml");
        assertThat(again.code()).isEqualTo(6);
        assertThat(again.out()).startsWith("Submitted: toys, 5 of 6 runs finished, 1 to come\n");
        assertThat(ablate.run("cancel", "toys").code()).isZero();
    }

    /** As at a time limit of hours, but at once. */
    @Test
    void goesOnFromACheckpointWhereTheTimeIsUpThreeTimes() throws Exception {
        Path stops = Files.createDirectory(folder.resolve("stops"));
        for (String step : List.of("2", "4", "6")) {
            Files.createFile(stops.resolve(step));
        }
        ablate.with("STOPS", stops.toString()).write("steps.py", STEPS);
        ablate.write("steps.yaml", PROGRAM + SLURM);
        assertThat(ablate.run("run", "steps.yaml").code()).isEqualTo(6);
        for (String step : List.of("2", "4", "6")) {
            OneNodeSlurm.await("step " + step + " is made", () -> Files.notExists(stops.resolve(step)));
            String task = task("RUNNING");
            slurm().call("scancel", "--batch", "--signal=USR1", task);
            OneNodeSlurm.await("it is queued again", () -> !task("PENDING").isEmpty());
            // at once is too early: the node still ends the last attempt
            slurm().call("scontrol", "update", "JobId=" + task, "StartTime=now+3");
        }
        awaitNoJob();
        JsonObject resumed = onlyRun(ablate.run("run", "steps.yaml", "-f", "json", "--series", "--offline", "--wait"));
        Ablate other =
                new Ablate(folder).with("ABLATE_HOME", folder.resolve("other").toString());
        other.write("steps.yaml", PROGRAM);
        JsonObject undisturbed = onlyRun(other.run("run", "steps.yaml", "-f", "json", "--series", "--offline"));
        for (String what : List.of("key", "metrics", "steps", "series")) {
            assertThat(resumed.get(what)).as(what).isEqualTo(undisturbed.get(what));
        }
        assertThat(resumed.getAsJsonArray("steps")).hasSize(8);
        assertThat(left()).isEmpty();
        assertThat(stops.resolve("begun")).content().isEqualTo("0 2 4 6 ");
    }

    @Test
    void theBenchOfClustersFillsItsTable() throws Exception {
        assertThat(bench("run"))
                .containsExactly(
                        "| what happens | runs | begun | ended | lost | doubled |",
                        "|---|---:|---:|---:|---:|---:|",
                        "| the command is typed twice | 6 | 6 | 6 | 0 | 0 |");
    }

    @Test
    void theBenchOfManyRunsFillsItsTable() throws Exception {
        assertThat(bench("trials"))
                .hasSize(4)
                .last()
                .asString()
                .matches("\\| 5 \\| 1 \\| .* s \\[.*\\] \\| .* s \\[.*\\] \\| .* ms \\| .* ms \\|");
    }

    private List<String> bench(String program) throws Exception {
        Path out = folder.resolve("table");
        Path err = folder.resolve("said");
        ProcessBuilder bench = new ProcessBuilder(
                        Ablate.SPECS
                                .resolve("../bench/clusters/" + program)
                                .normalize()
                                .toString(),
                        "slurm")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        bench.environment().put("ABLATE", ablate.script().toString());
        bench.environment().put("SIZE", "tiny");
        Process process = bench.start();
        try {
            assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        return Files.readAllLines(out);
    }

    private static String task(String state) {
        return slurm().call("squeue", "--noheader", "--me", "--array", "--states=" + state, "--format=%i")
                .strip();
    }

    private static JsonObject onlyRun(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().getAsJsonArray("runs").get(0).getAsJsonObject();
    }

    @Test
    @ManagedMlflow
    void whoeverCollectsDeliversEachRunOnce(URI server) {
        ablate.with("MLFLOW_TRACKING_URI", server.toString()).write("toys.yaml", TOYS + SLURM);
        assertThat(ablate.run("run", "toys.yaml", "--experiment", "from-a-cluster")
                        .code())
                .isEqualTo(6);
        awaitNoJob();
        Result synced = ablate.run("sync");
        assertThat(synced.code()).as(synced.err()).isZero();
        MlflowReader mlflow = new MlflowReader(server);
        List<String> delivered =
                mlflow.runs("from-a-cluster").stream().map(MlflowReader.Run::id).toList();
        assertThat(delivered).hasSize(1 + 6);
        Result answer =
                ablate.run("run", "toys.yaml", "--experiment", "from-a-cluster", "--require-tracking", "--wait");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(ablate.run("sync").code()).isZero();
        List<MlflowReader.Run> runs = mlflow.runs("from-a-cluster");
        assertThat(runs).allSatisfy(run -> assertThat(run.status()).isEqualTo("FINISHED"));
        assertThat(runs).extracting(MlflowReader.Run::id).containsExactlyInAnyOrderElementsOf(delivered);
    }
}
