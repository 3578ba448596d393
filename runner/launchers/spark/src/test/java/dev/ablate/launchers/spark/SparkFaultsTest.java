package dev.ablate.launchers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.launch.FolderExchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What comes of a job of a real Spark where something goes wrong. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
final class SparkFaultsTest {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

    private static final String SENT = "1,2\nacme's own\nexecutable";

    /** As many write into their spark-defaults.conf: it cannot write everything that Java can. */
    private static final String KRYO = "spark.serializer=org.apache.spark.serializer.KryoSerializer";

    @TempDir
    private Path folder;

    private final Spark launcher = new Spark();
    private Folder exchange = new Folder(Path.of(""));

    /** An exchange whose tasks have an input file, a program and a plugin. */
    private record Folder(Path folder) implements FolderExchange {

        @Override
        public List<String> command(List<TaskFile> tasks) {
            throw new AssertionError("an executor calls the function");
        }

        @Override
        public List<Path> files(TaskFile task) {
            return List.of(folder.relativize(task.file()), Path.of("inputs/5/rows.csv"), Path.of("inputs/7"));
        }

        @Override
        public TaskFunction function(List<TaskFile> tasks) {
            return new TaskFunction(
                    List.of(Path.of("target/test-classes").toAbsolutePath(), folder.resolve("not-there.jar")),
                    TrainingStandIn.class.getName(),
                    List.of(folder.resolve("plugins/acme")));
        }
    }

    @BeforeEach
    void writeWhatTasksNeed() throws IOException {
        UnpackedSpark.home();
        exchange = new Folder(folder.resolve("the exchange"));
        Files.createDirectories(exchange.folder().resolve("inputs/5"));
        Files.createDirectories(exchange.folder().resolve("inputs/7"));
        Files.createDirectories(exchange.folder().resolve("plugins/acme"));
        Files.writeString(exchange.folder().resolve("inputs/5/rows.csv"), "1,2\n");
        Path program = Files.writeString(exchange.folder().resolve("inputs/7/run.sh"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(exchange.folder().resolve("plugins/acme/acme.txt"), "acme's own\n");
    }

    private TaskFile task(String name, String what) throws IOException {
        Path file = exchange.folder().resolve(name + ".task");
        Files.writeString(file, what + "\n" + exchange.folder() + "\n");
        return new TaskFile(name, file, exchange.folder().resolve(name + ".result"));
    }

    /** With more settings, each task a chunk. */
    private static SparkOptions options(String patience, String... conf) {
        SparkOptions plain = SparkTest.options("local-cluster[2,1,1024]", new ChunkSize(OptionalInt.of(1)));
        List<String> settings = new ArrayList<>(plain.conf());
        settings.addAll(List.of(conf));
        return new SparkOptions(
                plain.master(),
                plain.home(),
                plain.cores(),
                plain.memory(),
                plain.chunk(),
                patience,
                settings,
                plain.extra());
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                fail("not within minutes: " + what + logs());
            }
            Thread.sleep(50);
        }
    }

    /** Of all jobs, for whoever reads that a test has failed. */
    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> jobs = Files.list(exchange.logs())) {
            for (Path job : jobs.toList()) {
                text.append("\n").append(job).append("\n").append(JobLog.read(job));
            }
        }
        return text.toString();
    }

    private void assertSent(TaskFile task) throws IOException {
        assertThat(task.result()).as(logs()).hasContent(SENT);
    }

    private String submitAndAwait(SparkOptions options, TaskFile... tasks) throws Exception {
        String job = launcher.submit(options, List.of(tasks), exchange);
        await("it has ended", () -> launcher.poll(options, job, exchange) == JobState.ENDED);
        return launcher.log(options, job, exchange);
    }

    private int ran(TaskFile task) throws IOException {
        return Files.readAllLines(exchange.folder().resolve(task.name() + ".task.ran"))
                .size();
    }

    @Test
    void isSubmittedOnceAndLosesNothingThatArrivedWithItsDriver() throws Exception {
        TaskFile one = task("one", TrainingStandIn.TRAIN);
        TaskFile two = task("two", TrainingStandIn.WAIT);
        SparkOptions options = options("2m");
        String job = launcher.submit(options, List.of(one, two), exchange);
        assertThat(launcher.submit(options, List.of(one, two), exchange)).isEqualTo(job);
        await("a result is there", () -> Files.exists(one.result()));
        await("another waits", () -> Files.exists(exchange.folder().resolve("two.task.ran")));
        await(
                "it says so",
                () -> launcher.describe(options, job, exchange).endsWith(", 2 executors: 1 chunk runs, 1 has ended"));
        ProcessHandle.of(Long.parseLong(job.substring(0, job.indexOf('@'))))
                .orElseThrow()
                .destroyForcibly();
        await("it has ended", () -> launcher.poll(options, job, exchange) == JobState.ENDED);
        assertThat(launcher.describe(options, job, exchange)).endsWith(", has ended");
        assertSent(one);
        Files.createFile(exchange.folder().resolve("go"));
        String again = launcher.submit(options, List.of(one, two), exchange);
        assertThat(again).isNotEqualTo(job);
        await("it has ended", () -> launcher.poll(options, again, exchange) == JobState.ENDED);
        assertSent(two);
        assertThat(ran(one)).isEqualTo(1);
    }

    @Test
    void trainsAgainWhatALostExecutorHadAndGivesUpWhatLosesIt() throws Exception {
        TaskFile once = task("once", TrainingStandIn.HALT_ONCE);
        TaskFile always = task("always", TrainingStandIn.HALT);
        TaskFile deep = task("deep", TrainingStandIn.THROW);
        TaskFile plain = task("plain", TrainingStandIn.TRAIN);
        String log = submitAndAwait(options("2m", "spark.task.maxFailures=2", KRYO), once, always, deep, plain);
        assertSent(once);
        assertSent(plain);
        assertThat(always.result()).doesNotExist();
        assertThat(deep.result()).doesNotExist();
        assertThat(List.of(ran(once), ran(always), ran(deep), ran(plain))).containsExactly(2, 2, 1, 1);
        assertThat(log)
                .contains("halts " + always.file() + "\n", "has trained " + once.file() + "\n")
                .containsPattern("run always is lost: .*failed 2 times.*executor [0-9]+ exited")
                .contains("run deep has no result: java.lang.StackOverflowError: too deep\n")
                .doesNotContain("run once", "run plain");
    }

    @Test
    void endsWhereItGetsNoExecutor() throws Exception {
        TaskFile task = task("one", TrainingStandIn.TRAIN);
        String log = submitAndAwait(options("5s", "spark.executor.cores=4"), task);
        assertThat(log)
                .endsWith("nothing has run for 5 s, with 0 executors: ask for fewer run.launcher.cores or less memory,"
                        + " or have more run.launcher.patience\n");
        assertThat(task.result()).doesNotExist();
    }

    @Test
    void saysWhySparkDoesNotStart() throws Exception {
        String log = submitAndAwait(options("2m", "spark.executor.memory=2g"), task("one", TrainingStandIn.TRAIN));
        assertThat(log).contains("Spark does not start: ", "1024", "2048");
    }

    @Test
    void leavesOutWhatNobodyNeedsAnyMore() throws Exception {
        TaskFile one = task("one", TrainingStandIn.WAIT);
        TaskFile two = task("two", TrainingStandIn.WAIT);
        TaskFile three = task("three", TrainingStandIn.WAIT);
        SparkOptions options = options("2m");
        String job = launcher.submit(options, List.of(one, two, three), exchange);
        await("two run", () -> launcher.describe(options, job, exchange).contains("2 chunks run, 1 is queued"));
        Files.delete(two.file());
        Files.delete(three.file());
        await("one runs", () -> launcher.describe(options, job, exchange).contains(": 1 chunk runs, 2 have ended"));
        Files.createFile(exchange.folder().resolve("go"));
        await("it has ended", () -> launcher.poll(options, job, exchange) == JobState.ENDED);
        assertSent(one);
        assertThat(two.result()).doesNotExist();
        assertThat(exchange.folder().resolve("three.task.ran")).doesNotExist();
    }

    @Test
    void isKnownToItsMachineAlone() throws IOException {
        String job = "4711@elsewhere spark-0123456789ab-8123";
        SparkOptions options = options("2m");
        assertThat(launcher.poll(options, job, exchange)).isEqualTo(JobState.ENDED);
        Path logs = Files.createDirectories(exchange.logs().resolve("spark-0123456789ab-8123"));
        assertThat(launcher.describe(options, job, exchange))
                .isEqualTo("4711 on elsewhere, which alone can say more: if that machine is gone, remove " + logs);
        new JobProgress(0, 0, 0, 3).write(logs);
        assertThat(launcher.poll(options, job, exchange)).isEqualTo(JobState.ENDED);
        new JobProgress(2, 1, 1, 1).write(logs);
        assertThatThrownBy(() -> launcher.poll(options, job, exchange)).isInstanceOf(IOException.class);
        launcher.cancel(options, job, exchange);
        assertThat(logs.resolve("cancel")).exists();
    }
}
