package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped experiments with hidden layers say in their opening comments is what comes out of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenLayersTest {

    private static final List<Double> XOR = List.of(0.0, 1.0, 1.0, 0.0);

    private static final Set<Long> STUCK = Set.of(2L, 10L);

    private static final Offset<Double> TWO_DIGITS = within(0.005);

    private JsonObject xor;
    private JsonObject overfitting;

    @BeforeAll
    void runAll(@TempDir Path folder) {
        Ablate ablate = new Ablate(folder).plugins(ShippedPlugins.folder(folder));
        xor = document(ablate, "xor");
        overfitting = document(ablate, "overfitting");
    }

    private static JsonObject document(Ablate ablate, String name) {
        Ablate.Result result = ablate.run("run", name, "--offline", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        return result.json();
    }

    @Test
    void oneNeuronAnswersXorWithAHalf() {
        assertThat(runs(xor, "one-neuron")).hasSize(10).allSatisfy(run -> {
            assertThat(metric(run, "train/mse")).isCloseTo(0.25, within(1e-9));
            assertThat(predictions(run)).hasSize(4).allMatch(answer -> Math.abs(answer - 0.5) < 1e-6);
        });
    }

    @Test
    void aHiddenLayerSolvesXorFromEightOfTenStarts() {
        for (String variant : List.of("mlp", "dl4j")) {
            assertThat(runs(xor, variant)).hasSize(10).allSatisfy(run -> {
                List<Double> answers = predictions(run);
                long right = 0;
                long undecided = 0;
                for (int row = 0; row < XOR.size(); row++) {
                    right += Math.abs(answers.get(row) - XOR.get(row)) < 0.05 ? 1 : 0;
                    undecided += Math.abs(answers.get(row) - 0.5) < 0.005 ? 1 : 0;
                }
                boolean stuck = STUCK.contains(run.get("seed").getAsLong());
                assertThat(List.of(right, undecided))
                        .as("%s, seed %s", variant, run.get("seed"))
                        .isEqualTo(stuck ? List.of(2L, 2L) : List.of(4L, 0L));
            });
            assertThat(verdict(xor, "train/mse", variant)).isEqualTo("better");
        }
    }

    @Test
    void deeplearning4jSolvesXorAsTheHandRolledLayersDo() {
        List<JsonObject> ours = runs(xor, "mlp");
        List<JsonObject> theirs = runs(xor, "dl4j");
        for (int k = 0; k < ours.size(); k++) {
            assertThat(theirs.get(k).get("seed")).isEqualTo(ours.get(k).get("seed"));
            List<Double> answers = predictions(theirs.get(k));
            for (int row = 0; row < answers.size(); row++) {
                assertThat(answers.get(row)).isCloseTo(predictions(ours.get(k)).get(row), within(1e-9));
            }
        }
    }

    @Test
    void aHiddenLayerThatOnlyWeighsGainsNothing() {
        List<JsonObject> runs = runs(xor, "only-weighing");
        assertThat(runs)
                .hasSize(10)
                .allSatisfy(run -> assertThat(metric(run, "train/mse")).isBetween(0.25 - 1e-9, 0.251));
        assertThat(runs.stream().filter(run -> threeRightAndOneWhollyWrong(predictions(run))))
                .hasSize(2);
        assertThat(verdict(xor, "train/mse", "only-weighing")).isEqualTo("equivalent");
    }

    private static boolean threeRightAndOneWhollyWrong(List<Double> answers) {
        long right = 0;
        long wrong = 0;
        for (int row = 0; row < XOR.size(); row++) {
            double error = Math.abs(answers.get(row) - XOR.get(row));
            right += error < 0.05 ? 1 : 0;
            wrong += error > 0.95 ? 1 : 0;
        }
        return right == 3 && wrong == 1;
    }

    @Test
    void theGapOfOverfittingIsAsLargeAsTold() {
        assertMeans("no-l2", 0.08, 0.43);
        assertMeans("some-l2", 0.18, 0.31);
        assertMeans("too-much-l2", 0.62, 0.48);
        for (JsonElement run : overfitting.getAsJsonArray("runs")) {
            assertThat(run.getAsJsonObject().get("n_train").getAsInt()).isEqualTo(13);
            assertThat(run.getAsJsonObject().get("n_test").getAsInt()).isEqualTo(12);
        }
    }

    @Test
    void someL2IsWorseOnPointsLearnedFromAndBetterOnThoseHeldBack() {
        JsonObject learned = effect(overfitting, "train/rmse", "some-l2");
        assertThat(learned.get("verdict").getAsString()).isEqualTo("worse");
        assertThat(learned.get("losses").getAsInt()).isEqualTo(9);
        JsonObject heldBack = effect(overfitting, "test/rmse", "some-l2");
        assertThat(heldBack.get("verdict").getAsString()).isEqualTo("better");
        assertThat(heldBack.get("wins").getAsInt()).isEqualTo(10);
    }

    @Test
    void tooMuchL2LeavesTheCurveNearlyFlat() {
        assertThat(runs(overfitting, "too-much-l2")).hasSize(10).allSatisfy(run -> {
            List<Double> answers = predictions(run); // to -1.5, 0 and 1.5, where the sine is -1, 0 and 1
            assertThat(answers.get(2) - answers.get(0)).isBetween(0.0, 0.5);
        });
    }

    private void assertMeans(String variant, double train, double test) {
        assertThat(mean(variant, "train/rmse")).isCloseTo(train, TWO_DIGITS);
        assertThat(mean(variant, "test/rmse")).isCloseTo(test, TWO_DIGITS);
    }

    private double mean(String variant, String metric) {
        return runs(overfitting, variant).stream()
                .mapToDouble(run -> metric(run, metric))
                .average()
                .orElseThrow();
    }

    private static List<JsonObject> runs(JsonObject document, String variant) {
        return document.getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(run -> run.get("variant").getAsString().equals(variant))
                .toList();
    }

    private static JsonObject effect(JsonObject document, String metric, String variant) {
        return document.getAsJsonArray("effects").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(effect -> effect.get("metric").getAsString().equals(metric)
                        && effect.get("variant").getAsString().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    private static String verdict(JsonObject document, String metric, String variant) {
        return effect(document, metric, variant).get("verdict").getAsString();
    }

    private static double metric(JsonObject run, String name) {
        return run.getAsJsonObject("metrics").get(name).getAsDouble();
    }

    private static List<Double> predictions(JsonObject run) {
        return run.getAsJsonArray("predictions").asList().stream()
                .map(JsonElement::getAsDouble)
                .toList();
    }
}
