package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import dev.ablate.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of three classes, from the file to the answers. */
@Timeout(240)
class SeveralClassesTest {

    private static final Path TABLES =
            Ablate.SPECS.resolve("../datasets/src/test/resources/dev/ablate/datasets/table/tables");

    private static final String FLOWERS = """
            version: 1
            name: flowers
            dataset: { plugin: table, file: flowers.csv, target: art, encoding: latin-1, decimal: "," }
            data: { scale: { features: standard }, split: { test: 0.3, stratify: true } }
            trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 200 }
            variants:
              bias: { trainer.bias: true }
              no-bias: { trainer.bias: false }
              nothing: { trainer: { plugin: baseline } }
            seeds: { count: 6 }
            predict: [[5.0, 1.6, 0.1], [6.5, 5.7, 1.7]]
            """;

    private static final String GRADES = """
            version: 1
            name: grades
            dataset: { plugin: table, file: grades.csv, target: grade, ignore: [student, day], task: classes }
            trainer: { plugin: perceptron, learning_rate: 1e-6, epochs: 1 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void bringTables() throws IOException {
        for (String table : List.of("flowers.csv", "grades.csv")) {
            Files.copy(TABLES.resolve(table), folder.resolve(table));
        }
        shell = new Shell(folder, folder.resolve("home"));
    }

    private static List<JsonObject> objects(JsonObject of, String name) {
        return StreamSupport.stream(of.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static double[] numbers(JsonElement row) {
        return StreamSupport.stream(row.getAsJsonArray().spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static double sum(double... numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    @Test
    void areLearnedJudgedAndReported() {
        String spec = shell.write("flowers.yaml", FLOWERS);
        Result run = shell.run("run", spec, "--offline", "-f", "json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonObject document = run.json();
        assertThat(objects(document, "effects"))
                .extracting(effect -> effect.get("metric").getAsString())
                .startsWith("test/accuracy")
                .contains("test/log_loss");
        for (JsonObject each : objects(document, "runs")) {
            JsonObject metrics = each.getAsJsonObject("metrics");
            assertThat(metrics.keySet())
                    .contains("test/accuracy", "test/log_loss", "test/roc_auc", "train/f1")
                    .doesNotContain("test/mse", "train/sse");
            for (JsonElement answer : each.getAsJsonArray("predictions")) {
                assertThat(numbers(answer)).hasSize(3);
                assertThat(sum(numbers(answer))).isCloseTo(1, within(1e-12));
            }
        }
        JsonObject bias = objects(document, "runs").get(0);
        assertThat(bias.get("labels").toString()).isEqualTo("[\"alba\",\"grandis\"]");
        assertThat(bias.getAsJsonObject("parameters").keySet())
                .contains("bl\u00fcte/alba", "bias/minor")
                .hasSize(3 * 3 + 3);

        List<JsonObject> classes = objects(document, "classes");
        assertThat(classes)
                .extracting(each -> each.get("variant").getAsString())
                .containsExactly("bias", "no-bias", "nothing");
        JsonObject first = classes.get(0);
        assertThat(first.get("part").getAsString()).isEqualTo("test");
        assertThat(first.get("runs").getAsInt()).isEqualTo(6);
        double right = 0;
        for (int k = 0; k < 3; k++) {
            double[] row = numbers(first.getAsJsonArray("confusion").get(k));
            assertThat(sum(row))
                    .as("9 of 30 rows of each class in each of 6 runs")
                    .isEqualTo(54);
            assertThat(objects(first, "by_class").get(k).get("recall").getAsDouble())
                    .isCloseTo(row[k] / 54, within(1e-12));
            right += row[k];
        }
        double accuracy = objects(document, "runs").stream()
                .filter(each -> each.get("variant").getAsString().equals("bias"))
                .mapToDouble(each ->
                        each.getAsJsonObject("metrics").get("test/accuracy").getAsDouble())
                .average()
                .orElseThrow();
        assertThat(accuracy).isCloseTo(right / (3 * 54), within(1e-12)).isGreaterThan(0.95);
    }

    @Test
    void areReadInEachFormOfTheReport() throws IOException {
        String spec = shell.write("flowers.yaml", FLOWERS);
        Result run = shell.run("run", spec, "--offline");
        assertThat(run.out())
                .contains(
                        "Classes, bias: rows held back, of all 6 runs together",
                        "art      rows  as alba  as grandis  as minor  precision  recall",
                        "bias/grandis");
        assertThat(run.out())
                .as("one that looks at no feature by its nature")
                .doesNotContain("nothing gives every test row");
        Path page = folder.resolve("page.html");
        shell.run("report", spec, "-o", page.toString());
        assertThat(Files.readString(page))
                .contains("Which class is taken for which", "Classes, no-bias: rows held back");
        Result csv = shell.run("predict", spec, "--variant", "bias", "--input", "5,1.6,0.1", "-f", "csv");
        assertThat(csv.out().lines().findFirst())
                .hasValue("l\u00e4nge,bl\u00fcte,breite,variant,seed,pair,prediction/alba,prediction/grandis,"
                        + "prediction/minor,class,label");
        assertThat(csv.out()).endsWith(",0,alba\n");
        JsonObject json =
                shell.run("predict", spec, "--input", "5,1.6,0.1", "-f", "json").json();
        JsonObject model = objects(json, "models").get(0);
        assertThat(model.get("class_names").toString()).isEqualTo("[\"alba\",\"grandis\",\"minor\"]");
        assertThat(model.get("labels").toString()).isEqualTo("[\"alba\"]");
        assertThat(sum(numbers(model.getAsJsonArray("predictions").get(0)))).isCloseTo(1, within(1e-12));
        String key = model.get("key").getAsString().substring(0, 8);
        assertThat(shell.run("predict", key, "--input", "5,1.6,0.1").out())
                .containsPattern("run +alba +grandis +minor|bias +alba");
    }

    @Test
    void aClassThatIsCalledByANumberIsOne() {
        String spec = shell.write("grades.yaml", GRADES);
        Result run = shell.run("run", spec, "--offline", "--set", "trainer.initial_weights=[0,0,0]");
        assertThat(run.code()).as(run.err()).isZero();
        String text = run.out().replaceAll("\\s+", " ");
        // 24 of 60 rows, of the first of two classes that are as frequent
        assertThat(text)
                .contains(
                        "No variant is better than nothing: train/accuracy is 0.4 where every row is answered 1, and 0.")
                .contains("default gives every training row the same class.");
        assertThat(shell.run("run", spec, "--offline", "--set", "compare.primary=log_loss")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("where every row is answered the classes' shares of the training rows");
        Result refused = shell.run("validate", spec, "--set", "compare.primary=mse");
        assertThat(refused.err())
                .contains("train/mse needs a number as the answer, and the target has three classes or more");
        Result decided = shell.run("validate", spec, "--set", "decide.threshold=0.3");
        assertThat(decided.err()).contains("decide.threshold says nothing of three classes and more");
    }

    @Test
    void aVariantThatGivesEveryRowOneOfTwoClassesIsNamed() {
        StringBuilder table = new StringBuilder("x,y\n");
        for (int row = 0; row < 40; row++) {
            table.append(row % 7).append(row % 5 == 0 ? ",yes\n" : ",no\n");
        }
        shell.write("rare.csv", table.toString());
        String spec = shell.write("rare.yaml", """
                version: 1
                name: rare
                dataset: { plugin: table, file: rare.csv, target: y }
                trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 1000 }
                seeds: { count: 3 }
                """);
        assertThat(shell.run("run", spec, "--offline").out().replaceAll("\\s+", " "))
                .contains("default gives every training row the same class in all 3 runs.");
    }
}
