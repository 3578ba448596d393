package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LossTest {

    // errors 1, -2, 3, 0.5: squares add up to 14.25
    @ParameterizedTest
    @CsvSource({"HALF_SSE, 7.125", "SSE, 14.25", "MSE, 3.5625"})
    void addsUpTheErrors(Loss loss, double expected) {
        assertEquals(expected, loss.of(new double[] {2, -2, 4, 0.5}, new double[] {1, 0, 1, 0}));
    }

    // (-log(0.9) - log(1 - 0.2) - log(0.25)) / 3
    @Test
    void isTheMeanLogarithmOfTheClassOfEachRow() {
        double expected = (0.10536051565782628 + 0.2231435513142097 + 1.3862943611198906) / 3;
        assertEquals(expected, Loss.CROSS_ENTROPY.of(new double[] {0.9, 0.2, 0.25}, new double[] {1, 0, 1}), 1e-15);
        double[] shares = {0.05, 0.05, 0.9, 0.8, 0.1, 0.1, 0.5, 0.25, 0.25};
        assertEquals(expected, Loss.CROSS_ENTROPY.of(shares, new double[] {2, 0, 1}), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, Loss.CROSS_ENTROPY.of(new double[] {0, 1}, new double[] {1, 1}));
    }

    // Real Python's step by hand: p = 0.8710191478537642, target 0
    @ParameterizedTest
    @CsvSource({
        "HALF_SSE, 0.8710191478537642",
        "SSE, 1.7420382957075284",
        "MSE, 0.4355095739268821",
        "CROSS_ENTROPY, 0.21775478696344105"
    })
    void hasTheSlopeWorkedByHand(Loss loss, double expected) {
        assertEquals(expected, loss.slope(0.8710191478537642, 4), 1e-15);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CROSS_ENTROPY")
    void hasTheSlopeOfTheCurve(Loss loss) {
        double h = 1e-6;
        double[] zeros = new double[3];
        for (double error : new double[] {-3, -0.1, 0, 0.7, 2}) {
            double measured =
                    (loss.of(new double[] {1, error + h, -2}, zeros) - loss.of(new double[] {1, error - h, -2}, zeros))
                            / (2 * h);
            assertEquals(measured, loss.slope(error, 3), 1e-8);
        }
    }

    @Test
    void hasTheSlopeOfCrossEntropyByTheSumOfASigmoid() {
        double h = 1e-6;
        for (double z : new double[] {-3, -0.1, 0, 0.7, 2}) {
            for (double target : new double[] {0, 1}) {
                double measured = (ofSigmoid(z + h, target) - ofSigmoid(z - h, target)) / (2 * h);
                assertEquals(measured, Loss.CROSS_ENTROPY.slope(Activation.SIGMOID.of(z) - target, 2), 1e-8);
            }
        }
    }

    private static double ofSigmoid(double z, double target) {
        return Loss.CROSS_ENTROPY.of(new double[] {Activation.SIGMOID.of(z), 0.5}, new double[] {target, 1});
    }

    @Test
    void hasTheSlopeOfCrossEntropyByEachSumOfSoftmax() {
        double h = 1e-6;
        for (int unit = 0; unit < 3; unit++) {
            double measured = (ofSoftmax(unit, h) - ofSoftmax(unit, -h)) / (2 * h);
            double[] shares = new double[3];
            Activation.SOFTMAX.ofRow(new double[] {0.5, -1, 2}, shares, 3);
            assertEquals(measured, Loss.CROSS_ENTROPY.slope(shares[unit] - (unit == 1 ? 1 : 0), 1), 1e-8);
        }
    }

    private static double ofSoftmax(int moved, double by) {
        double[] sums = {0.5, -1, 2};
        sums[moved] += by;
        double[] shares = new double[3];
        Activation.SOFTMAX.ofRow(sums, shares, 3);
        return Loss.CROSS_ENTROPY.of(shares, new double[] {1});
    }

    @Test
    void takesOneAnswerARowForSquares() {
        assertThrows(IllegalArgumentException.class, () -> Loss.MSE.of(new double[6], new double[2]));
    }

    @Test
    void fitsWhatItIsALossOf() {
        for (Loss squares : List.of(Loss.HALF_SSE, Loss.SSE, Loss.MSE)) {
            assertEquals(
                    List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH, Activation.RELU),
                    fitting(squares));
        }
        assertEquals(List.of(Activation.SIGMOID, Activation.SOFTMAX), fitting(Loss.CROSS_ENTROPY));
    }

    private static List<Activation> fitting(Loss loss) {
        return List.of(Activation.values()).stream().filter(loss::fits).toList();
    }
}
