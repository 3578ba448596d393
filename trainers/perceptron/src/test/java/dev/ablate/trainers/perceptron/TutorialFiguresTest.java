package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Figures of the two tutorials, computed with NumPy 2.4 in double precision from their programs.
 *
 * <p>A: Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail". B: Real Python, "Python AI:
 * how to build a neural network and make predictions".
 */
final class TutorialFiguresTest {

    private static final double TOLERANCE = 1e-9;

    private static final Examples OR = gate(0, 1, 1, 1);

    @Nested
    final class OrGate {

        @Test
        void withABiasAsPublished() {
            RecordedTraining training = new RecordedTraining(OR, 1);
            Model model = train(tutorialA(Gradient.AS_PUBLISHED).bias(0.3), training);
            assertParameters(
                    model, Map.of("x1", 7.009224253586823, "x2", 7.009532806469602, "bias", -3.149051345912768));
            assertPredictions(model, OR, 0.0411286740897, 0.9793764296668, 0.9793701965290, 0.9999809743915);
            assertThat(errorSum(training, OR, 0)).isCloseTo(-0.558754185648239, within(TOLERANCE));
            assertThat(errorSum(training, OR, 9_999)).isCloseTo(-0.000143680961587, within(TOLERANCE));
        }

        @Test
        void withABiasExactly() {
            RecordedTraining training = new RecordedTraining(OR, 1);
            Model model = train(tutorialA(Gradient.EXACT).bias(0.3), training);
            assertParameters(
                    model, Map.of("x1", 5.365463221735574, "x2", 5.365519119004994, "bias", -2.4275982334474273));
            assertPredictions(model, OR, 0.08109225801, 0.94968948086, 0.94968681005, 0.99975238409);
            assertThat(errorSum(training, OR, 0)).isCloseTo(-0.558754185648239, within(TOLERANCE));
            assertThat(errorSum(training, OR, 9_999)).isCloseTo(-0.019780097375012518, within(TOLERANCE));
        }

        @Test
        void withoutABiasAsPublished() {
            Model model = train(tutorialA(Gradient.AS_PUBLISHED).noBias(), new RecordedTraining(OR, 1));
            assertParameters(model, Map.of("x1", 4.616930695878155, "x2", 4.619950227257939));
            assertPredictions(model, OR.take(0, 2, 3), 0.5, 0.99021363572, 0.99990262863);
        }

        @Test
        void withoutABiasExactly() {
            Model model = train(tutorialA(Gradient.EXACT).noBias(), new RecordedTraining(OR, 1));
            assertParameters(model, Map.of("x1", 3.360722586178798, "x2", 3.3621156392511127));
            assertPredictions(model, OR.take(0, 2, 3), 0.5, 0.96645421120, 0.99879832711);
        }

        // seen in Deeplearning4j 1.0.0-M2.1: an OutputLayer of one neuron, MSE, plain SGD
        @Test
        void withTheMeanOverTheRowsAsInDeeplearning4j() {
            RecordedTraining training = new RecordedTraining(OR, 1);
            train(tutorialA(Gradient.EXACT).loss(Loss.MSE).bias(0.3), training);
            assertThat(meanSquaredError(training, OR, 0)).isCloseTo(0.18978305229525755, within(TOLERANCE));
            assertParameters(
                    training.parametersAfter(1),
                    Map.of("x1", 0.10443719637243495, "x2", 0.20424479278788438, "bias", 0.30314460164372180));
            assertParameters(
                    training.parametersAfter(1_000),
                    Map.of("x1", 1.6108759931109893, "x2", 1.6353690157143920, "bias", -0.320198120701215));
        }

        private Options tutorialA(Gradient gradient) {
            return new Options()
                    .loss(Loss.HALF_SSE)
                    .gradient(gradient)
                    .learningRate(0.05)
                    .epochs(10_000)
                    .weights(0.1, 0.2);
        }
    }

    @Test
    void weighsLossOfSmellMostAndLossOfWeightLeast() {
        List<String> symptoms = List.of("loss_of_smell", "weight_loss", "runny_nose", "body_pain");
        // spotless:off
        Examples people = Examples.of(
                symptoms,
                new double[] {
                    1, 0, 0, 1,
                    1, 0, 0, 0,
                    0, 0, 1, 1,
                    0, 1, 0, 0,
                    1, 1, 0, 0,
                    0, 0, 1, 1,
                    0, 0, 0, 1,
                    0, 0, 1, 0,
                },
                new double[] {1, 1, 0, 0, 1, 1, 0, 0});
        // spotless:on
        Model model = train(
                new Options()
                        .loss(Loss.HALF_SSE)
                        .gradient(Gradient.AS_PUBLISHED)
                        .learningRate(0.05)
                        .epochs(10_000)
                        .weights(0.1, 0.2, 0.3, 0.4)
                        .bias(0.3),
                new RecordedTraining(people, 1));
        assertParameters(
                model,
                Map.of(
                        "loss_of_smell", 10.163499197816572,
                        "weight_loss", 0.45744948589166706,
                        "runny_nose", 2.974417824240298,
                        "body_pain", 2.9938137993651273,
                        "bias", -6.077641527086677));
        assertPredictions(
                model,
                Examples.of(symptoms, new double[] {1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0}, new double[3]),
                0.999158658709753,
                0.04297447604270192,
                0.9991421949237735);
    }

    @Nested
    final class EightPointsOneByOne {

        private static final double[] POINTS = {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1};
        private static final Examples EIGHT =
                Examples.of(List.of("x1", "x2"), POINTS, new double[] {0, 1, 0, 1, 0, 1, 1, 0});

        @Test
        void inTurn() {
            RecordedTraining training = new RecordedTraining(EIGHT, 1);
            Model model = train(
                    new Options()
                            .loss(Loss.SSE)
                            .batch(1)
                            .learningRate(0.1)
                            .updates(10_000)
                            .weights(0.5, -0.25)
                            .bias(0.1),
                    training);
            assertParameters(
                    model, Map.of("x1", 0.2728297526832939, "x2", 0.5254082843760786, "bias", -1.304122826848161));
            assertPredictions(
                    model,
                    EIGHT,
                    0.5750483820839979,
                    0.44199853083871865,
                    0.639987204762222,
                    0.8342426822744611,
                    0.47838484278667254,
                    0.3785377937475153,
                    0.6730140708624717,
                    0.3761587212373553);
            Map<Integer, Double> cumulativeErrors = Map.of(
                    0, 2.677399493074871,
                    1, 2.5138541508735424,
                    2, 2.5792780351457876,
                    8, 2.416358117588604,
                    100, 1.9403028339767148,
                    1_000, 1.9436482414328347,
                    9_901, 1.9281262908397032,
                    10_000, 1.94258790498759);
            cumulativeErrors.forEach((update, expected) ->
                    assertThat(8 * meanSquaredError(training, EIGHT, update)).isCloseTo(expected, within(TOLERANCE)));
        }

        @Test
        void predictsWhatIsWorkedByHand() {
            Examples first = Examples.of(List.of("x1", "x2"), new double[] {1.66, 1.56}, new double[] {1});
            Examples second = Examples.of(List.of("x1", "x2"), new double[] {2, 1.5}, new double[] {0});
            Options options =
                    new Options().weights(1.45, -0.66).bias(0).loss(Loss.SSE).updates(0);
            Model untrained = train(options, new RecordedTraining(first, 1));
            assertPredictions(untrained, first, 0.7985731042296965);
            assertPredictions(untrained, second, 0.8710191478537642);
        }
    }

    @Test
    void sendsXorToOneHalf() {
        RecordedTraining training = new RecordedTraining(gate(0, 1, 1, 0), 1);
        Model model = train(
                new Options()
                        .loss(Loss.HALF_SSE)
                        .learningRate(0.05)
                        .epochs(10_000)
                        .weights(0.1, 0.2)
                        .bias(0.3),
                training);
        assertParameters(
                training.parametersAfter(1),
                Map.of("x1", 0.09743518072203704, "x2", 0.19705037355293586, "bias", 0.2948499912646108));
        assertParameters(
                training.parametersAfter(100),
                Map.of("x1", -0.02142621481145928, "x2", 0.0484087376309182, "bias", 0.052715560220867604));
        assertParameters(
                training.parametersAfter(1_000),
                Map.of("x1", -0.0038380953192077216, "x2", 0.0002876088475947246, "bias", 0.0021049864476355034));
        assertPredictions(model, training.examples(), 0.5, 0.5, 0.5, 0.5);
        assertThat(meanSquaredError(training, training.examples(), 10_000)).isCloseTo(0.25, within(TOLERANCE));
    }

    @Test
    void weighsTheSumAsLikenessWithoutTraining() {
        Examples input = Examples.of(List.of("x1", "x2"), new double[] {1.72, 1.23}, new double[] {0});
        Options formula = new Options().activation(Activation.IDENTITY).noBias().epochs(0);
        assertPredictions(train(formula.weights(1.26, 0), new RecordedTraining(input, 1)), input, 2.1672);
        assertPredictions(train(formula.weights(2.17, 0.32), new RecordedTraining(input, 1)), input, 4.1260);
    }

    private static Examples gate(double... answers) {
        return Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, answers);
    }

    private static Model train(Options options, RecordedTraining training) {
        return new Perceptron().train(options.make(), training);
    }

    private static void assertParameters(Model model, Map<String, Double> expected) {
        assertParameters(model.parameters(), expected);
    }

    private static void assertParameters(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isCloseTo(value, within(TOLERANCE)));
    }

    private static void assertPredictions(Model model, Examples examples, double... expected) {
        List<Double> actual = RecordedTraining.predictions(model, examples);
        assertThat(actual).hasSize(expected.length);
        for (int row = 0; row < expected.length; row++) {
            assertThat(actual.get(row)).as("row %d", row).isCloseTo(expected[row], within(TOLERANCE));
        }
    }

    /** The signed sum that tutorial A prints. */
    private static double errorSum(RecordedTraining training, Examples examples, int update) {
        List<Double> predictions = training.calls().get(update).predictions();
        double sum = 0;
        for (int row = 0; row < examples.size(); row++) {
            sum += predictions.get(row) - examples.target(row);
        }
        return sum;
    }

    private static double meanSquaredError(RecordedTraining training, Examples examples, int update) {
        List<Double> predictions = training.calls().get(update).predictions();
        double sum = 0;
        for (int row = 0; row < examples.size(); row++) {
            double error = predictions.get(row) - examples.target(row);
            sum += error * error;
        }
        return sum / examples.size();
    }
}
