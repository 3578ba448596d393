package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExponentialTest {

    private static final int MILLION = 1_000_000;

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-300,
        1e-17,
        0.5,
        1,
        19.06,
        22,
        32,
        40,
        354.9,
        708,
        709.78,
        709.79,
        710,
        745,
        746,
        1e10,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
    };

    @Test
    void expIsWithinOneUnitInTheLastPlaceOnAMillionPoints() {
        assertTrue(mostUlps(Exponential::exp, DoubleDouble::exp, 1, 40, 708) <= 1);
    }

    @Test
    void sigmoidIsWithinTwoAndAHalfUnitsOnAMillionPoints() {
        assertTrue(mostUlps(Exponential::sigmoid, DoubleDouble::sigmoid, 1, 40, 708) <= 2.5);
    }

    @Test
    void tanhIsWithinTwoAndAHalfUnitsOnAMillionPoints() {
        assertTrue(mostUlps(Exponential::tanh, DoubleDouble::tanh, 0.01, 1, 18) <= 2.5);
    }

    private static double mostUlps(DoubleUnaryOperator ours, DoubleFunction<DoubleDouble> exact, double... ranges) {
        SplittableRandom random = new SplittableRandom(45);
        double most = 0;
        for (int point = 0; point < MILLION; point++) {
            double range = ranges[point % ranges.length];
            double x = random.nextDouble(-range, range);
            most = Math.max(most, exact.apply(x).ulpsTo(ours.applyAsDouble(x)));
        }
        return most;
    }

    @Test
    void resultsWithFewerDigitsAreWithinOneUnitToo() {
        SplittableRandom random = new SplittableRandom(45);
        for (int point = 0; point < 100_000; point++) {
            double x = random.nextDouble(-746, -708);
            int n = DoubleDouble.powerOf2(x);
            DoubleDouble exact =
                    DoubleDouble.of(1).plus(DoubleDouble.restLessOne(x)).scaled(n + 200);
            double off = Exponential.exp(x) * 0x1p200 - exact.high() - exact.low();
            assertTrue(Math.abs(off) <= Double.MIN_VALUE * 0x1p200, () -> "exp of " + x);
        }
    }

    /** The judge is judged, by 45 digits. */
    @Test
    void thePointsOfReferenceAreThoseOfBigDecimal() {
        SplittableRandom random = new SplittableRandom(45);
        MathContext digits = new MathContext(45);
        for (int point = 0; point < 2_000; point++) {
            double x = random.nextDouble(-1, 1) * (point % 2 == 0 ? 1 : 300);
            BigDecimal exp = BigDecimal.ONE;
            BigDecimal term = BigDecimal.ONE;
            // of a number so small that few terms count, squared again and again
            BigDecimal part = new BigDecimal(x).divide(BigDecimal.valueOf(1 << 12), new MathContext(60));
            for (int k = 1; k < 40; k++) {
                term = term.multiply(part).divide(BigDecimal.valueOf(k), new MathContext(60));
                exp = exp.add(term, new MathContext(60));
            }
            for (int doubling = 0; doubling < 12; doubling++) {
                exp = exp.multiply(exp, new MathContext(60));
            }
            exp = exp.round(digits);
            assertNear(exp, DoubleDouble.exp(x), "exp of " + x);
            BigDecimal inverse = BigDecimal.ONE.divide(exp, digits);
            assertNear(
                    BigDecimal.ONE.divide(BigDecimal.ONE.add(inverse, digits), digits),
                    DoubleDouble.sigmoid(x),
                    "sigmoid of " + x);
            if (Math.abs(x) < 18 && Math.abs(x) > 1e-3) {
                assertNear(
                        exp.subtract(inverse, digits).divide(exp.add(inverse, digits), digits),
                        DoubleDouble.tanh(x),
                        "tanh of " + x);
            }
        }
    }

    private static void assertNear(BigDecimal exact, DoubleDouble reference, String what) {
        BigDecimal off = reference.exactly().subtract(exact).abs();
        assertTrue(off.compareTo(exact.abs().multiply(new BigDecimal("1e-28"))) < 0, what);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 1, 0.5, 0.0",
        "-0.0, 1, 0.5, -0.0",
        "4.9E-324, 1, 0.5, 4.9E-324",
        "-4.9E-324, 1, 0.5, -4.9E-324",
        "1E-300, 1, 0.5, 1E-300",
        "-1E-17, 1, 0.5, -1E-17",
        "40, 2.35385266837019968E17, 1, 1",
        "709.782712893384, 1.7976931348622732E308, 1, 1",
        "709.7827128933841, Infinity, 1, 1",
        "-709.782712893384, 5.562684646268137E-309, 5.562684646268137E-309, -1",
        "-710, 4.47628622567513E-309, 0, -1",
        "-745.13321910194, 4.9E-324, 0, -1",
        "-745.1332191019412, 0, 0, -1",
        "-746, 0, 0, -1",
        "1.7976931348623157E308, Infinity, 1, 1",
        "-1.7976931348623157E308, 0, 0, -1",
        "Infinity, Infinity, 1, 1",
        "-Infinity, 0, 0, -1",
        "NaN, NaN, NaN, NaN"
    })
    void specialValues(double x, double exp, double sigmoid, double tanh) {
        assertEquals(exp, Exponential.exp(x));
        assertEquals(sigmoid, Exponential.sigmoid(x));
        assertEquals(tanh, Exponential.tanh(x));
    }

    @Test
    void neverFallsWhereItMustRise() {
        for (int step = 1; step <= 4 * MILLION; step++) {
            assertRises((step - 1) * 2e-5 - 40, step * 2e-5 - 40);
        }
    }

    /** Where {@code n} changes, and anywhere, from one double to the next. */
    @Test
    void neverFallsFromOneNumberToTheNext() {
        SplittableRandom random = new SplittableRandom(45);
        DoubleStream.concat(
                        DoubleStream.iterate(-700.5, n -> n < 700, n -> n + 1).map(n -> n * Math.log(2)),
                        random.doubles(1_000, -40, 40))
                .forEach(middle -> {
                    double x = middle - 200 * Math.ulp(middle);
                    for (int step = 0; step < 400; step++) {
                        double next = Math.nextUp(x);
                        assertRises(x, next);
                        x = next;
                    }
                });
    }

    private static void assertRises(double x, double next) {
        boolean rises = Exponential.exp(x) <= Exponential.exp(next)
                && Exponential.sigmoid(x) <= Exponential.sigmoid(next)
                && Exponential.tanh(x) <= Exponential.tanh(next);
        assertTrue(rises, () -> "between " + x + " and " + next);
    }

    @Test
    void manyAreEqualToTheBitToEachAlone() {
        double[] sums = DoubleStream.concat(
                        DoubleStream.concat(
                                Arrays.stream(SPECIAL), Arrays.stream(SPECIAL).map(x -> -x)),
                        new SplittableRandom(45).doubles(100_000, -800, 800).map(x -> x < 0 ? x / 100 : x))
                .toArray();
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 8, 63, sums.length}) {
            double[] answers = new double[sums.length];
            Exponential.sigmoids(sums, answers, count);
            assertArrayEquals(each(Exponential::sigmoid, sums, count), answers);
            Arrays.fill(answers, 0);
            Exponential.tanhs(sums, answers, count);
            assertArrayEquals(each(Exponential::tanh, sums, count), answers);
        }
    }

    private static double[] each(DoubleUnaryOperator function, double[] sums, int count) {
        double[] answers = new double[sums.length];
        for (int i = 0; i < count; i++) {
            answers[i] = function.applyAsDouble(sums[i]);
        }
        return answers;
    }
}
