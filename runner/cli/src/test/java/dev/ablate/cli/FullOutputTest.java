package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.cli.Shell.Result;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that cannot be written: a device that is full stands for a disk. */
class FullOutputTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void whatCannotBePrintedIsAFailureOfEveryCommand() throws IOException {
        assumeTrue(Files.exists(FULL), "this system has no device that is full");
        Shell shell = new Shell(folder);
        String quick = shell.write("quick.yaml", CommandsTest.QUICK);
        shell.run("run", quick);
        String results =
                shell.write("results.csv", shell.run("run", quick, "-f", "csv").out());
        List<List<String>> commands = List.of(
                List.of("run", quick, "-q"),
                List.of("run", quick, "-f", "json", "-q"),
                List.of("run", quick, "--dry-run"),
                List.of("compare", quick),
                List.of("compare", results, "--baseline", "no-bias", "--metric", "train/mse:minimize"),
                List.of("report", quick),
                List.of("report", quick, "-f", "md"),
                List.of("report", "--all"),
                List.of("predict", quick, "--input", "0,1"),
                List.of("explain", quick),
                List.of("render", quick),
                List.of("plan", quick),
                List.of("validate", quick),
                List.of("list"),
                List.of("list", "runs"),
                List.of("describe", "trainer", "perceptron"),
                List.of("status"),
                List.of("ui", "status"),
                List.of("ui", "status", "-f", "json"),
                List.of("completion"),
                List.of("help"),
                List.of("run", "--help"),
                List.of("--version"));
        for (List<String> command : commands) {
            try (FileOutputStream full = new FileOutputStream(FULL.toFile())) {
                Result result = shell.runInto(full, command.toArray(String[]::new));
                assertThat(result.err())
                        .as("%s", command)
                        .endsWith("error: the result could not be printed: No space left on device\n");
                assertThat(result.code()).as("%s", command).isOne();
            }
        }
    }

    @Test
    void aGateThatIsNotMetStaysTheReason() throws IOException {
        assumeTrue(Files.exists(FULL), "this system has no device that is full");
        Shell shell = new Shell(folder);
        String quick = shell.write("quick.yaml", CommandsTest.QUICK);
        try (FileOutputStream full = new FileOutputStream(FULL.toFile())) {
            Result result = shell.runInto(full, "run", quick, "--gate", "train/mse:identical");
            assertThat(result.err()).contains("could not be printed");
            assertThat(result.code()).isEqualTo(3);
        }
    }

    @Test
    void whatCannotBeWrittenToAFileNamesTheFile() {
        assumeTrue(Files.exists(FULL), "this system has no device that is full");
        Shell shell = new Shell(folder);
        String quick = shell.write("quick.yaml", CommandsTest.QUICK);
        for (String command : List.of("run", "compare", "report")) {
            Result result = shell.run(command, quick, "-f", "json", "-o", FULL.toString(), "-q");
            assertThat(result.err()).isEqualTo("error: /dev/full cannot be written: No space left on device\n");
            assertThat(result.code()).isOne();
        }
    }

    @Test
    void aReportForWhichTheHomeHasNoRoomCanGoElsewhere() throws IOException {
        assumeTrue(Files.exists(FULL), "this system has no device that is full");
        Shell shell = new Shell(folder);
        String quick = shell.write("quick.yaml", CommandsTest.QUICK);
        shell.run("run", quick, "--offline", "-q");
        Path page = Path.of(shell.run("report", quick).out().strip());
        Files.delete(page);
        Files.createSymbolicLink(page, FULL);
        Result result = shell.run("report", quick);
        assertThat(result.err())
                .endsWith("error: " + page
                        + " cannot be written: No space left on device; -o FILE writes it elsewhere\n");
        assertThat(result.code()).isOne();
        Result elsewhere =
                shell.run("report", quick, "-o", folder.resolve("page.html").toString());
        assertThat(elsewhere.code()).as(elsewhere.err()).isZero();
    }
}
