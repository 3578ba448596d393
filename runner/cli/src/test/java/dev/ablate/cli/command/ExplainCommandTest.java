package dev.ablate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import dev.ablate.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ablate explain}, as a person types it. */
class ExplainCommandTest {

    /** One row of the weighted sum 0.8, which tutorial A works by hand. */
    private static final String TUTORIAL_A = """
            version: 1
            name: by-hand
            dataset: { plugin: table, columns: [x, y], rows: [[2, 1], [2, 0]], target: y }
            trainer:
              plugin: perceptron
              loss: half-sse
              learning_rate: 0.05
              epochs: 1
              initial_weights: [0.25]
              initial_bias: 0.3
            """;

    /** The two rows of tutorial B. */
    private static final String TUTORIAL_B = """
            version: 1
            name: two-vectors
            dataset: { plugin: table, columns: [x1, x2, y], rows: [[1.66, 1.56, 1], [2, 1.5, 0]], target: y }
            trainer:
              plugin: perceptron
              loss: sse
              learning_rate: 0.1
              epochs: 1
              initial_weights: [1.45, -0.66]
              initial_bias: 0
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void worksTheRowOfTutorialA() {
        String spec = shell.write("a.yaml", TUTORIAL_A);
        JsonObject row = json(shell.run("explain", spec, "--row", "1", "-f", "json"));
        assertThat(row.get("z").getAsDouble()).isEqualTo(0.8);
        assertThat(row.get("t").getAsDouble()).isEqualTo(1);
        assertThat(term(row, "o")).isCloseTo(0.68997, within(5e-6));
        assertThat(term(row, "e")).isCloseTo(-0.31003, within(5e-6));
        assertThat(term(row, "dE/do")).isEqualTo(term(row, "e"));
        assertThat(term(row, "do/dz")).isCloseTo(0.21391, within(5e-6));
        assertThat(shell.run("explain", spec).out())
                .contains(
                        "z = w * x + bias = 0.25 * 2 + 0.3 = 0.8\n",
                        "o = 1 / (1 + exp(-z)) = 1 / (1 + exp(-0.8)) = 0.6899745\n",
                        "e = o - t = 0.6899745 - 1 = -0.3100255\n",
                        "do/dz = o * (1 - o) = 0.6899745 * (1 - 0.6899745) = 0.2139097\n");
    }

    @Test
    void worksTheRowsOfTutorialB() {
        String spec = shell.write("b.yaml", TUTORIAL_B);
        JsonObject first = json(shell.run("explain", spec, "--row", "1", "-f", "json"));
        assertThat(term(first, "o")).isCloseTo(0.7985731042296965, within(1e-15));
        JsonObject second = json(shell.run("explain", spec, "--row", "2", "-f", "json"));
        assertThat(term(second, "o")).isCloseTo(0.8710191478537642, within(1e-15));
        assertThat(term(second, "E")).isCloseTo(0.7586744, within(5e-8));
        assertThat(term(second, "dE/do")).isCloseTo(1.7420383, within(5e-8));
        assertThat(shell.run("explain", spec, "--row", "1").out()).contains(" = 0.7985731\n");
        // the tutorial's 0.87101915 to seven digits
        assertThat(shell.run("explain", spec, "--row", "2").out())
                .contains(
                        " = 0.8710191\n",
                        "E = e^2 = 0.8710191^2 = 0.7586744\n",
                        "dE/do = 2 * e = 2 * 0.8710191 = 1.742038\n");
    }

    private static final String CLASSES = """
            version: 1
            name: colours
            dataset: { plugin: table, file: colours.csv, target: colour }
            trainer:
              plugin: perceptron
              learning_rate: 0.5
              epochs: 1
              initial_weights: [0.1, 0.2, -0.3]
              initial_bias: 0.5
            """;

    // shares of 0.7, 0.9 and -0.1: exp(0.9) / (exp(0.7) + exp(0.9) + exp(-0.1)) = 0.4573...
    @Test
    void worksARowOfThreeClasses() {
        shell.write("colours.csv", "x,colour\n2,green\n1,red\n-1,blue\n");
        String spec = shell.write("classes.yaml", CLASSES);
        assertThat(shell.run("explain", spec, "--row", "1").out()).isEqualTo("""
                colours, default/seed=1: update 1 of 1 from row 1 of 3
                x = 2; target colour: green, for which t = 1, and 0 for the others

                Forward, to the answer
                green: z = w * x + bias = 0.2 * 2 + 0.5 = 0.9
                green: o = exp(z) / sum of exp over the classes
                         = exp(0.9) / sum of exp over the classes = 0.4573289
                E = -log(o) / n = -log(0.4573289) / 3 = 0.2607842

                neuron     z          o  t        dE/dz
                blue     0.7  0.3744292  0   0.1248097
                green    0.9  0.4573289  1  -0.1808904
                red     -0.1  0.1682419  0   0.05608063

                The chain rule: how the error E of this row rises with a weight w
                green: dE/dz = (o - t) / n = (0.4573289 - 1) / 3 = -0.1808904
                dz/dw = x, and 1 for the bias

                weight      before  dz/dw    this row   all 3 rows      after
                x/green        0.2      2  -0.3617807  -0.3178477   0.3589238
                bias/green     0.5      1  -0.1808904   0.04063613  0.4796819
                and 4 other weights (-f md, html, json)
                x/green: dE/dw = dE/dz * dz/dw = -0.1808904 * 2 = -0.3617807
                x/green: g = sum of dE/dw over all 3 rows = -0.3178477
                x/green: after = w - learning_rate * g = 0.2 - 0.5 * (-0.3178477) = 0.3589238
                """);
    }

    @Test
    void worksARowOfThreeClassesThroughAHiddenLayer() {
        shell.write("colours.csv", "x,colour\n2,green\n1,red\n-1,blue\n");
        String spec = shell.write(
                "layers.yaml",
                CLASSES.replace("perceptron", "mlp")
                        .replace("[0.1, 0.2, -0.3]", "{ normal: { sd: 1 } }\n  hidden: [2]"));
        assertThat(shell.run("explain", spec, "--row", "3").out())
                .contains(
                        "z = sum of w * x + bias, where x are the inputs of the neuron\nlayer2/blue: o = exp(z) / sum of exp",
                        "layer2/blue: dE/dz = (o - t) / n = (",
                        "layer1/1: dE/do = sum of dE/dz * w of the neurons that it feeds = ",
                        "layer1/1: dE/dz = dE/do * do/dz = ",
                        "layer1/x/1: dE/dw = dE/dz * dz/dw = ")
                .containsPattern("neuron +z +o +dE/do +do/dz +t +dE/dz\n")
                .containsPattern("layer1/1( +-?[0-9.]+){4} +-?[0-9.]+\n")
                .containsPattern("layer2/blue( +-?[0-9.]+){2} +1 +-[0-9.]+\n")
                .containsPattern("layer2/red( +-?[0-9.]+){2} +0 +[0-9.]+\n");
        assertThat(shell.run("explain", spec, "--row", "3", "-f", "md").out())
                .containsPattern("\\| layer2/green \\|[^|]+\\|[^|]+\\|  \\|  \\| 0 \\|");
        JsonObject row = json(shell.run("explain", spec, "--row", "3", "-f", "json"));
        assertThat(row.getAsJsonArray("neurons")).hasSize(5);
        assertThat(row.getAsJsonArray("weights")).hasSize(13);
    }

    @Test
    void fitsAScreen() {
        for (String variant : List.of("bias", "no-bias")) {
            for (String row : List.of("1", "2", "3", "4")) {
                Result result = shell.run("explain", "or-gate-bias", "--variant", variant, "--row", row);
                assertThat(result.code()).as(result.err()).isZero();
                assertThat(result.out().lines()).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
                assertThat(result.err()).isEmpty();
            }
        }
        assertThat(shell.run("explain", "or-gate-bias").out()).isEqualTo("""
                or-gate-bias, bias/seed=1: update 1 of 10,000 from row 1 of 4
                x1 = 0, x2 = 0; target y: t = 0

                Forward, to the answer
                z = sum of w * x + bias = 0.1 * 0 + 0.2 * 0 + 0.3 = 0.3
                o = 1 / (1 + exp(-z)) = 1 / (1 + exp(-0.3)) = 0.5744425
                e = o - t = 0.5744425 - 0 = 0.5744425
                E = e^2 / 2 = 0.5744425^2 / 2 = 0.1649921

                The chain rule: how the error E of this row rises with a weight w
                dE/do = e = 0.5744425
                do/dz = sigmoid(o) * (1 - sigmoid(o))
                      = sigmoid(0.5744425) * (1 - sigmoid(0.5744425)) = 0.2304594
                        (as published, where the derivative is o * (1 - o))
                dz/dw = x, and 1 for the bias

                weight  before  dz/dw   this row  all 4 rows      after
                x1         0.1      0  0          -0.1718082  0.1085904
                x2         0.2      0  0          -0.1657614  0.2082881
                bias       0.3      1  0.1323857  -0.1252247  0.3062612
                bias: dE/dw = dE/do * do/dz * dz/dw = 0.5744425 * 0.2304594 * 1 = 0.1323857
                bias: g = sum of dE/dw over all 4 rows = -0.1252247
                bias: after = w - learning_rate * g = 0.3 - 0.05 * (-0.1252247) = 0.3062612
                """);
    }

    /** Explained and trained weights are the same numbers, whatever is written between. */
    @ParameterizedTest
    @ValueSource(strings = {"or-gate-bias", "virus-symptoms", "eight-points-online"})
    void showsTheWeightsThatARunRecords(String experiment) {
        List<String> length =
                new ArrayList<>(List.of("--set", "track.every=1", "--set", "trainer.initial_weights=null"));
        length.addAll(List.of("--set", experiment.startsWith("eight") ? "trainer.updates=20" : "trainer.epochs=20"));
        List<String> run = new ArrayList<>(List.of("run", experiment, "--offline", "-f", "json", "--series"));
        run.addAll(length);
        JsonObject document = json(shell.run(run.toArray(String[]::new)));
        for (JsonElement each : document.getAsJsonArray("runs")) {
            JsonObject trained = each.getAsJsonObject();
            String variant = trained.get("variant").getAsString();
            JsonObject series = trained.getAsJsonObject("series");
            if (trained.get("seed").getAsLong() != seed(document)) {
                continue;
            }
            for (int update : new int[] {1, 2, 20}) {
                List<String> explain = new ArrayList<>(List.of(
                        "explain",
                        experiment,
                        "--variant",
                        variant,
                        "--update",
                        Integer.toString(update),
                        "-f",
                        "json"));
                explain.addAll(length);
                JsonObject explained = json(shell.run(explain.toArray(String[]::new)));
                assertThat(explained.get("key")).isEqualTo(trained.get("key"));
                for (JsonElement weight : explained.getAsJsonArray("weights")) {
                    JsonObject shown = weight.getAsJsonObject();
                    var recorded =
                            series.getAsJsonArray("weights/" + shown.get("name").getAsString());
                    assertThat(shown.get("before").getAsDouble())
                            .isEqualTo(recorded.get(update - 1).getAsDouble());
                    assertThat(shown.get("after").getAsDouble())
                            .isEqualTo(recorded.get(update).getAsDouble());
                }
            }
        }
    }

    @Test
    void leavesTheStoreAlone() {
        assertThat(shell.run("explain", "or-gate-bias", "--update", "100").code())
                .isZero();
        assertThat(Files.exists(shell.home())).isFalse();
    }

    @Test
    void countsRowsOfTheTrainingPartAndSaysThatTheyAreScaled() {
        Result result = shell.run("explain", "house-price", "--row", "3");
        assertThat(result.out())
                .startsWith("house-price, bias/seed=7: update 1 of 500 from row 3 of 2,344\narea = ")
                .contains("These are scaled (features: standard), as the trainer sees them.\nRaw: area = ")
                .contains("; price = ")
                .contains("Rows are counted in the part that is trained on; in the data it is row ");
        JsonObject row = json(shell.run("explain", "house-price", "--row", "3", "-f", "json"));
        assertThat(row.getAsJsonObject("scale").get("features").getAsString()).isEqualTo("standard");
        double raw = row.getAsJsonObject("raw_inputs").get("area").getAsDouble();
        double scaled = weight(row, "area").get("input").getAsDouble();
        assertThat(raw).isGreaterThan(300);
        assertThat(Math.abs(scaled)).isLessThan(10);
        assertThat(row.get("data_row").getAsInt()).isGreaterThanOrEqualTo(3);
        assertThat(row.getAsJsonArray("rows")).hasSize(2344);
        JsonObject other = json(shell.run("explain", "house-price", "--row", "3", "--seeds", "8", "-f", "json"));
        assertThat(other.get("seed").getAsInt()).isEqualTo(8);
        assertThat(other.get("z")).isNotEqualTo(row.get("z"));
    }

    @Test
    void takesTheRowThatTheUpdateLearnsFromIfNoneIsNamed() {
        JsonObject first = json(shell.run("explain", "eight-points-online", "-f", "json"));
        assertThat(first.get("row")).isEqualTo(first.getAsJsonArray("rows").get(0));
        assertThat(first.getAsJsonArray("rows")).hasSize(1);
        int other = first.get("row").getAsInt() % 8 + 1;
        Result refused = shell.run("explain", "eight-points-online", "--row", Integer.toString(other));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("error: update 1 does not learn from row " + other + " but from row "
                        + first.get("row").getAsInt() + ": give --row or --update otherwise\n");
    }

    @Test
    void explainsRosenblattsRule() {
        String spec = shell.write("step.yaml", """
                version: 1
                name: step
                dataset: { plugin: or-gate }
                trainer:
                  plugin: perceptron
                  activation: step
                  learning_rate: 0.5
                  epochs: 3
                  initial_weights: [-0.25, 0.5]
                """);
        String out = shell.run("explain", spec, "--update", "3").out();
        assertThat(out)
                .startsWith("step, default/seed=1: update 3 of 12 from row 3 of 4\nx1 = 1, x2 = 0; target y: t = 1\n")
                .contains("z = sum of w * x + bias = (-0.25) * 1 + 0.5 * 0 + 0 = -0.25\n")
                .contains("o = 1 if z > 0, else 0 = 1 if -0.25 > 0, else 0 = 0\n")
                .contains("Rosenblatt's rule: ")
                .contains("x1: g = (t - o) * x = (1 - 0) * 1 = 1\n")
                .contains("x1: after = w + learning_rate * g = -0.25 + 0.5 * 1 = 0.25\n")
                .doesNotContain("dE/do");
    }

    @Test
    void worksThroughTheLayers() {
        String spec = shell.write("layers.yaml", """
                version: 1
                name: layers
                dataset: { plugin: table, columns: [x, y], rows: [[1, 1], [2, 0]], target: y }
                trainer:
                  plugin: mlp
                  hidden: [2]
                  hidden_activation: tanh
                  activation: identity
                  loss: half-sse
                  learning_rate: 0.5
                  l2: 0.1
                  epochs: 1
                  initial_layers:
                    - { weights: [[0.5, -0.5]], bias: [0, 0.5] }
                    - { weights: [[1], [2]], bias: [0.25] }
                """);
        Result result = shell.run("explain", spec);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                layers, default/seed=1: update 1 of 1 from row 1 of 2
                x = 1; target y: t = 1

                Forward, to the answer
                z = sum of w * x + bias, where x are the inputs of the neuron
                layer2/1: o = z = 0.7121172
                e = o - t = 0.7121172 - 1 = -0.2878828
                E = e^2 / 2 = (-0.2878828)^2 / 2 = 0.04143827

                neuron            z          o       dE/do      do/dz       dE/dz
                layer1/1  0.5        0.4621172  -0.2878828  0.7864477  -0.2264048
                layer1/2  0          0          -0.5757657  1          -0.5757657
                layer2/1  0.7121172  0.7121172  -0.2878828  1          -0.2878828

                The chain rule: how the error E of this row rises with a weight w
                layer2/1: dE/do = e = -0.2878828
                layer2/1: do/dz = 1
                layer1/1: o = tanh(z) = tanh(0.5) = 0.4621172
                layer1/1: dE/do = sum of dE/dz * w of the neurons that it feeds = -0.2878828
                layer1/1: do/dz = 1 - o^2 = 1 - 0.4621172^2 = 0.7864477
                layer1/1: dE/dz = dE/do * do/dz = -0.2878828 * 0.7864477 = -0.2264048
                dz/dw = x, and 1 for the bias

                weight         before  dz/dw    this row  all 2 rows       after
                layer1/x/1        0.5      1  -0.2264048  -0.1530270  0.5515135
                layer1/bias/1     0        1  -0.2264048  -0.1897159  0.09485796
                and 5 other weights (-f md, html, json)
                layer1/x/1: dE/dw = dE/dz * dz/dw = -0.2264048 * 1 = -0.2264048
                layer1/x/1: g = sum of dE/dw over all 2 rows + l2 * w = -0.1530270 + 0.1 * 0.5
                              = -0.1030270
                layer1/x/1: after = w - learning_rate * g = 0.5 - 0.5 * (-0.1030270) = 0.5515135
                """);
        assertThat(shell.run("explain", spec, "-f", "md").out())
                .contains("| neuron | z | o | dE/do | do/dz | dE/dz |\n", "| layer2/2/1 | 2 | 0 |");
        assertThat(shell.run("explain", spec, "-f", "html").out())
                .contains("<tr><th scope=\"row\">layer1/2</th>", "<tr><th scope=\"row\">layer2/2/1</th>");
        JsonObject json = json(shell.run("explain", spec, "-f", "json"));
        assertThat(json.getAsJsonArray("neurons")).hasSize(3);
        assertThat(json.getAsJsonArray("weights")).hasSize(7);
        assertThat(weight(json, "layer1/x/1").get("penalty").getAsDouble()).isEqualTo(0.05);
    }

    @Test
    void showsTheFirstOfManyNeuronsAndTheLast() {
        String spec = shell.write("wide.yaml", """
                version: 1
                name: wide
                dataset: { plugin: or-gate }
                trainer: { plugin: mlp, hidden: [20], learning_rate: 0.5, epochs: 1 }
                """);
        String out = shell.run("explain", spec, "--row", "2").out();
        assertThat(out)
                .contains("x1 = 0, x2 = 1; target y: t = 1\n")
                .contains("layer1/6 ", "14 more", "layer2/1 ", "and 78 other weights")
                .doesNotContain("layer1/7 ");
        assertThat(out.lines()).hasSizeLessThan(40).allMatch(line -> line.length() <= 80);
    }

    @Test
    void saysWhichRowsABatchHas() {
        Result result = shell.run(
                "explain", "virus-symptoms", "--set", "trainer.batch=3", "--set", "trainer.order=with-replacement");
        assertThat(result.out()).contains("The update learns from rows ", "batch of 3");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void namesTheTrainersThatExplain() {
        Result result = shell.run("explain", "house-price", "--variant", "dl4j");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "error: trainer 'dl4j' of variant 'dl4j' does not explain how it makes an update; those that do: "
                                + "mlp, perceptron\n")
                .endsWith("\n    --variant bias, --variant no-bias\n");
    }

    @Test
    void findsTheCellOfASweep() {
        JsonObject first = json(shell.run("explain", "or-gate-learning-rates", "-f", "json"));
        JsonObject other = json(
                shell.run("explain", "or-gate-learning-rates", "--variant", "bias/learning_rate=0.1", "-f", "json"));
        assertThat(first.getAsJsonObject("cell").get("trainer.learning_rate").getAsString())
                .isEqualTo("0.001");
        assertThat(other.get("learning_rate").getAsDouble()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--row 0 | error: --row must be a whole number from 1 on, got '0'",
                "--update x | error: --update must be a whole number from 1 on, got 'x'",
                "--row 5 | error: there is no row 5: bias/seed=1 trains on 4 rows",
                "--update 10001 | error: there is no update 10,001: bias/seed=1 ends after 10,000 updates",
                "--variant bas | error: --variant: no variant 'bas'; did you mean 'bias'?",
                "-f yaml | error: --format must be table, md, html or json, got 'yaml'",
                "--set stop.when=train/mse --set stop.below=10 --update 2"
                        + "| error: there is no update 2: bias/seed=1 ends after 0 updates, by its stop rule",
            })
    void aMistakeIsReported(String arguments, String message) {
        List<String> line = new ArrayList<>(List.of("explain", "or-gate-bias"));
        line.addAll(List.of(arguments.split(" ")));
        Result result = shell.run(line.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message);
    }

    @Test
    void saysHowToSeeAStepOfWhatIsNotTrained() {
        Result result = shell.run("explain", "dot-product");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("is not trained", "to see one: --set trainer.epochs=1");
        assertThat(shell.run("explain", "dot-product", "--set", "trainer.epochs=1")
                        .out())
                .contains("z = sum of w * x = 1.26 * 1.72 + 0 * 1.23 = 2.1672\n");
    }

    @Test
    void saysWhyARunDoesNotComeSoFar() {
        Result result = shell.run("explain", "learning-rates", "--variant", "rate-1", "--update", "150");
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("warning: trainer.learning_rate 1 is above 0.13")
                .contains("\nerror: run rate-1/seed=1 failed after 140 updates: train/mse is not finite");
        assertThat(shell.run("explain", "learning-rates", "--variant", "rate-1", "--update", "139")
                        .out())
                .containsPattern("= [0-9.]+e[0-9]{3}\\n");
    }

    @Test
    void writesMarkdownAndHtmlInWhichNamesAreText() {
        String spec = shell.write("names.yaml", """
                version: 1
                name: names
                dataset: { plugin: table, columns: ["<b>*x*|`", y], rows: [[2, 1], [3, 0]], target: y }
                trainer: { plugin: perceptron, learning_rate: 0.05, epochs: 1, initial_weights: [0.25] }
                """);
        String markdown = shell.run("explain", spec, "-f", "md").out();
        assertThat(markdown)
                .startsWith("### names, default/seed=1: update 1 of 1 from row 1 of 2\n")
                .contains("| \\<b\\>\\*x\\*\\|\\` | 0.25 | 2 |")
                .contains("- `dE/do = 2 * e / n = 2 * (-0.3775407) / 2 = -0.3775407`\n")
                .doesNotContain("<b>");
        String html = shell.run("explain", spec, "-f", "html").out();
        assertThat(html)
                .startsWith("<section class=\"worked-example\">\n<h3>")
                .endsWith("</section>\n")
                .contains("<th scope=\"row\">&lt;b&gt;*x*|`</th><td>0.25</td>")
                .contains("<code>dE/do = 2 * e / n = 2 * (-0.3775407) / 2 = -0.3775407</code>")
                .doesNotContain("<b>");
    }

    private static long seed(JsonObject document) {
        return document.getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject()
                .get("seed")
                .getAsLong();
    }

    private static JsonObject json(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }

    private static double term(JsonObject explained, String symbol) {
        for (String part : List.of("answer", "factors")) {
            for (JsonElement term : explained.getAsJsonArray(part)) {
                if (term.getAsJsonObject().get("symbol").getAsString().equals(symbol)) {
                    return term.getAsJsonObject().get("value").getAsDouble();
                }
            }
        }
        throw new AssertionError("no " + symbol);
    }

    private static JsonObject weight(JsonObject explained, String name) {
        for (JsonElement weight : explained.getAsJsonArray("weights")) {
            if (weight.getAsJsonObject().get("name").getAsString().equals(name)) {
                return weight.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + name);
    }
}
