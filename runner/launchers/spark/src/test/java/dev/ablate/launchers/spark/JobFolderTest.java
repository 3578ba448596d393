package dev.ablate.launchers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.launchers.spark.JobFile.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program, the driver and executors leave for each other. */
final class JobFolderTest {

    private static final int PROGRAMS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void hasTheJob() throws IOException {
        JobFile job = new JobFile(
                "/jobs/it's one",
                List.of("/lib/a.jar"),
                "acme.Trains",
                "run",
                List.of("/plugins/acme"),
                600_000,
                List.of(
                        List.of(new Task("bias/seed=1", "1.result", List.of("1.task", "inputs/2/a.csv"), false)),
                        List.of(new Task("bias/seed=2", "2.result", List.of("2.task"), true))));
        job.write(folder);
        assertThat(JobFile.read(folder)).isEqualTo(job);
    }

    @Test
    void hasTheProgress() throws IOException {
        assertThat(JobProgress.read(folder)).isEmpty();
        new JobProgress(2, 20, 0, 0).write(folder);
        new JobProgress(2, 17, 3, 5).write(folder);
        assertThat(JobProgress.read(folder)).contains(new JobProgress(2, 17, 3, 5));
        Files.writeString(folder.resolve("progress"), "2 executors, 17 que");
        assertThat(JobProgress.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | 20 | 0 | 0 | 0 executors: 20 are queued | false | false
                    1 | 1 | 1 | 1 | 1 executor: 1 chunk runs, 1 is queued, 1 has ended | true | false
                    2 | 17 | 3 | 5 | 2 executors: 3 chunks run, 17 are queued, 5 have ended | true | false
                    2 | 0 | 0 | 25 | 2 executors: 25 have ended | true | true
                    """)
    void saysHowFarItIs(
            int executors, int queued, int running, int ended, String words, boolean hasBegun, boolean isOver) {
        JobProgress progress = new JobProgress(executors, queued, running, ended);
        assertThat(progress.words()).isEqualTo(words);
        assertThat(progress.hasBegun()).isEqualTo(hasBegun);
        assertThat(progress.isOver()).isEqualTo(isOver);
    }

    @Test
    void isNamedByAnId() {
        SparkJob job = new SparkJob(4711, "node7", "spark-0123456789ab-8123");
        assertThat(job.id()).isEqualTo("4711@node7 spark-0123456789ab-8123");
        assertThat(SparkJob.of(job.id())).contains(job);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4711",
                "4711@node7",
                "4711@node7 spark-0123456789ab-8123 more",
                "4711@node7 ../spark-0123456789ab-8123",
                "x@node7 spark-0123456789ab-8123"
            })
    void isNotNamedByAnotherId(String id) {
        assertThat(SparkJob.of(id)).isEmpty();
    }

    /** The system gives a number again, and another process must not be ended for it. */
    @Test
    void isNotAliveWhereAnotherProcessHasItsNumber() {
        long pid = ProcessHandle.current().pid();
        assertThat(new SparkJob(pid, "node7", "spark-0123456789ab-8123").isAlive())
                .isFalse();
    }

    @Test
    void isAliveWhileAProcessNamesItsFolder() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path job = SparkJob.newFolder(logs, "0123456789ab");
        Process driver = new ProcessBuilder("/bin/sh", "-c", "read line", "sh", job.toString()).start();
        try {
            Files.writeString(job.resolve("pid"), driver.pid() + "\n");
            assertThat(SparkJob.alive(logs, "0123456789ab"))
                    .contains(new SparkJob(driver.pid(), SparkJob.thisHost(), String.valueOf(job.getFileName())));
            assertThat(SparkJob.alive(logs, "ba9876543210")).isEmpty();
        } finally {
            driver.destroyForcibly().waitFor();
        }
        assertThat(SparkJob.alive(logs, "0123456789ab")).isEmpty();
    }

    /** As spark-submit is several programs, one after the other. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void isAliveWhileOneProgramFollowsAnother() throws Exception {
        Path again = Files.writeString(
                folder.resolve("again.sh"),
                "if [ $1 = 0 ]; then read line; else exec sh \"$0\" $(($1 - 1)) \"$2\"; fi\n");
        String name = "spark-0123456789ab-8123";
        Process driver =
                new ProcessBuilder("/bin/sh", again.toString(), String.valueOf(PROGRAMS), "/logs/" + name).start();
        try {
            SparkJob job = new SparkJob(driver.pid(), SparkJob.thisHost(), name);
            while (!words(driver).contains("sh\0" + "0\0")) {
                assertThat(job.isAlive()).isTrue();
            }
            assertThat(job.isAlive()).isTrue();
        } finally {
            driver.destroyForcibly().waitFor();
        }
    }

    @Test
    void hasWhatSparkSaysAndThenWhatRunsPrint() throws IOException {
        assertThat(JobLog.read(folder)).isEmpty();
        Files.writeString(folder.resolve("runs.log"), "run a finished\n");
        Files.writeString(folder.resolve("spark.log"), "x".repeat(20_000) + "\nan executor is lost");
        assertThat(JobLog.read(folder)).isEqualTo("an executor is lost\nrun a finished\n");
    }

    @Test
    void bundlesKeepFoldersAndPrograms() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from/inner/empty"));
        Files.writeString(folder.resolve("from/inner/a b.txt"), "a");
        Path program = Files.writeString(folder.resolve("from/run.sh"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(from).isDirectory();
        Bundle.read(new ByteArrayInputStream(bundle(folder.resolve("from"))), folder.resolve("to/there"));
        assertThat(folder.resolve("to/there/inner/empty")).isDirectory();
        assertThat(folder.resolve("to/there/inner/a b.txt")).hasContent("a");
        assertThat(Files.isExecutable(folder.resolve("to/there/run.sh"))).isTrue();
        assertThat(Files.isExecutable(folder.resolve("to/there/inner/a b.txt"))).isFalse();
        Bundle.read(new ByteArrayInputStream(bundle(program)), folder.resolve("to/one"));
        assertThat(folder.resolve("to/one")).hasContent("#!/bin/sh\n");
    }

    @Test
    void bundlesThatAreCutOffAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("a"), "abc".getBytes(StandardCharsets.UTF_8));
        byte[] whole = bundle(file);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Bundle.read(new ByteArrayInputStream(cut), folder.resolve("b")))
                    .isInstanceOf(EOFException.class);
        }
    }

    private static String words(Process process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8);
    }

    private static byte[] bundle(Path from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Bundle.write(from, bytes);
        return bytes.toByteArray();
    }
}
