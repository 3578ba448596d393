package dev.ablate.launchers.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.launch.FolderExchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an array task of a real Slurm does where something is not as it should be, with workers of bash. */
@Timeout(600)
final class JobScriptTest {

    private static final Path CONFIGURATION =
            Path.of(Objects.requireNonNull(System.getenv("SLURM_CONF"), "SLURM_CONF"));

    private static @Nullable OneNodeSlurm slurm;

    @TempDir
    private Path folder;

    private final Slurm launcher = new Slurm();
    private Folder exchange = new Folder(Path.of(""), List.of());

    /** An exchange whose command is a script. */
    private record Folder(Path folder, List<String> words) implements FolderExchange {

        @Override
        public List<String> command(List<TaskFile> tasks) {
            return Stream.concat(
                            words.stream(),
                            tasks.stream().map(task -> task.file().toString()))
                    .toList();
        }

        @Override
        public List<Path> files(TaskFile task) {
            throw new AssertionError("a node reads the exchange's folder");
        }

        @Override
        public TaskFunction function(List<TaskFile> tasks) {
            throw new AssertionError("a node runs the command");
        }
    }

    @BeforeAll
    static void start() {
        slurm = OneNodeSlurm.start(Objects.requireNonNull(CONFIGURATION.getParent()));
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

    @BeforeEach
    void writeATask() throws IOException {
        Files.writeString(folder.resolve("one.task"), "the task\n");
        worker("echo trained $1\n");
    }

    private void worker(String script) throws IOException {
        Path worker = Files.writeString(folder.resolve("worker.sh"), script);
        exchange = new Folder(folder, List.of("/bin/bash", worker.toString()));
    }

    private String submit(SlurmOptions options) throws IOException {
        return launcher.submit(
                options,
                List.of(new TaskFile("one", folder.resolve("one.task"), folder.resolve("one.result"))),
                exchange);
    }

    private JobState state(String job) {
        try {
            return launcher.poll(SlurmTest.options(new ChunkSize(OptionalInt.empty())), job, exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String log(String job) throws IOException {
        return launcher.log(SlurmTest.options(new ChunkSize(OptionalInt.empty())), job, exchange);
    }

    private static SlurmOptions options(String time, Optional<String> worker, List<String> extra, String... setup) {
        return new SlurmOptions(
                Optional.empty(),
                Optional.of(time),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                new ChunkSize(OptionalInt.of(1)),
                List.of(setup),
                worker,
                extra);
    }

    private static String number(String job) {
        return job.substring(0, job.indexOf(' '));
    }

    /** Has what was queued again begin, which takes two minutes elsewhere; at once is too early, as the node still ends the last attempt. */
    private static void begin(String job) {
        slurm().call("scontrol", "update", "JobId=" + number(job) + "_0", "StartTime=now+3");
    }

    @Test
    void goesOnAfterItsTimeIsUp() throws IOException {
        worker("""
                trap 'echo asked to end; exit 75' TERM
                if [ -e went-on ]; then echo goes on; exit; fi
                : > went-on
                for second in {1..120}; do sleep 0.5; done
                """);
        String job = submit(options("1m", Optional.empty(), List.of()));
        OneNodeSlurm.await(
                "it is queued again", () -> Files.exists(folder.resolve("went-on")) && state(job) == JobState.QUEUED);
        begin(job);
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job)).contains("asked to end\n", "ablate: the time is up, and the runs go on", "goes on\n");
    }

    @Test
    void endsWhereNothingIsGainedByGoingOn() throws IOException {
        worker("""
                trap 'echo asked to end; exit 1' TERM
                for second in {1..120}; do sleep 0.5; done
                """);
        String job = submit(options("1m", Optional.empty(), List.of()));
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job)).contains("asked to end\n").doesNotContain("go on");
    }

    @Test
    void namesWhatANodeLacks() throws IOException {
        SlurmOptions options = options("5m", Optional.empty(), List.of("--hold"));
        String job = submit(options);
        Files.delete(folder.resolve("worker.sh"));
        slurm().call("scontrol", "release", number(job));
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job))
                .contains("has no " + folder
                        + "/worker.sh: install Ablate and Java where the nodes see them, or write into"
                        + " run.launcher.worker what runs tasks there");
    }

    @Test
    void startsTheNodesOwnWorkerWhereItLacksThatOfTheSubmitter() throws IOException {
        SlurmOptions options = options(
                "5m",
                Optional.of("own-worker --quiet"),
                List.of("--hold"),
                "own-worker() { echo \"on the node: $*\"; }");
        String job = submit(options);
        Files.delete(folder.resolve("worker.sh"));
        slurm().call("scontrol", "release", number(job));
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job)).isEqualTo("on the node: --quiet " + folder.resolve("one.task") + "\n");
    }

    @Test
    void isFoundAgainWhereItsNumberIsLost() throws IOException {
        SlurmOptions options = options("5m", Optional.empty(), List.of("--hold"));
        String job = submit(options);
        assertThat(submit(options)).isEqualTo(job);
        assertThat(launcher.describe(options, job, exchange)).matches("[0-9]+, 1 is queued \\((JobHeldUser|None)\\)");
        slurm().call("scontrol", "release", number(job));
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job)).isEqualTo("trained " + folder.resolve("one.task") + "\n");
        assertThat(launcher.describe(options, job, exchange)).endsWith(", has ended");
    }

    @Test
    void beginsAgainWhereTheNodeHasDied() throws IOException {
        worker("""
                echo begins
                [ -e began ] && exit
                : > began
                for second in {1..60}; do sleep 0.5; done
                """);
        String job = submit(options("5m", Optional.empty(), List.of()));
        OneNodeSlurm.await("it runs", () -> Files.exists(folder.resolve("began")));
        slurm().killNode();
        slurm().running("bash").forEach(ProcessHandle::destroyForcibly);
        slurm().startNode();
        slurm().call("scontrol", "requeue", number(job) + "_0");
        OneNodeSlurm.await("it is queued again", () -> state(job) == JobState.QUEUED);
        begin(job);
        OneNodeSlurm.await("it has ended", () -> state(job) == JobState.ENDED);
        assertThat(log(job)).contains("begins\nbegins\n");
    }
}
