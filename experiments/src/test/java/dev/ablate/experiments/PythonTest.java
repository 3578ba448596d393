package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's own Python client reads what Ablate delivered, and predicts with its models. */
@ManagedMlflow
@Order(11)
class PythonTest {

    private static final String READER = """
            import json, sys
            import mlflow, pandas
            mlflow.set_tracking_uri(sys.argv[1])
            found = []
            for name in sys.argv[3:]:
                rows = pandas.DataFrame(json.loads(sys.argv[2])[name])
                experiment = mlflow.get_experiment_by_name(name).experiment_id
                for run in mlflow.MlflowClient().search_runs([experiment], "tags.`ablate.role` = 'child'"):
                    models = mlflow.search_logged_models(
                        [experiment], f"source_run_id = '{run.info.run_id}'", output_format="list")
                    answers = mlflow.pyfunc.load_model(models[0].model_uri).predict(rows)
                    found.append({
                        "experiment": name, "run": run.info.run_id, "name": run.info.run_name,
                        "params": run.data.params, "metrics": run.data.metrics,
                        "outputs": [output.model_id for output in run.outputs.model_outputs],
                        "models": [[model.model_id, model.name, str(model.status)] for model in models],
                        "datasets": [[
                            given.dataset.name, given.dataset.digest, given.tags[0].value,
                            json.loads(given.dataset.profile), mlflow.data.get_source(given).to_dict(),
                            [column["name"] for column in json.loads(given.dataset.schema)["mlflow_colspec"]],
                        ] for given in run.inputs.dataset_inputs],
                        "answers": answers.iloc[:, 0].tolist(), "column": answers.columns[0],
                        "table": answers.to_dict("list"),
                    })
            best = mlflow.MlflowClient().get_model_version("house-price", "1")
            print(json.dumps({"runs": found, "best": [best.run_id, best.description]}))
            """;

    private static final String LAYERS = """
            version: 1
            name: python-layers
            dataset: { plugin: xor-gate }
            data: { scale: { features: standard } }
            trainer: { plugin: mlp, learning_rate: 0.5, epochs: 50, hidden: [3, 2] }
            variants:
              identity: { trainer.hidden_activation: identity, trainer.activation: tanh }
              sigmoid: { trainer.hidden_activation: sigmoid, trainer.bias: false }
              tanh: { trainer.hidden_activation: tanh, trainer.activation: identity }
              relu: { trainer.hidden_activation: relu }
              step: { trainer: { plugin: perceptron, activation: step, learning_rate: 1, epochs: 3 } }
              dl4j: { trainer: { plugin: dl4j, learning_rate: 0.5, epochs: 5, hidden: [4] } }
            predict: [[0, 0], [0, 1], [1, 0], [0.3, -0.7]]
            """;

    /** Its graphs fill in what is missing. */
    private static final String GAPS = """
            version: 1
            name: python-gaps
            dataset: { plugin: table, file: gaps.csv, target: price }
            data: { missing: { numbers: median, indicator: true }, scale: { features: standard, target: standard } }
            trainer: { plugin: perceptron, activation: identity, learning_rate: 0.1, epochs: 30 }
            variants: { bias: {}, no-bias: { trainer.bias: false } }
            predict: [[70, 10], [null, 10], [70, null], [null, null]]
            """;

    private static final Map<String, JsonArray> ROWS = Map.of(
            "python-gaps",
            rows("area", "age", 70, 10, Double.NaN, 10, 70, Double.NaN, Double.NaN, Double.NaN),
            "python-houses",
            rows("area", "age", 1500, 10, 1500, 60, 2500, 10),
            "python-layers",
            rows("x1", "x2", 0, 0, 0, 1, 1, 0, 0.3, -0.7),
            "python-states",
            rows("celsius", "altitude", 0, 0, 20, 1, 90, 1, 90, 5, -5, 8));

    @TempDir
    private Path folder;

    private final URI server;

    PythonTest(URI server) {
        this.server = server;
    }

    @Test
    void readsEverythingAndPredictsAsAblateDoes() throws Exception {
        Shell shell = new Shell(folder, folder.resolve("home"));
        String spec = shell.write("layers.yaml", LAYERS);
        Map<String, JsonObject> ours = new TreeMap<>();
        Shell.Result houses = shell.run(
                "run",
                Ablate.SPECS.resolve("house-price.yaml").toString(),
                "--repeats",
                "2",
                "--set",
                "data.scale.target=standard",
                "--set",
                "track.mlflow.experiment=python-houses",
                "--set",
                "track.mlflow.register=house-price",
                "--set",
                "track.mlflow.register_from=no-bias",
                "-f",
                "json",
                "--tracking-uri",
                server.toString(),
                "--require-tracking");
        assertThat(houses.code()).as(houses.err()).isZero();
        assertThat(houses.err()).contains("To be registered as house-price: the model of no-bias/seed=7");
        collect(houses, ours);
        Shell.Result layers =
                shell.run("run", spec, "-f", "json", "--tracking-uri", server.toString(), "--require-tracking");
        assertThat(layers.code()).as(layers.err()).isZero();
        collect(layers, ours);
        Shell.Result states = shell.run(
                "run",
                Ablate.SPECS.resolve("ice-water-steam.yaml").toString(),
                "--set",
                "track.mlflow.experiment=python-states",
                "-f",
                "json",
                "--tracking-uri",
                server.toString(),
                "--require-tracking");
        assertThat(states.code()).as(states.err()).isZero();
        collect(states, ours);
        shell.write("gaps.csv", "area,age,price\n50,3,110\n,20,150\n90,,260\n120,10,350\n60,5,180\n");
        Shell.Result gaps = shell.run(
                "run",
                shell.write("gaps.yaml", GAPS),
                "-f",
                "json",
                "--tracking-uri",
                server.toString(),
                "--require-tracking");
        assertThat(gaps.code()).as(gaps.err()).isZero();
        collect(gaps, ours);
        assertThat(ours).hasSize(6 + 6 + 2 + 2);

        JsonObject rows = new JsonObject();
        ROWS.forEach(rows::add);
        JsonObject found = JsonParser.parseString(python(
                        READER,
                        server.toString(),
                        rows.toString(),
                        "python-houses",
                        "python-layers",
                        "python-states",
                        "python-gaps"))
                .getAsJsonObject();

        JsonArray runs = found.getAsJsonArray("runs");
        assertThat(runs).hasSize(ours.size());
        for (JsonElement each : runs) {
            JsonObject theirs = each.getAsJsonObject();
            if (theirs.get("experiment").getAsString().equals("python-states")) {
                assertClasses(theirs, ours);
            } else if (theirs.get("experiment").getAsString().equals("python-gaps")) {
                assertAnswers(theirs, ours);
            } else {
                assertAlike(theirs, ours);
            }
        }
        assertIsTheNamed(found.getAsJsonArray("best"), houses.json());
        theDocumentsFiveLines();
    }

    /** A column of labels, and one of numbers for each class. */
    private static void assertClasses(JsonObject theirs, Map<String, JsonObject> ours) {
        JsonObject run = Objects.requireNonNull(ours.get(theirs.get("run").getAsString()));
        JsonObject table = theirs.getAsJsonObject("table");
        List<String> classes = List.of("ice", "steam", "water");
        assertThat(table.keySet()).containsExactly("state/label", "state/ice", "state/steam", "state/water");
        assertThat(table.get("state/label")).isEqualTo(run.get("labels"));
        for (int row = 0; row < 5; row++) {
            JsonArray expected = run.getAsJsonArray("predictions").get(row).getAsJsonArray();
            for (int k = 0; k < classes.size(); k++) {
                assertThat(table.getAsJsonArray("state/" + classes.get(k))
                                .get(row)
                                .getAsDouble())
                        .isCloseTo(expected.get(k).getAsDouble(), within(1e-12));
            }
        }
    }

    /** The run of ours that answers the same. */
    private static JsonObject assertAnswers(JsonObject theirs, Map<String, JsonObject> ours) {
        String name = theirs.get("name").getAsString();
        JsonObject run = Objects.requireNonNull(ours.get(theirs.get("run").getAsString()), name);
        List<JsonElement> answers = theirs.getAsJsonArray("answers").asList();
        List<JsonElement> expected = run.getAsJsonArray("predictions").asList();
        assertThat(answers).as(name).hasSameSizeAs(expected);
        for (int row = 0; row < answers.size(); row++) {
            double answer = expected.get(row).getAsDouble();
            assertThat(answers.get(row).getAsDouble())
                    .as("%s, row %s", name, row)
                    .isCloseTo(answer, within(1e-12 * Math.max(1, Math.abs(answer))));
        }
        return run;
    }

    private static void assertAlike(JsonObject theirs, Map<String, JsonObject> ours) {
        String name = theirs.get("name").getAsString();
        JsonObject run = assertAnswers(theirs, ours);
        run.getAsJsonObject("metrics")
                .asMap()
                .forEach((metric, value) -> assertThat(
                                theirs.getAsJsonObject("metrics").get(metric).getAsDouble())
                        .as("%s of %s", metric, name)
                        .isEqualTo(value.getAsDouble()));
        assertThat(theirs.getAsJsonObject("params").get("dataset.plugin").getAsString())
                .isEqualTo(theirs.getAsJsonArray("datasets")
                        .get(0)
                        .getAsJsonArray()
                        .get(0)
                        .getAsString());

        JsonArray models = theirs.getAsJsonArray("models");
        assertThat(models).hasSize(1);
        JsonArray model = models.get(0).getAsJsonArray();
        assertThat(model.get(1).getAsString()).isEqualTo(name.replace('/', '_'));
        assertThat(model.get(2).getAsString()).endsWith("READY");
        assertThat(theirs.getAsJsonArray("outputs")).containsExactly(model.get(0));

        boolean houses = theirs.get("experiment").getAsString().equals("python-houses");
        assertThat(theirs.get("column").getAsString()).isEqualTo(houses ? "price" : "y");
        Map<String, JsonArray> parts = new TreeMap<>();
        theirs.getAsJsonArray("datasets")
                .forEach(part -> parts.put(part.getAsJsonArray().get(2).getAsString(), part.getAsJsonArray()));
        assertThat(parts.keySet()).isEqualTo(houses ? Set.of("train", "test") : Set.of("train"));
        JsonArray train = Objects.requireNonNull(parts.get("train"));
        assertThat(train.get(1).getAsString()).matches("[0-9a-f]{36}");
        assertThat(train.get(3).getAsJsonObject().get("num_rows").getAsInt())
                .isEqualTo(run.get("n_train").getAsInt());
        assertThat(train.get(5).toString()).contains(houses ? "[\"area\",\"age\",\"price\"]" : "[\"x1\",\"x2\",");
        if (houses) {
            assertThat(train.get(4).toString()).contains("De Cock");
            assertThat(Objects.requireNonNull(parts.get("test"))
                            .get(3)
                            .getAsJsonObject()
                            .get("num_rows")
                            .getAsInt())
                    .isEqualTo(run.get("n_test").getAsInt());
        }
    }

    /** The first seed of the variant that the spec names; with the comparison's sentence. */
    private static void assertIsTheNamed(JsonArray registered, JsonObject houses) {
        JsonObject chosen = StreamSupport.stream(houses.getAsJsonArray("runs").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(run -> run.get("mlflow_run").equals(registered.get(0)))
                .findFirst()
                .orElseThrow();
        assertThat(chosen.get("variant").getAsString()).isEqualTo("no-bias");
        assertThat(chosen.get("seed").getAsLong()).isEqualTo(7);
        assertThat(registered.get(1).getAsString())
                .startsWith("no-bias/seed=7: named by the spec, and its first seed; its test/r2 is ")
                .endsWith(houses.get("sentence").getAsString());
    }

    private void theDocumentsFiveLines() throws IOException {
        String document = Files.readString(Ablate.SPECS.resolve("../docs/python.md"));
        int begin = document.indexOf("```python\n") + 10;
        String lines = document.substring(begin, document.indexOf("```", begin));
        assertThat(lines.strip().lines()).hasSize(5);
        assertThat(python(lines.replace("http://127.0.0.1:5000", server.toString())))
                .containsPattern("price\\s+0\\s+[12]\\d{5}\\.\\d+");
    }

    private static void collect(Shell.Result result, Map<String, JsonObject> runs) {
        result.json()
                .getAsJsonArray("runs")
                .forEach(run -> runs.put(run.getAsJsonObject().get("mlflow_run").getAsString(), run.getAsJsonObject()));
    }

    /** What a script prints; a warning is a failure, but for that of a Python that is not the one models name. */
    private String python(String script, String... arguments) throws IOException {
        Path environment = MlflowExtension.shared().resolve("mlflow-3.17.2");
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path err = folder.resolve("python.txt");
        List<String> command =
                new ArrayList<>(List.of(environment.resolve("bin/python").toString(), file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        // the client leaves the models that it loads there
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        boolean other = !Files.readString(environment.resolve("complete")).contains("python 3.11.");
        assertThat(Files.readString(err)
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).contains("warn"))
                        .filter(line -> !other || !line.contains("The version of Python that the model was saved in")))
                .isEmpty();
        return out;
    }

    private static JsonArray rows(String first, String second, double... values) {
        JsonArray rows = new JsonArray();
        for (int k = 0; k < values.length; k += 2) {
            JsonObject row = new JsonObject();
            row.addProperty(first, values[k]);
            row.addProperty(second, values[k + 1]);
            rows.add(row);
        }
        return rows;
    }
}
