package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the rows is said before anything runs, and again where the answer is read. */
class DataCautionsTest {

    private static final String PARTS =
            "the training part has rows of one class alone (y = 0), and the test part has rows of one class alone (y = 1)";

    private static final String WAY_OUT = "write take: random, as the rows seem to be sorted";

    private static final String SORTED = """
            version: 1
            name: sorted
            dataset: { plugin: table, columns: [x, y], rows: [[1, 0], [2, 0], [3, 0], [4, 1]], target: y }
            data: { split: { test: 0.25, take: last } }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 20 }
            """;

    @TempDir
    private Path folder;

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "run"})
    void areReportedBeforeAnythingRuns(String command) {
        Shell shell = new Shell(folder);
        Result result = shell.run(command, shell.write("sorted.yaml", SORTED));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(oneLine(result.err())).contains("warning: " + PARTS, WAY_OUT).containsOnlyOnce(PARTS);
    }

    @Test
    void areInEveryReport() {
        Shell shell = new Shell(folder);
        String spec = shell.write("sorted.yaml", SORTED);
        assertThat(oneLine(shell.run("run", spec, "--offline").out()))
                .contains(PARTS.substring(1), WAY_OUT)
                .containsOnlyOnce(PARTS.substring(1));
        assertThat(shell.run("report", spec, "-f", "md").out()).contains(PARTS.substring(1));
    }
}
