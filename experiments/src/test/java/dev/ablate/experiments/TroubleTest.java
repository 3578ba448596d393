package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.cli.Shell;
import dev.ablate.experiments.MlflowReader.Run;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose disk is full or locked, and one that is given secrets. */
@Order(10)
class TroubleTest {

    private static final String SPEC = """
            version: 1
            name: trouble
            dataset: { plugin: or-gate }
            trainer: { plugin: perceptron, learning_rate: 0.5, updates: 290 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
            seeds: { count: 2, base: 7 }
            predict: [[0, 0]]
            """;

    @TempDir
    private Path folder;

    /** With a disk of its own, of a size that a test can fill: the superuser can have one. */
    @Test
    void aFullOrLockedDiskIsReportedAndHarmsNothingThatWasStored() throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec = ablate.write("trouble.yaml", SPEC).toString();
        Path home = Files.createDirectories(ablate.home());
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", home.toString()),
                "a disk of its own needs the superuser, and Linux");
        try {
            Path ballast = Files.write(home.resolve("ballast"), new byte[33_350_000]);
            Ablate.Result full = ablate.run("run", spec, "--offline");
            assertThat(full.code()).as(full.err()).isEqualTo(1);
            assertThat(full.err())
                    .contains("error: ", "the disk is full; make room and run the same command again")
                    .doesNotContain("a bug");

            Files.delete(ballast);
            Ablate.Result again = ablate.run("run", spec, "--offline");
            assertThat(again.code()).as(again.err()).isZero();

            assertThat(done("mount", "-o", "remount,ro", home.toString())).isTrue();
            Ablate.Result locked = ablate.run("run", spec, "--offline");
            assertThat(locked.code()).as(locked.err()).isEqualTo(1);
            // what is there can be read
            Shell reader = new Shell(folder, home);
            assertThat(reader.run("status").out()).contains("4: 4 finished");
            assertThat(reader.run("list", "runs").out().lines().filter(line -> line.contains(" finished ")))
                    .hasSize(4);
            assertThat(reader.run("compare", spec).out()).contains("4 runs there");
            assertThat(reader.run("report", spec).err())
                    .endsWith(
                            "error: " + home.resolve("reports") + " cannot be written; -o FILE writes it elsewhere\n");
            Shell.Result page =
                    reader.run("report", spec, "-o", folder.resolve("page.html").toString());
            assertThat(page.code()).as(page.err()).isZero();
            assertThat(locked.err())
                    .contains("error: ", "set ABLATE_HOME to another folder")
                    .doesNotContain("a bug");

            assertThat(done("mount", "-o", "remount,rw", home.toString())).isTrue();
            Ablate.Result listed = ablate.run("run", spec, "--offline", "-f", "json");
            assertThat(listed.code()).as(listed.err()).isZero();
            assertThat(listed.json().getAsJsonArray("runs"))
                    .isNotEmpty()
                    .allMatch(run -> run.getAsJsonObject().get("reused").getAsBoolean());
        } finally {
            assertThat(done("umount", home.toString())).isTrue();
        }
    }

    /** SQLite reads the log by itself where its index is there, too: a backup may lack that. */
    @Test
    void aLockedHomeIsReadWithWhatAKilledProgramLeftInTheLog() throws Exception {
        Ablate ablate = new Ablate(folder);
        String spec = ablate.write("trouble.yaml", SPEC).toString();
        Path home = Files.createDirectories(ablate.home());
        // nobody reads it: there the program waits when all is stored
        Path pipe = folder.resolve("answer.csv");
        assumeTrue(done("mkfifo", pipe.toString()), "there are no pipes with names");
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", home.toString()),
                "a disk of its own needs the superuser, and Linux");
        try {
            Shell reader = new Shell(folder, home);
            Process killed = ablate.start("run", spec, "--offline", "-f", "csv", "-o", pipe.toString());
            try {
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
                while (!reader.run("status").out().contains("4: 4 finished")) {
                    assertThat(killed.isAlive()).isTrue();
                    assertThat(System.nanoTime() - end).as("patience has ended").isNegative();
                    Thread.sleep(50);
                }
            } finally {
                killed.destroyForcibly().waitFor();
            }
            assertThat(home.resolve("runs.db-wal")).isNotEmptyFile();
            assertThat(done("mount", "-o", "remount,ro", home.toString())).isTrue();
            findsAllFour(reader, spec);

            assertThat(done("mount", "-o", "remount,rw", home.toString())).isTrue();
            Files.delete(home.resolve("runs.db-shm"));
            assertThat(done("mount", "-o", "remount,ro", home.toString())).isTrue();
            findsAllFour(reader, spec);
        } finally {
            assertThat(done("umount", home.toString())).isTrue();
        }
    }

    private static void findsAllFour(Shell reader, String spec) {
        assertThat(reader.run("list", "runs").out().lines().filter(line -> line.contains(" finished ")))
                .hasSize(4);
        assertThat(reader.run("status").out()).contains("4: 4 finished");
        Shell.Result report = reader.run("report", spec, "-f", "csv");
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(report.out().lines()).hasSize(1 + 4);
    }

    /** As on machines that harden /tmp: SQLite is unpacked there, unless the application has a place of its own. */
    @Test
    void aTemporaryFolderThatRunsNothingIsReportedOrAvoided() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("noexec"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "noexec,size=16m", "tmpfs", temporary.toString()),
                "a disk of its own needs the superuser, and Linux");
        try {
            Ablate ablate = new Ablate(folder);
            String spec = ablate.write("trouble.yaml", SPEC).toString();
            ablate.java("-Djava.io.tmpdir=" + temporary);
            Ablate.Result refused = ablate.run("run", spec, "--offline", "-q");
            assertThat(refused.err())
                    .matches("error: \\S+runs.db: SQLite's library cannot be loaded from " + temporary
                            + ", where programs may not be run perhaps \\(noexec\\), or there is no room;"
                            + " name another folder: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER\n");
            assertThat(refused.code()).isOne();

            Path natives = folder.resolve("natives");
            ablate.java("-Dablate.natives=" + natives);
            Ablate.Result run = ablate.run("run", spec, "--offline", "-q");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(temporary).isEmptyDirectory();
            try (Stream<Path> files = Files.walk(natives)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(1);
            }
        } finally {
            assertThat(done("umount", temporary.toString())).isTrue();
        }
    }

    private static boolean done(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @ManagedMlflow
    void secretsAreWrittenNowhereAndWhatIsDeliveredIsVerified(URI server) throws Exception {
        String password = "c4n4ry-pa55word";
        String token = "c4n4ry-t0ken";
        Ablate ablate = new Ablate(folder).with("MLFLOW_TRACKING_TOKEN", token);
        String spec = ablate.write("trouble.yaml", SPEC).toString();
        String uri = "http://me:" + password + "@" + server.getAuthority();

        Ablate.Result run = ablate.run("run", spec, "-v", "--require-tracking", "--tracking-uri", uri);
        assertThat(run.code()).as(run.err()).isZero();
        Ablate.Result status = ablate.run("status", "--tracking-uri", uri);
        assertThat(status.out())
                .contains(": everything")
                .containsPattern("trouble \\([0-9a-f]{8}\\): .* delivered and");
        Ablate.Result verified = ablate.run("sync", "trouble", "--verify", "-v", "--tracking-uri", uri);
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out()).containsPattern("trouble \\([0-9a-f]{8}\\): .* runs delivered and verified");
        Ablate.Result unknown = ablate.run("sync", "troubles", "--tracking-uri", uri);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("no tracked comparison 'troubles'; did you mean 'trouble'?");
        Ablate.Result rendered = ablate.run("render", spec);

        for (Ablate.Result result : List.of(run, status, verified, unknown, rendered)) {
            assertThat(result.out() + result.err()).doesNotContain(password, token);
        }
        try (Stream<Path> files = Files.walk(ablate.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(password, token);
            }
        }
        MlflowReader mlflow = new MlflowReader(server);
        List<Run> runs = mlflow.runs("trouble");
        assertThat(runs).hasSizeGreaterThan(2);
        for (Run each : runs) {
            assertThat(each.json().toString()).doesNotContain(password, token);
            for (String path : mlflow.artifacts(each)) {
                assertThat(mlflow.artifact(each, path)).as(path).doesNotContain(password, token);
            }
        }
    }
}
