package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LossTest {

    // errors 1, -2, 3, 0.5: squares add up to 14.25
    @ParameterizedTest
    @CsvSource({"HALF_SSE, 7.125", "SSE, 14.25", "MSE, 3.5625"})
    void addsUpTheErrors(Loss loss, double expected) {
        assertEquals(expected, loss.of(new double[] {1, -2, 3, 0.5}));
    }

    // Real Python's step by hand: p = 0.8710191478537642, target 0
    @ParameterizedTest
    @CsvSource({"HALF_SSE, 0.8710191478537642", "SSE, 1.7420382957075284", "MSE, 0.4355095739268821"})
    void hasTheSlopeWorkedByHand(Loss loss, double expected) {
        assertEquals(expected, loss.slope(0.8710191478537642, 4), 1e-15);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheSlopeOfTheCurve(Loss loss) {
        double h = 1e-6;
        for (double error : new double[] {-3, -0.1, 0, 0.7, 2}) {
            double measured =
                    (loss.of(new double[] {1, error + h, -2}) - loss.of(new double[] {1, error - h, -2})) / (2 * h);
            assertEquals(measured, loss.slope(error, 3), 1e-8);
        }
    }
}
