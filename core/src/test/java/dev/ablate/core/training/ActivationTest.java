package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ActivationTest {

    // sigmoid(0.8) as tutorial A works it by hand; the others from their definitions, with mpmath
    @ParameterizedTest
    @CsvSource({
        "IDENTITY, -2.5, -2.5",
        "SIGMOID, 0, 0.5",
        "SIGMOID, 0.8, 0.6899744811276125",
        "SIGMOID, -0.8, 0.3100255188723876",
        "SIGMOID, -800, 0",
        "SIGMOID, 800, 1",
        "TANH, 0.5, 0.46211715726000973",
        "TANH, -30, -1",
        "RELU, -3, 0",
        "RELU, 0, 0",
        "RELU, 3, 3",
        "STEP, -1e-300, 0",
        "STEP, 0, 0",
        "STEP, 1e-300, 1"
    })
    void answers(Activation activation, double z, double answer) {
        assertEquals(answer, activation.of(z), 2e-16);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOFTMAX", "STEP"})
    void hasTheSlopeOfTheCurve(Activation activation) {
        double h = 1e-5;
        DoubleStream.concat(
                        DoubleStream.of(-20, -1, -0.25, 0.25, 1, 20),
                        new SplittableRandom(1).doubles(200, -5, 5).filter(z -> Math.abs(z) > 2 * h))
                .forEach(z -> {
                    double measured = (activation.of(z + h) - activation.of(z - h)) / (2 * h);
                    assertEquals(measured, activation.slope(z, activation.of(z)), 1e-9, () -> "at " + z);
                });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void answersManyAsEachAlone(Activation activation) {
        double[] sums = {-3, -0.0, 0.0, 0.5, 900, Double.NaN, Double.NEGATIVE_INFINITY, 7};
        double[] answers = new double[sums.length];
        double[] slopes = new double[sums.length];
        activation.of(sums, answers, 7);
        for (int i = 0; i < 7; i++) {
            assertEquals(activation.of(sums[i]), answers[i]);
        }
        assertEquals(0, answers[7]);
        double[] row = new double[sums.length];
        activation.ofRow(sums, row, 7);
        assertArrayEquals(answers, row);
        if (activation == Activation.STEP) {
            assertThrows(UnsupportedOperationException.class, () -> activation.slopes(sums, answers, slopes, 7));
            return;
        }
        activation.slopes(sums, answers, slopes, 7);
        for (int i = 0; i < 7; i++) {
            assertEquals(activation.slope(sums[i], answers[i]), slopes[i]);
        }
        assertEquals(0, slopes[7]);
        activation.slopes(sums, answers, answers, 7);
        answers[7] = 0;
        assertArrayEquals(slopes, answers);
    }

    // with fifty digits
    @Test
    void answersTheSharesOfARow() {
        double[] shares = new double[4];
        Activation.SOFTMAX.ofRow(new double[] {1, 2, 3, 99}, shares, 3);
        assertArrayEquals(
                new double[] {0.09003057317038046, 0.24472847105479767, 0.6652409557748219, 0}, shares, 1.2e-16);
        Activation.SOFTMAX.ofRow(new double[] {-1000, 700, 710, 709}, shares, 4);
        assertArrayEquals(
                new double[] {0, 3.318890658198521e-05, 0.7310343155951328, 0.26893249549828524}, shares, 2e-16);
        Activation.SOFTMAX.ofRow(new double[] {-3}, shares, 1);
        assertEquals(1, shares[0]);
    }

    @Test
    void answersNoShareWhereASumIsNotFinite() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] shares = new double[2];
            Activation.SOFTMAX.ofRow(new double[] {wrong, 1}, shares, 2);
            assertArrayEquals(new double[] {Double.NaN, Double.NaN}, shares);
        }
    }

    @Test
    void answersNoUnitOfSoftmaxAlone() {
        assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.of(1));
        assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.slope(1, 1));
        double[] one = {1};
        assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.of(one, one, 1));
        assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.slopes(one, one, one, 1));
    }

    @Test
    void hasNoSlopeAtTheKneeOfRelu() {
        assertEquals(0, Activation.RELU.slope(0, 0));
    }

    @Test
    void hasNoSlopeOfAStep() {
        assertThrows(UnsupportedOperationException.class, () -> Activation.STEP.slope(1, 1));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOFTMAX", "STEP"})
    void letsNotANumberShow(Activation activation) {
        assertEquals(Double.NaN, activation.of(Double.NaN));
    }
}
