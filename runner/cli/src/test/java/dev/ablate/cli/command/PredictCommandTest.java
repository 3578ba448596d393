package dev.ablate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import dev.ablate.cli.Shell.Result;
import dev.ablate.engine.runs.OldStore;
import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ablate predict}, as a person types it. */
class PredictCommandTest {

    private static final String HOUSES = """
            version: 1
            name: houses
            dataset:
              plugin: table
              columns: [area, age, price]
              rows: [[100, 3, 310], [150, 20, 400], [80, 40, 190], [120, 10, 350], [60, 5, 200]]
              target: price
            data: { scale: { features: standard, target: max }, split: { test: 0.2 } }
            trainer: { plugin: perceptron, activation: identity, learning_rate: 0.1, epochs: 50 }
            variants:
              all: { trainer.bias: true }
              area-alone: { data.features: [area] }
            seeds: [7, 8]
            predict: [[100, 10], [50, 50]]
            compare: { primary: test/mse }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void answersWithTheStoredModelsAndTheirClasses() {
        run("or-gate-bias");
        Result result = shell.run("predict", "or-gate-bias", "--input", "0,0", "--input", "1, 0");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("""
                Predictions of y
                x1  x2     bias  class  no-bias  class
                 0   0  0.04113  0       0.5     0
                 1   0  0.9794   1       0.9902  1

                At (0, 0): no-bias answers 0.5, a tie, which decides nothing (it counts as 0).
                """);
        JsonObject json = json(shell.run("predict", "or-gate-bias", "--input", "0,0", "-f", "json"));
        JsonObject bias = json.getAsJsonArray("models").get(0).getAsJsonObject();
        assertThat(bias.get("variant").getAsString()).isEqualTo("bias");
        assertThat(bias.getAsJsonArray("predictions").get(0).getAsDouble()).isCloseTo(0.04112867409, within(1e-10));
        assertThat(bias.getAsJsonArray("classes").get(0).getAsInt()).isZero();
        assertThat(bias.getAsJsonArray("labels").get(0).getAsString()).isEqualTo("0");
    }

    @Test
    void saysOnceWhatIsWrongWithTheData() {
        String spec = shell.write("torn.yaml", """
                version: 1
                name: torn
                dataset:
                  plugin: table
                  columns: [x, y]
                  rows: [[0, 0], [0, 1], [1, 1], [2, 1]]
                  target: y
                  task: binary-classification
                trainer: { plugin: perceptron, epochs: 20, learning_rate: 0.1 }
                variants: { bias: {}, no-bias: { trainer.bias: false } }
                compare: { baseline: no-bias, primary: train/mse, metrics: { train/mse: { goal: minimize } } }
                """);
        String words = "have equal features and different targets";

        assertThat(shell.run("run", spec, "--offline").err()).contains(words);
        assertThat(shell.run("predict", spec, "--input", "1").err()).isEmpty();
        assertThat(shell.run("compare", spec).err()).isEmpty();
        Result report = shell.run("report", spec, "-f", "table");
        assertThat(report.err()).isEmpty();
        assertThat(report.out()).contains("Contradictory rows");
    }

    @Test
    void answersInRawUnitsWhatTheRunAnswered() {
        String spec = shell.write("houses.yaml", HOUSES);
        JsonObject run = run(spec);
        for (String seed : List.of("7", "8")) {
            JsonObject json = json(
                    shell.run("predict", spec, "--input", "100,10", "--input", "50,50", "-f", "json", "--seeds", seed));
            assertThat(json.getAsJsonArray("models")).hasSize(2);
            for (var each : json.getAsJsonArray("models")) {
                JsonObject model = each.getAsJsonObject();
                assertThat(model.get("seed").getAsString()).isEqualTo(seed);
                assertThat(model.get("predictions"))
                        .isEqualTo(ran(run, model.get("key").getAsString()).get("predictions"));
                assertThat(model.get("classes").isJsonNull()).isTrue();
                assertThat(model.get("labels").isJsonNull()).isTrue();
            }
        }
        assertThat(json(shell.run("predict", spec, "--input", "1,1", "-f", "json", "--seeds", "7,8"))
                        .getAsJsonArray("models"))
                .hasSize(4);
        assertThat(json(shell.run("predict", spec, "--input", "1,1", "-f", "json"))
                        .getAsJsonArray("models"))
                .allMatch(model -> model.getAsJsonObject().get("seed").getAsInt() == 7);
    }

    @Test
    void readsAFileWhoseColumnsComeInAnyOrder() {
        String spec = shell.write("houses.yaml", HOUSES);
        run(spec);
        String file = shell.write("new.csv", "\uFEFFage,town,area\n10,\"Ames, Iowa\",100\n\n50,Boone,50\n");
        String csv = shell.run("predict", spec, "--file", file, "-f", "csv").out();
        assertThat(csv).startsWith("area,age,variant,seed,pair,prediction\n100,10,all,7,7,");
        assertThat(csv.lines()).hasSize(5);
        assertThat(csv)
                .isEqualTo(shell.run("predict", spec, "--input", "100,10", "--input", "50,50", "-f", "csv")
                        .out());
        String narrow = shell.write("narrow.csv", "area\n100\n");
        String german = shell.write("german.csv", "\uFEFF\"age\";\"a;b\";\"area\"\r\n10;x;100\r\n50;x;50\r\n");
        assertThat(shell.run("predict", spec, "--file", german, "-f", "csv").out())
                .as("cut where its header has the features")
                .isEqualTo(csv);
        assertThat(shell.run("predict", spec, "--variant", "area-alone", "--file", narrow, "-f", "csv")
                        .out())
                .startsWith("area,variant,seed,pair,prediction\n100,area-alone,7,7,");
    }

    @Test
    void reportsWhatIsWrongInAFileWithItsPlace() {
        String spec = shell.write("houses.yaml", HOUSES);
        run(spec);
        String file = shell.write("bad.csv", "area,age\n100,ten\n1e999,3\n5\n");
        Result result = shell.run("predict", spec, "--file", file);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(file + ":2:5: error: age must be a number, got 'ten'\n  2 | 100,ten\n    |     ^^^")
                .contains(file + ":3:1: error: area must be a number, got '1e999'")
                .contains(file + ":4:1: error: 1 value for 2 columns")
                .contains("3 errors; nothing was run.");
        String header = shell.write("header.csv", "aera,age\n1,2\n");
        assertThat(shell.run("predict", spec, "--file", header).err())
                .contains(header + ":1:1: error: no column 'area'")
                .contains("did you mean 'aera'?");
        String twice = shell.write("twice.csv", "area,age,area\n1,2,3\n");
        assertThat(shell.run("predict", spec, "--file", twice).err())
                .contains(twice + ":1:10: error: two columns are called 'area': rename one");
        String empty = shell.write("empty.csv", "area,age\n");
        assertThat(shell.run("predict", spec, "--file", empty).err()).contains("there is no row below the header");
        assertThat(shell.run(
                                "predict",
                                spec,
                                "--file",
                                folder.resolve("none.csv").toString())
                        .err())
                .contains("there is no such file");
    }

    @Test
    void saysWhatToTypeWhereNothingHasBeenRun() {
        Result result = shell.run("predict", "or-gate-bias", "--input", "0,1");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("""
                error: there is no model of or-gate-bias: bias/seed=1 has not been run; no-bias/seed=1 has not been run
                    to train it: ablate run or-gate-bias
                """);
    }

    @Test
    void saysThatASpecHasMovedOnSinceItsModelsWereTrained() {
        String spec = shell.write("houses.yaml", HOUSES);
        run(spec);
        shell.write("houses.yaml", HOUSES.replace("epochs: 50", "epochs: 60"));
        Result result = shell.run("predict", spec, "--input", "100,3");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(" has moved on since ").contains("; a model of then answers by its key: ");
        String command = result.err().substring(result.err().indexOf("ablate predict ") + "ablate ".length());
        List<String> line = new ArrayList<>(List.of(command.strip().split(" ", -1)));
        line.addAll(List.of("--input", "100,3"));
        assertThat(shell.run(line.toArray(String[]::new)).code()).as(command).isZero();
    }

    @Test
    void answersWithWhatThereIsAndNamesTheRest() {
        assertThat(shell.run("run", "or-gate-bias", "--only", "bias", "--offline")
                        .code())
                .isZero();
        Result result = shell.run("predict", "or-gate-bias", "--input", "0,1");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("bias").doesNotContain("no-bias");
        assertThat(result.err())
                .isEqualTo("without a model: no-bias/seed=1 has not been run; to train: ablate run or-gate-bias\n");
        assertThat(shell.run("predict", "or-gate-bias", "--variant", "no-bias", "--input", "0,1")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void trainsNothing() {
        run("or-gate-bias");
        int before = shell.run("list", "runs").out().split("\n", -1).length;
        assertThat(shell.run("predict", "or-gate-bias", "--set", "trainer.learning_rate=0.1", "--input", "0,1")
                        .code())
                .isEqualTo(2);
        assertThat(shell.run("list", "runs").out().split("\n", -1)).hasSize(before);
    }

    @Test
    void bringsOneRunBackByItsKey() {
        String spec = shell.write("houses.yaml", HOUSES);
        JsonObject run = run(spec);
        for (var each : run.getAsJsonArray("runs")) {
            JsonObject ran = each.getAsJsonObject();
            boolean alone = ran.get("variant").getAsString().equals("area-alone");
            JsonObject json = json(shell.run(
                    "predict",
                    ran.get("key").getAsString().substring(0, 10),
                    "--input",
                    alone ? "100" : "100,10",
                    "-f",
                    "json"));
            JsonObject model = json.getAsJsonArray("models").get(0).getAsJsonObject();
            assertThat(model.get("key")).isEqualTo(ran.get("key"));
            assertThat(model.get("variant")).isEqualTo(ran.get("variant"));
            assertThat(model.getAsJsonArray("predictions").get(0))
                    .isEqualTo(ran.getAsJsonArray("predictions").get(0));
        }
    }

    /** The model is in the store: what became of its data and its spec does not matter, nor where one is. */
    @Test
    void answersWithTheStoredModelWhateverBecameOfItsDataAndSpec(@TempDir Path elsewhere) throws Exception {
        shell.write("data.csv", "x,y\n1,0\n2,1\n");
        String spec = shell.write("file.yaml", """
                version: 1
                name: file
                dataset: { plugin: table, file: data.csv, target: y }
                data: { scale: { features: standard } }
                trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 2 }
                """);
        String key = run(spec)
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject()
                .get("key")
                .getAsString();
        Result before = shell.run("predict", key, "--input", "1.5");
        assertThat(before.code()).isZero();
        shell.write("data.csv", "x,y\n1,0\n3,1\n");
        assertThat(shell.run("predict", key, "--input", "1.5").out()).isEqualTo(before.out());
        Files.delete(folder.resolve("data.csv"));
        Files.delete(folder.resolve("file.yaml"));
        assertThat(shell.run("predict", key, "--input", "1.5").out()).isEqualTo(before.out());
        Shell another = new Shell(elsewhere, folder.resolve("home"));
        assertThat(another.run("predict", key, "--input", "1.5").out()).isEqualTo(before.out());
    }

    /** The store is one that the version before made: it knows neither what the classes are called nor how they are decided. */
    @Test
    void answersWithAModelThatTheVersionBeforeStored() throws Exception {
        Path store = OldStore.write(Files.createDirectories(folder.resolve("home")), 6);
        Map<String, Double> learned = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT name, value FROM parameter WHERE attempt = 1");
            while (row.next()) {
                learned.put(row.getString(1), row.getDouble(2));
            }
        }
        Result result = shell.run("predict", "1736dd6e", "--input", "1,0", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        JsonObject model = result.json().getAsJsonArray("models").get(0).getAsJsonObject();
        assertThat(model.get("variant").getAsString()).isEqualTo("bias");
        assertThat(model.getAsJsonObject("cell").get("trainer.learning_rate").getAsString())
                .isEqualTo("0.5");
        double sum = learned.getOrDefault("x1", Double.NaN) + learned.getOrDefault("bias", Double.NaN);
        double answer = 1 / (1 + StrictMath.exp(-sum));
        assertThat(model.getAsJsonArray("predictions")
                        .get(0)
                        .getAsJsonArray()
                        .get(0)
                        .getAsDouble())
                .isCloseTo(answer, within(1e-15));
        assertThat(model.getAsJsonArray("labels").get(0).getAsString()).isEqualTo(answer > 0.5 ? "1" : "0");
    }

    /** A model without layers is brought back by its plugin, with the options that the store knows. */
    @Test
    void asksThePluginOfAModelThatItAloneKnows() throws Exception {
        Path jar = new JarMaker(folder)
                .module("acme.A", "trainer(\"shifted-mean\", Shift.class).to(new ShiftedMean());")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Shift(@Option(help = \"h\", fallback = \"0\") double by) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class ShiftedMean implements Trainer<Shift> {
                          public Model train(Shift o, Training t) {
                            Model model = new Mean(Arrays.stream(t.examples().targets()).average().orElseThrow(), o.by());
                            t.after(1, 1, model);
                            return model;
                          }
                          public Model restore(Shift o, Schema s, InputStream in) throws java.io.IOException {
                            return new Mean(Parameters.read(in).get("mean"), o.by());
                          }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        record Mean(double mean, double by) implements Model {
                          public void predict(Matrix rows, double[] answers) { Arrays.fill(answers, mean + by); }
                          public Map<String, Double> parameters() { return Map.of("mean", mean); }
                          public void write(OutputStream out) throws java.io.IOException { Parameters.write(parameters(), out); }
                        }
                        """)
                .make("home/plugins/mean/mean.jar");
        String spec = shell.write("mean.yaml", """
                version: 1
                name: mean
                dataset: { plugin: or-gate }
                trainer: { plugin: shifted-mean, by: 0.125 }
                """);
        String key = run(spec)
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject()
                .get("key")
                .getAsString();
        assertThat(shell.run("predict", key, "--input", "0,0", "-f", "csv")
                        .out()
                        .lines())
                .element(1)
                .asString()
                .contains(",0.875,");
        Files.delete(jar);
        Result gone = shell.run("predict", key, "--input", "0,0");
        assertThat(gone.code()).isEqualTo(2);
        assertThat(gone.err())
                .startsWith(
                        "error: run " + key.substring(0, 8)
                                + " has a model that only its trainer 'shifted-mean' can bring back: no trainer 'shifted-mean';");
    }

    @Test
    void findsTheCellsOfASweep() {
        assertThat(shell.run(
                                "run",
                                "or-gate-learning-rates",
                                "--offline",
                                "--set",
                                "trainer.epochs=20",
                                "--repeats",
                                "1")
                        .code())
                .isZero();
        List<String> line = new ArrayList<>(List.of(
                "predict", "or-gate-learning-rates", "--set", "trainer.epochs=20", "--input", "1,1", "-f", "csv"));
        assertThat(shell.run(line.toArray(String[]::new)).out())
                .startsWith(
                        "x1,x2,variant,trainer.learning_rate,seed,pair,prediction,class,label\n1,1,bias,0.001,42,42,");
        line.addAll(List.of("--variant", "no-bias/learning_rate=1"));
        assertThat(shell.run(line.toArray(String[]::new)).out().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1,1,no-bias,1.0,42,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict or-gate-bias | error: what to answer is missing: --input with a number for each feature, or --file rows.csv",
                "predict or-gate-bias --input 1,0 --file x.csv | error: --input and --file exclude each other",
                "predict or-gate-bias --input 1 | error: --input 1: 1 value for 2 features: x1, x2",
                "predict or-gate-bias --input 1,x | error: --input 1,x: x2 must be a number, got 'x'",
                "predict or-gate-bias --input 1,NaN | error: --input 1,NaN: x2 must be a number, got 'NaN'",
                "predict or-gate-bias --input 1,0 --variant bas | error: --variant: no variant 'bas'; did you mean 'bias'?",
                "predict or-gate-bais --input 1,0 | error: no file and no experiment 'or-gate-bais'",
                "predict 0123456789 --input 1,0 | error: no run begins with '0123456789' (ablate list runs)",
                "predict 0123456789 --variant a --input 1 | error: --set, --seeds, --repeats and --variant go with a spec",
                "predict --input 1 | error: SPEC|RUN is missing",
            })
    void aMistakeIsReported(String line, String message) {
        run("or-gate-bias");
        Result result = shell.run(line.split(" "));
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message);
    }

    @Test
    void takesNegativeNumbers() {
        run("or-gate-bias");
        for (String input : List.of("--input=-1,-2.5e0", "--input -1,-2.5")) {
            List<String> line = new ArrayList<>(List.of("predict", "or-gate-bias", "-f", "json"));
            line.addAll(List.of(input.split(" ")));
            JsonObject json = json(shell.run(line.toArray(String[]::new)));
            assertThat(json.getAsJsonArray("rows").get(0).toString()).isEqualTo("[-1,-2.5]");
        }
    }

    private JsonObject run(String spec) {
        return json(shell.run("run", spec, "--offline", "-f", "json"));
    }

    private static JsonObject ran(JsonObject document, String key) {
        for (var run : document.getAsJsonArray("runs")) {
            if (run.getAsJsonObject().get("key").getAsString().equals(key)) {
                return run.getAsJsonObject();
            }
        }
        throw new AssertionError("no run " + key);
    }

    private static JsonObject json(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return JsonParser.parseString(result.out()).getAsJsonObject();
    }
}
