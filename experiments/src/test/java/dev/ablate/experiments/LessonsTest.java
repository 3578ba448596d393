package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.experiments.Document.Run;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each shipped experiment is there to show is what comes out of it; those with hidden layers have a test of their own.
 *
 * @see HiddenLayersTest
 * @see TutorialFiguresTest for the figures of the tutorials to the last digit
 */
class LessonsTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void withoutABiasTheAnswerToNothingIsAHalfWhateverIsLearned() {
        Document document = Document.of("or-gate-bias");
        Run without = document.run("no-bias");
        assertThat(without.predictions().get(0)).isEqualTo(0.5);
        assertThat(without.parameter("x1")).as("it did learn").isGreaterThan(4);
        assertThat(document.run("bias").predictions().get(0)).isCloseTo(0.0411, within(5e-5));
        assertThat(document.verdict("train/mse", "bias")).isEqualTo("better");
        assertThat(without.metric("train/accuracy")).as("a tie counts as 0").isEqualTo(1);
        assertThat(document.comparedMetrics())
                .as("what would say that a bias does nothing")
                .containsExactly("train/mse");
    }

    @Test
    void theSlipOfThePublishedProgramLearnsOrTooAndItsWeightsGrowFurther() {
        Document document = Document.of("or-gate-exact");
        Run exact = document.run("exact");
        Run published = document.run("as-published");
        for (Run run : List.of(exact, published)) {
            assertThat(run.metric("train/accuracy")).isEqualTo(1);
        }
        for (String weight : List.of("x1", "x2")) {
            assertThat(published.parameter(weight)).isGreaterThan(exact.parameter(weight) + 1);
        }
        assertThat(published.parameter("bias")).isLessThan(exact.parameter("bias"));
    }

    @Test
    void theBiasHelpsFromEachOfTenStarts() {
        Document document = Document.of("or-gate-seeds");
        assertThat(document.effect("train/mse", "bias").get("wins").getAsInt()).isEqualTo(10);
        assertThat(document.effect("train/mse", "bias").get("p").getAsDouble()).isEqualTo(2.0 / 1024);
        assertThat(document.verdict("train/mse", "bias")).isEqualTo("better");
        assertThat(document.runs("no-bias"))
                .hasSize(10)
                .allSatisfy(run -> assertThat(run.predictions()).containsExactly(0.5));
        assertThat(document.runs("bias").stream()
                        .map(run -> run.series("weights/x1").get(0)))
                .as("starts")
                .doesNotHaveDuplicates();
    }

    @Test
    void fewEpochsMoreError() {
        Document document = Document.of("or-gate-epochs");
        List<String> epochs = List.of("10", "100", "1000", "10000");
        for (String variant : List.of("bias", "no-bias")) {
            List<Double> errors = epochs.stream()
                    .map(cell -> mean(document.runs(variant, cell), "train/mse"))
                    .toList();
            assertThat(errors).isSortedAccordingTo((left, right) -> Double.compare(right, left));
        }
        assertThat(document.verdicts("train/mse", "bias"))
                .containsExactly("undecided", "undecided", "better", "better");
        assertThat(document.effects("train/mse", "bias").stream()
                        .map(effect -> effect.get("wins").getAsInt())
                        .skip(2))
                .containsExactly(9, 10);
    }

    @Test
    void noLearningRateMakesUpForAMissingBias() {
        Document document = Document.of("or-gate-learning-rates");
        List<String> rates = document.runs().stream().map(Run::cell).distinct().toList();
        assertThat(rates).hasSize(4);
        assertThat(document.runs("no-bias"))
                .hasSize(40)
                .allSatisfy(run -> assertThat(run.metric("train/mse")).isGreaterThan(0.0625));
        assertThat(rates.stream().map(rate -> mean(document.runs("bias", rate), "train/mse")))
                .isSortedAccordingTo((left, right) -> Double.compare(right, left));
        assertThat(document.effects("train/mse", "bias")
                        .get(0)
                        .get("difference")
                        .getAsDouble())
                .as("behind at the smallest rate")
                .isPositive();
        assertThat(document.verdicts("train/mse", "bias").subList(1, 4)).containsOnly("better");
    }

    @Test
    void lossOfSmellWeighsMostAndWeightLossLeast(@TempDir Path folder) {
        Document document = Document.of("virus-symptoms");
        Run bias = document.run("bias");
        List<String> others = List.of("runny_nose", "body_pain");
        assertThat(others)
                .allSatisfy(symptom -> assertThat(bias.parameter(symptom))
                        .isBetween(bias.parameter("weight_loss"), bias.parameter("loss_of_smell")));
        Run without = document.run("no-bias");
        assertThat(without.parameter("weight_loss")).isCloseTo(-3.81, within(5e-3));
        assertThat(others)
                .allSatisfy(symptom ->
                        assertThat(Math.abs(without.parameter(symptom))).isLessThan(0.5));
        assertThat(document.runs())
                .allSatisfy(run -> assertThat(run.series("train/accuracy")).allMatch(accuracy -> accuracy <= 7.0 / 8));

        // in words: what the data cannot distinguish, and what weighs most
        assertThat(ShippedDocuments.shell(folder)
                        .run("describe", "dataset", "virus-symptoms")
                        .out())
                .contains("contradictory rows", "no model gets more than 7 of 8 right");
        assertThat(ShippedDocuments.shell(folder, "virus-symptoms")
                        .run("run", "virus-symptoms", "--offline")
                        .out())
                .contains("bias: loss_of_smell (10.2) weighs most, weight_loss (0.457) least.")
                .contains("Contradictory rows: (0, 0, 1, 1) carry both answers");
    }

    @Test
    void weightLossCanBeLeftOutAndLossOfSmellCannot() {
        Document document = Document.of("virus-features");
        assertThat(document.run("all").metric("train/mse")).isCloseTo(0.06321, within(5e-6));
        Run withoutWeightLoss = document.run("without-weight-loss");
        assertThat(withoutWeightLoss.metric("train/mse")).isCloseTo(0.06323, within(5e-6));
        assertThat(document.verdict("train/mse", "without-weight-loss")).isEqualTo("equivalent");
        Run withoutSmell = document.run("without-smell");
        assertThat(withoutSmell.metric("train/mse")).isCloseTo(0.22925, within(5e-6));
        assertThat(withoutSmell.metric("train/accuracy")).isEqualTo(5.0 / 8);
        assertThat(document.runs())
                .allSatisfy(run ->
                        assertThat(run.metric("train/mse")).isLessThanOrEqualTo(withoutSmell.metric("train/mse")));
    }

    @Test
    void guessedWeightsMakeAParabolaAndDescentWalksDownIt() {
        Document document = Document.of("guess-the-weight");
        assertThat(document.runs("guess").stream().map(run -> run.metric("train/mse")))
                .containsExactly(30.0, 7.5, 0.0, 7.5, 30.0);
        assertThat(document.runs("descent")).hasSize(5).allSatisfy(run -> {
            assertThat(run.parameter("x")).isCloseTo(2, ROUNDING);
            assertThat(run.series("train/mse")).isSortedAccordingTo((left, right) -> Double.compare(right, left));
        });
    }

    @Test
    void aWeightIsTheSteepnessOfASigmoidAndABiasItsShift() {
        Document document = Document.of("sigmoid-shift");
        assertThat(document.runs())
                .allSatisfy(run -> assertThat(run.number("updates")).isZero());
        List<Double> flat = document.run("flat").predictions(); // at -2, 0, 2 and 5
        List<Double> plain = document.run("plain").predictions();
        List<Double> steep = document.run("steep").predictions();
        List<Double> shifted = document.run("shifted").predictions();
        assertThat(List.of(flat.get(2), plain.get(2), steep.get(2)))
                .isSorted()
                .satisfies(answers -> assertThat(answers.get(0)).isCloseTo(0.7311, within(5e-5)))
                .satisfies(answers -> assertThat(answers.get(1)).isCloseTo(0.8808, within(5e-5)));
        assertThat(List.of(flat.get(1), plain.get(1), steep.get(1))).containsOnly(0.5);
        assertThat(shifted.get(3)).isEqualTo(0.5);
        assertThat(shifted.get(1)).isLessThan(0.01);
    }

    @Test
    void aHouseHasAPriceToBeginWithAndDeeplearning4jAgrees() {
        Document document = Document.of("house-price");
        assertThat(mean(document.runs("bias"), "test/r2")).isCloseTo(0.66, within(0.005));
        assertThat(mean(document.runs("no-bias"), "test/r2")).isCloseTo(-4.6, within(0.01));
        assertThat(document.verdict("test/r2", "no-bias")).isEqualTo("worse");
        List<Run> ours = document.runs("bias");
        List<Run> theirs = document.runs("dl4j");
        for (int k = 0; k < 10; k++) {
            for (String parameter : List.of("area", "age", "bias")) {
                assertThat(theirs.get(k).parameter(parameter))
                        .isCloseTo(ours.get(k).parameter(parameter), Percentage.withPercentage(1e-9));
            }
            assertThat(ours.get(k).raw("area")).as("dollars a square foot").isBetween(90.0, 102.0);
            assertThat(ours.get(k).raw("age")).as("dollars a year").isBetween(-1200.0, -1000.0);
        }
    }

    @Test
    void withoutABiasAllBordersOfThreeClassesMeetInOnePoint() {
        Document document = Document.of("ice-water-steam");
        Run without = document.run("no-bias");
        Run with = document.run("bias");
        assertThat(without.answers().get(0)).as("where all features are 0").allMatch(share -> share == 1.0 / 3);
        assertThat(with.answers().get(0).get(0)).as("ice").isCloseTo(0.806, within(5e-4));
        assertThat(without.metric("train/accuracy")).isEqualTo(29.0 / 35);
        assertThat(with.metric("train/accuracy")).isEqualTo(1);
        assertThat(without.metric("train/log_loss")).isCloseTo(0.4108, within(5e-5));
        assertThat(with.metric("train/log_loss")).isCloseTo(0.0151, within(5e-5));
        assertThat(document.verdict("train/log_loss", "bias")).isEqualTo("better");
        assertThat(document.confusion("no-bias"))
                .as("ice, steam and water of the data, by what is answered")
                .containsExactly(List.of(10L, 0L, 0L), List.of(0L, 13L, 0L), List.of(0L, 6L, 6L));
        assertThat(document.confusion("bias"))
                .containsExactly(List.of(10L, 0L, 0L), List.of(0L, 13L, 0L), List.of(0L, 0L, 12L));
    }

    @Test
    void aHiddenLayerLearnsPassengersByHeart() {
        Document document = Document.of("passengers");
        assertThat(document.verdict("test/log_loss", "hidden")).isEqualTo("worse");
        assertThat(document.verdict("test/log_loss", "no-bias")).isEqualTo("undecided");
        assertThat(document.verdict("test/log_loss", "likeliest")).isEqualTo("undecided");
        assertThat(mean(document, "hidden")).isCloseTo(0.369, within(5e-4));
        assertThat(mean(document, "neuron")).isCloseTo(0.494, within(5e-4));
    }

    private static double mean(Document document, String variant) {
        return document.runs(variant).stream()
                .mapToDouble(run -> run.metric("train/log_loss"))
                .average()
                .orElseThrow();
    }

    @Test
    void theWeightedSumShowsWhichVectorIsMoreAlike() {
        Document document = Document.of("dot-product");
        assertThat(document.run("first").predictions().get(0)).isCloseTo(2.1672, ROUNDING);
        assertThat(document.run("second").predictions().get(0)).isCloseTo(4.1259, within(1.1e-4));
    }

    @Test
    void rowByRowTheErrorFallsAndThenJitters() {
        Document document = Document.of("eight-points-online");
        double oneRow = 0;
        double allRows = 0;
        for (int k = 0; k < 10; k++) {
            oneRow += jitter(document.runs("one-row").get(k));
            allRows += jitter(document.runs("all-rows").get(k));
        }
        assertThat(oneRow).isGreaterThan(10 * allRows);
        assertThat(document.runs()).allSatisfy(run -> {
            List<Double> errors = run.series("train/sse");
            assertThat(errors).hasSize(101);
            assertThat(run.series("train/accuracy"))
                    .as("of 8 points no line has more than 6 on its sides")
                    .allMatch(accuracy -> accuracy <= 6.0 / 8);
        });
        for (String variant : List.of("one-row", "all-rows")) {
            assertThat(document.runs(variant).stream()
                            .mapToDouble(run -> run.series("train/sse").get(0))
                            .sum())
                    .isGreaterThan(document.runs(variant).stream()
                            .mapToDouble(run -> run.metric("train/sse"))
                            .sum());
        }
    }

    /** How far the error goes up and down, from step to step, in the second half of a run. */
    private static double jitter(Run run) {
        List<Double> errors = run.series("train/sse");
        double sum = 0;
        for (int step = errors.size() / 2; step < errors.size(); step++) {
            sum += Math.abs(errors.get(step) - errors.get(step - 1));
        }
        return sum;
    }

    @Test
    void threeLearningRatesArriveAndOneFliesAway() {
        Document document = Document.of("learning-rates");
        for (String variant : List.of("rate-0.001", "rate-0.01", "rate-0.1")) {
            assertThat(document.run(variant).predictions().get(0)).isCloseTo(10, within(1e-9));
        }
        Run away = document.run("rate-1");
        assertThat(away.text("status")).isEqualTo("failed");
        assertThat(away.text("error")).contains("train/mse is not finite", "try learning_rate 0.1");
    }

    @Test
    void deeplearning4jLearnsOrAsThePerceptronDoes() {
        Document document = Document.of("dl4j-agrees");
        assertThat(document.verdict("train/mse", "perceptron")).isIn("identical", "equivalent");
        for (Run run : document.runs("perceptron")) {
            Run other = document.runs("dl4j").get((int) run.number("seed") - 1);
            assertThat(run.parameter("x1")).isCloseTo(other.parameter("x1"), ROUNDING);
        }
    }

    private static double mean(List<Run> runs, String metric) {
        return runs.stream().mapToDouble(run -> run.metric(metric)).average().orElseThrow();
    }
}
