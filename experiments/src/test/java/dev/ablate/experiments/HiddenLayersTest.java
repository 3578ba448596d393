package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.ablate.experiments.Document.Run;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the shipped experiments with hidden layers say in their opening comments is what comes out of them. */
class HiddenLayersTest {

    private static final List<Double> XOR = List.of(0.0, 1.0, 1.0, 0.0);

    private static final Set<Long> STUCK = Set.of(2L, 10L);

    private static final Offset<Double> TWO_DIGITS = within(0.005);

    private final Document xor = Document.of("xor");
    private final Document overfitting = Document.of("overfitting");

    @Test
    void oneNeuronAnswersXorWithAHalf() {
        assertThat(xor.runs("one-neuron")).hasSize(10).allSatisfy(run -> {
            assertThat(run.metric("train/mse")).isCloseTo(0.25, within(1e-9));
            assertThat(run.predictions()).hasSize(4).allMatch(answer -> Math.abs(answer - 0.5) < 1e-6);
        });
    }

    @Test
    void aHiddenLayerSolvesXorFromEightOfTenStarts() {
        for (String variant : List.of("mlp", "dl4j")) {
            assertThat(xor.runs(variant)).hasSize(10).allSatisfy(run -> {
                List<Double> answers = run.predictions();
                long right = 0;
                long undecided = 0;
                for (int row = 0; row < XOR.size(); row++) {
                    right += Math.abs(answers.get(row) - XOR.get(row)) < 0.05 ? 1 : 0;
                    undecided += Math.abs(answers.get(row) - 0.5) < 0.005 ? 1 : 0;
                }
                boolean stuck = STUCK.contains(run.number("seed"));
                assertThat(List.of(right, undecided))
                        .as("%s, seed %s", variant, run.number("seed"))
                        .isEqualTo(stuck ? List.of(2L, 2L) : List.of(4L, 0L));
            });
            assertThat(xor.verdict("train/mse", variant)).isEqualTo("better");
        }
    }

    @Test
    void deeplearning4jSolvesXorAsTheHandRolledLayersDo() {
        List<Run> ours = xor.runs("mlp");
        List<Run> theirs = xor.runs("dl4j");
        for (int k = 0; k < ours.size(); k++) {
            assertThat(theirs.get(k).number("seed")).isEqualTo(ours.get(k).number("seed"));
            List<Double> answers = theirs.get(k).predictions();
            for (int row = 0; row < answers.size(); row++) {
                assertThat(answers.get(row)).isCloseTo(ours.get(k).predictions().get(row), within(1e-9));
            }
        }
    }

    @Test
    void aHiddenLayerThatOnlyWeighsGainsNothing() {
        List<Run> runs = xor.runs("only-weighing");
        assertThat(runs)
                .hasSize(10)
                .allSatisfy(run -> assertThat(run.metric("train/mse")).isBetween(0.25 - 1e-9, 0.251));
        assertThat(runs.stream().filter(run -> threeRightAndOneWhollyWrong(run.predictions())))
                .hasSize(2);
        assertThat(xor.verdict("train/mse", "only-weighing")).isEqualTo("equivalent");
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
    void theGapOfOverfittingIsAsLargeAsWritten() {
        assertMeans("no-l2", 0.08, 0.43);
        assertMeans("some-l2", 0.18, 0.31);
        assertMeans("too-much-l2", 0.62, 0.48);
        for (Run run : overfitting.runs()) {
            assertThat(run.number("n_train")).isEqualTo(13);
            assertThat(run.number("n_test")).isEqualTo(12);
        }
    }

    @Test
    void someL2IsWorseOnPointsLearnedFromAndBetterOnThoseHeldBack() {
        JsonObject learned = overfitting.effect("train/rmse", "some-l2");
        assertThat(learned.get("verdict").getAsString()).isEqualTo("worse");
        assertThat(learned.get("losses").getAsInt()).isEqualTo(9);
        JsonObject heldBack = overfitting.effect("test/rmse", "some-l2");
        assertThat(heldBack.get("verdict").getAsString()).isEqualTo("better");
        assertThat(heldBack.get("wins").getAsInt()).isEqualTo(10);
    }

    @Test
    void tooMuchL2LeavesTheCurveNearlyFlat() {
        assertThat(overfitting.runs("too-much-l2")).hasSize(10).allSatisfy(run -> {
            List<Double> answers = run.predictions(); // to -1.5, 0 and 1.5, where the sine is -1, 0 and 1
            assertThat(answers.get(2) - answers.get(0)).isBetween(0.0, 0.5);
        });
    }

    private void assertMeans(String variant, double train, double test) {
        assertThat(mean(variant, "train/rmse")).isCloseTo(train, TWO_DIGITS);
        assertThat(mean(variant, "test/rmse")).isCloseTo(test, TWO_DIGITS);
    }

    private double mean(String variant, String metric) {
        return overfitting.runs(variant).stream()
                .mapToDouble(run -> run.metric(metric))
                .average()
                .orElseThrow();
    }
}
