package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.experiments.MlflowReader.Run;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.worker.spec.RunKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published figures through the whole program: from the shipped spec to the document, the local store, and MLflow.
 *
 * <p>Figures: the programs of Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail", computed
 * with NumPy 2.4 in double precision.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ManagedMlflow
class TutorialFiguresTest {

    /** Places of (1, 0), (1, 1) and (0, 0) among the rows that the experiments ask about. */
    private static final List<Integer> PUBLISHED = List.of(2, 3, 0);

    private static final Offset<Double> CLOSE = within(1e-9);

    private Path home = Path.of("");
    private Shell shell;
    private MlflowReader mlflow;
    private JsonObject bias;
    private JsonObject exact;
    private JsonObject virus;

    @BeforeAll
    void runAll(URI server, @TempDir Path folder) {
        home = folder.resolve("home");
        shell = new Shell(folder, home).with("MLFLOW_TRACKING_URI", server.toString());
        mlflow = new MlflowReader(server);
        bias = document("or-gate-bias", "figures-or", "--set", "track.every=1111");
        exact = document("or-gate-exact", "figures-exact", "--set", "track.every=1111");
        virus = document("virus-symptoms", "figures-virus");
    }

    private JsonObject document(String spec, String experiment, String... more) {
        String[] fixed = {"run", spec, "-f", "json", "--series", "--require-tracking", "--experiment", experiment};
        String[] all = java.util.stream.Stream.of(fixed, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
        Shell.Result result = shell.run(all);
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }

    @Test
    void orGateAsPublished() {
        assertParameters(
                bias, "bias", Map.of("x1", 7.009224253586823, "x2", 7.009532806469602, "bias", -3.149051345912768));
        assertOrGate(bias, "bias", 0.97937019653, 0.99998097439, 0.04112867409);
        assertParameters(bias, "no-bias", Map.of("x1", 4.616930695878155, "x2", 4.619950227257939));
        assertOrGate(bias, "no-bias", 0.99021363572, 0.99990262863, 0.5);
    }

    @Test
    void orGateWithTheExactDerivative() {
        assertParameters(
                exact, "exact", Map.of("x1", 5.365463221735574, "x2", 5.365519119004994, "bias", -2.4275982334474273));
        assertOrGate(exact, "exact", 0.94968681005, 0.99975238409, 0.08109225801);
        assertParameters(
                exact,
                "as-published",
                Map.of("x1", 7.009224253586823, "x2", 7.009532806469602, "bias", -3.149051345912768));
    }

    @Test
    void errorSumsThatThePublishedProgramsPrint() {
        assertErrorSums(run(bias, "bias"), -0.558754185648239, -0.000143680961587);
        assertErrorSums(run(exact, "exact"), -0.558754185648239, -0.019780097375012518);
    }

    @Test
    void virusSymptoms() {
        assertParameters(
                virus,
                "bias",
                Map.of(
                        "loss_of_smell", 10.163499197816572,
                        "weight_loss", 0.45744948589166706,
                        "runny_nose", 2.974417824240298,
                        "body_pain", 2.9938137993651273,
                        "bias", -6.077641527086677));
        assertPredictions(virus, "bias", 0.999158658709753, 0.04297447604270192, 0.9991421949237735);
        assertThat(run(virus, "bias")
                        .getAsJsonObject("metrics")
                        .get("train/mse")
                        .getAsDouble())
                .isCloseTo(0.06321, within(5e-6));
        assertThat(run(virus, "no-bias")
                        .getAsJsonObject("parameters")
                        .get("weight_loss")
                        .getAsDouble())
                .isCloseTo(-3.81, within(5e-3));
    }

    @Test
    void theStoreHoldsWhatTheDocumentSays() {
        try (RunStore store = RunStore.open(home, Clock.systemUTC())) {
            for (JsonObject document : List.of(bias, exact, virus)) {
                for (JsonElement element : document.getAsJsonArray("runs")) {
                    JsonObject run = element.getAsJsonObject();
                    RunRecord record =
                            store.find(new RunKey(run.get("key").getAsString())).orElseThrow();
                    assertThat(record.parameters()).isEqualTo(numbers(run.getAsJsonObject("parameters")));
                    assertThat(record.metrics()).isEqualTo(numbers(run.getAsJsonObject("metrics")));
                    Map<Long, Double> stored = new LinkedHashMap<>();
                    for (Point point : store.series(record.id(), "train/mse")) {
                        stored.put(point.step(), point.value());
                    }
                    assertThat(stored).isEqualTo(series(run, "train/mse"));
                }
            }
        }
    }

    @Test
    void mlflowHoldsWhatTheDocumentSays() {
        Map<String, JsonObject> documents = Map.of("figures-or", bias, "figures-exact", exact, "figures-virus", virus);
        documents.forEach((experiment, document) -> {
            List<Run> runs = mlflow.runs(experiment);
            assertThat(runs).hasSize(1 + document.getAsJsonArray("runs").size());
            for (JsonElement element : document.getAsJsonArray("runs")) {
                JsonObject reported = element.getAsJsonObject();
                Run run = runs.stream()
                        .filter(candidate ->
                                candidate.id().equals(reported.get("mlflow_run").getAsString()))
                        .findFirst()
                        .orElseThrow();
                assertThat(run.status()).isEqualTo("FINISHED");
                assertThat(run.tags()).containsKey("mlflow.parentRunId");
                assertThat(run.name()).isEqualTo(reported.get("variant").getAsString() + "/seed=1");
                for (String metric : List.of("train/mse", "train/error_sum", "train/accuracy")) {
                    assertThat(mlflow.history(run, metric)).isEqualTo(series(reported, metric));
                }
                numbers(reported.getAsJsonObject("parameters"))
                        .forEach((name, value) -> assertThat(run.metrics()).containsEntry("weights/" + name, value));
                assertThat(run.params())
                        .containsEntry("trainer.learning_rate", "0.05")
                        .containsEntry("trainer.epochs", "10000")
                        .containsEntry("trainer.activation", "sigmoid");
                assertThat(mlflow.artifacts(run)).contains("predictions.json");
            }
            Run parent = runs.stream()
                    .filter(run -> !run.tags().containsKey("mlflow.parentRunId"))
                    .findFirst()
                    .orElseThrow();
            assertThat(parent.tags().get("mlflow.note.content"))
                    .startsWith(document.get("sentence").getAsString());
            assertThat(mlflow.artifacts(parent)).contains("spec.yaml");
        });
    }

    @Test
    void theSecondTimeNothingIsTrainedAndNothingArrivesTwice() {
        List<String> before =
                mlflow.runs("figures-or").stream().map(Run::id).sorted().toList();
        JsonObject again = document("or-gate-bias", "figures-or", "--set", "track.every=1111");
        assertThat(again.getAsJsonArray("runs"))
                .allSatisfy(
                        run -> assertThat(run.getAsJsonObject().get("reused").getAsBoolean())
                                .isTrue());
        assertThat(mlflow.runs("figures-or").stream().map(Run::id).sorted().toList())
                .isEqualTo(before);
        assertThat(again.get("effects")).isEqualTo(bias.get("effects"));
    }

    private static void assertErrorSums(JsonObject run, double first, double last) {
        Map<Long, Double> sums = series(run, "train/error_sum");
        assertThat(sums.get(0L)).isCloseTo(first, CLOSE);
        assertThat(sums.get(9_999L)).isCloseTo(last, CLOSE);
        assertThat(sums).containsKey(10_000L);
    }

    private static void assertParameters(JsonObject document, String variant, Map<String, Double> expected) {
        Map<String, Double> actual = numbers(run(document, variant).getAsJsonObject("parameters"));
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isCloseTo(value, CLOSE));
    }

    /** The answers to the three rows that the tutorial asks about. */
    private static void assertOrGate(JsonObject document, String variant, double... expected) {
        List<JsonElement> actual =
                run(document, variant).getAsJsonArray("predictions").asList();
        assertPredictions(PUBLISHED.stream().map(actual::get).toList(), expected);
    }

    private static void assertPredictions(JsonObject document, String variant, double... expected) {
        assertPredictions(run(document, variant).getAsJsonArray("predictions").asList(), expected);
    }

    private static void assertPredictions(List<JsonElement> actual, double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.get(i).getAsDouble()).isCloseTo(expected[i], CLOSE);
        }
    }

    private static JsonObject run(JsonObject document, String variant) {
        return document.getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(run -> run.get("variant").getAsString().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Double> numbers(JsonObject object) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object.entrySet().forEach(entry -> {
            if (!entry.getValue().isJsonNull()) {
                numbers.put(entry.getKey(), entry.getValue().getAsDouble());
            }
        });
        return numbers;
    }

    private static Map<Long, Double> series(JsonObject run, String name) {
        Map<Long, Double> series = new LinkedHashMap<>();
        List<JsonElement> steps = run.getAsJsonArray("steps").asList();
        List<JsonElement> values =
                run.getAsJsonObject("series").getAsJsonArray(name).asList();
        assertThat(values).hasSameSizeAs(steps);
        for (int i = 0; i < steps.size(); i++) {
            series.put(steps.get(i).getAsLong(), values.get(i).getAsDouble());
        }
        return series;
    }
}
