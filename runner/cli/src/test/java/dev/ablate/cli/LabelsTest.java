package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that do not call their classes 0 and 1: coded, and called by their own names in all that is printed. */
class LabelsTest {

    private static final String SPEC = """
            version: 1
            name: labels
            dataset: { plugin: table, file: "%s", target: y }
            trainer: { plugin: TRAINER, learning_rate: 0.5, epochs: 200, initial_weights: [2, 2] }
            variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
            predict: [[0, 0], [1, 1]]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "perceptron, 1, 2",
        "perceptron, -1, 1",
        "mlp, 2, 4",
        "dl4j, 0, 100",
    })
    void areTwoClassesOfWhichTheGreaterCountsAsOne(String trainer, String low, String high) {
        Result result = shell.run("run", spec(trainer, low, high), "--offline", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .containsOnlyOnce(
                        "the target y has the labels " + low + " and " + high + ", and " + high + " counts as 1");
        JsonObject bias = result.json().getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(bias.getAsJsonObject("metrics").get("train/accuracy").getAsDouble())
                .isEqualTo(1);
        assertThat(bias.getAsJsonArray("predictions").get(1).getAsDouble()).isBetween(0.5, 1.0);
        assertThat(bias.getAsJsonArray("labels").get(0).getAsString()).isEqualTo(low);
        assertThat(bias.getAsJsonArray("labels").get(1).getAsString()).isEqualTo(high);
    }

    @Test
    void areNamedByTheReportAsTheyStandInTheFile() throws IOException {
        String spec = spec("perceptron", "1", "2");
        String out = shell.run("run", spec, "--offline").out();
        assertThat(out)
                .containsPattern("At \\(0, 0\\), where the data say 1:\\s+bias\\s+answers\\s+0\\.\\d+,\\s+so\\s+1;")
                .contains("a tie, which decides nothing", "(it counts as 1)")
                .contains("The target y has the labels 1 and 2, and 2 counts as 1.")
                .containsPattern("x1  x2  y +bias +no-bias\n 0   0  1 ")
                .containsPattern("\n 1   1  2 ");
        Path page = folder.resolve("report.html");
        assertThat(shell.run("report", spec, "-o", page.toString()).code()).isZero();
        String html = Files.readString(page, StandardCharsets.UTF_8);
        assertThat(html)
                .contains("1, coded as 0; 2, coded as 1")
                .contains("the answer is 2. Grey: it is 1. The deeper")
                .contains("with 2 in the data answered 1");
    }

    @Test
    void areNamedByPredictBesideTheNumbers() {
        String spec = spec("perceptron", "-1", "1");
        assertThat(shell.run("run", spec, "--offline").code()).isZero();
        Result table = shell.run("predict", spec, "--input", "0,0", "--input", "1,1");
        assertThat(table.out()).containsPattern("\n 0   0  0\\.\\d+ +-1 +0\\.5 +-1 *\n 1   1  0\\.\\d+ +1 ");
        String csv = shell.run("predict", spec, "--input", "0,0", "-f", "csv").out();
        assertThat(csv)
                .startsWith("x1,x2,variant,seed,pair,prediction,class,label\n0,0,bias,1,1,0.")
                .contains(",0,-1\n");
        JsonObject model = shell.run("predict", spec, "--input", "1,1", "-f", "json")
                .json()
                .getAsJsonArray("models")
                .get(0)
                .getAsJsonObject();
        assertThat(model.getAsJsonArray("classes").get(0).getAsInt()).isEqualTo(1);
        assertThat(model.getAsJsonArray("labels").get(0).getAsString()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"perceptron", "mlp", "dl4j"})
    void areNumbersWhereThatIsAskedFor(String trainer) {
        String spec = spec(trainer, "1", "2");
        Result result = shell.run("run", spec, "--offline", "--set", "dataset.task=regression", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("counts as 1");
        JsonObject run = result.json().getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("labels").isJsonNull()).isTrue();
        assertThat(run.getAsJsonArray("predictions").get(1).getAsDouble()).isGreaterThan(1.5);
    }

    /** OR, with these two labels. */
    private String spec(String trainer, String low, String high) {
        String data = "x1,x2,y\n0,0," + low + "\n0,1," + high + "\n1,0," + high + "\n1,1," + high + "\n";
        String file = shell.write("data.csv", data);
        return shell.write(
                "labels.yaml", SPEC.formatted(file.replace('\\', '/')).replace("TRAINER", trainer));
    }
}
