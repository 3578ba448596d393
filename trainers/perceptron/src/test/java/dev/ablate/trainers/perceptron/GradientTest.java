package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.trainers.kernel.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The change that an update makes, against the slope of the loss as measured by central differences. */
final class GradientTest {

    private static final double RATE = 1e-3;
    private static final double H = 1e-5;

    @ParameterizedTest(name = "{0}, {1}, bias {2}")
    @MethodSource("everyLossOfEveryActivation")
    void goesDownTheMeasuredSlope(Activation activation, Loss loss, boolean bias) {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Examples examples = Examples.of(
                    List.of("a", "b", "c"),
                    random.doubles(21, -2, 2).toArray(),
                    random.doubles(7, -1, 1)
                            .map(target -> loss == Loss.CROSS_ENTROPY ? (target > 0 ? 1 : 0) : target)
                            .toArray());
            double[] start = random.doubles(bias ? 4 : 3, -1, 1).toArray();
            if (activation == Activation.RELU && isNearItsKnee(examples, start)) {
                continue;
            }
            List<Double> end = List.copyOf(trained(activation, loss, bias, start, 1, examples)
                    .parameters()
                    .values());
            for (int i = 0; i < start.length; i++) {
                double measured = (lossNear(start, i, H, activation, loss, bias, examples)
                                - lossNear(start, i, -H, activation, loss, bias, examples))
                        / (2 * H);
                assertThat((start[i] - end.get(i)) / RATE).isCloseTo(measured, within(1e-7));
            }
        }
    }

    static Stream<Arguments> everyLossOfEveryActivation() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .flatMap(activation -> Stream.of(Loss.values())
                        .filter(loss -> loss.fits(activation))
                        .flatMap(loss -> Stream.of(
                                Arguments.of(activation, loss, true), Arguments.of(activation, loss, false))));
    }

    // d = s (1 - s), s = sigmoid(o), o = sigmoid(z), computed with Python's math
    @ParameterizedTest
    @CsvSource({"0.8, 0.22245686352248503", "0, 0.2350037122015945", "-3, 0.2498594768403093", "40, 0.19661193324148185"
    })
    void squashesTwiceAsPublished(double z, double expected) {
        Formula formula = Gradient.AS_PUBLISHED.formula(Activation.SIGMOID, Loss.MSE);
        double[] sums = {z, z, z, z, z};
        double[] answers = new double[sums.length];
        double[] slopes = new double[sums.length];
        Activation.SIGMOID.of(sums, answers, sums.length);
        formula.slopes(sums, answers, slopes, sums.length);
        assertThat(slopes).containsOnly(formula.slope(z, Activation.SIGMOID.of(z)));
        assertThat(slopes[0]).isCloseTo(expected, within(1e-15));
    }

    // by hand in Shukla and Iriondo, to five digits: o = 0.68997, e = -0.31003, o (1 - o) = 0.21391
    @Test
    void isTheExampleWorkedByHand() {
        Examples row = Examples.of(List.of("x"), new double[] {1}, new double[] {1});
        RecordedTraining training = new RecordedTraining(row, 1);
        Model model = new Perceptron()
                .train(
                        new Options()
                                .weights(0.8)
                                .noBias()
                                .loss(Loss.HALF_SSE)
                                .learningRate(1)
                                .updates(1)
                                .make(),
                        training);
        assertThat(training.calls().get(0).predictions().get(0)).isCloseTo(0.68997, within(5e-6));
        assertThat(model.parameters().get("x")).isCloseTo(0.8 + 0.31003 * 0.21391, within(5e-6));
    }

    private static boolean isNearItsKnee(Examples examples, double[] start) {
        for (int row = 0; row < examples.size(); row++) {
            double z = start.length > 3 ? start[3] : 0;
            for (int i = 0; i < 3; i++) {
                z += start[i] * examples.row(row)[i];
            }
            if (Math.abs(z) < 1e-3) {
                return true;
            }
        }
        return false;
    }

    private static double lossNear(
            double[] start, int i, double h, Activation activation, Loss loss, boolean bias, Examples examples) {
        double[] moved = start.clone();
        moved[i] += h;
        List<Double> predictions =
                RecordedTraining.predictions(trained(activation, loss, bias, moved, 0, examples), examples);
        return loss.of(predictions.stream().mapToDouble(Double::doubleValue).toArray(), examples.targets());
    }

    private static Model trained(
            Activation activation, Loss loss, boolean bias, double[] start, int updates, Examples examples) {
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            weights.add(start[i]);
        }
        Options options = new Options()
                .activation(activation)
                .loss(loss)
                .learningRate(RATE)
                .weights(weights)
                .updates(updates);
        return new Perceptron()
                .train((bias ? options.bias(start[3]) : options.noBias()).make(), new RecordedTraining(examples, 1));
    }
}
