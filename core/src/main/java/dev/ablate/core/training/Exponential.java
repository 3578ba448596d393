package dev.ablate.core.training;

/**
 * {@code e^x}, and by it the sigmoid, the hyperbolic tangent and softmax, from operations that every machine rounds alike: the same bits by the
 * interpreter and by any compiler, of one number and of many.
 *
 * <p>{@code e^x = 2^n * e^r}, where {@code n} is {@code x / ln 2} rounded to a whole number. The rest {@code r} is at most
 * {@code ln 2 / 2} away from 0, where the Taylor polynomial of degree 13 is exact to less than a tenth of a last digit. Of a million
 * numbers {@code exp} is at most 0.87 units in the last place from exact, sigmoid and tanh at most 2.4.
 *
 * <p>Many numbers go through several short loops, each a method of its own: the compiler makes vector instructions of short loops
 * alone. They repeat what is cheap, so that they need no array but the one for the answers.
 */
final class Exponential {

    /** {@code x} above this is infinite. */
    private static final double MOST = 710;

    /** From here down {@code e^x} may be too small to have all its digits. */
    private static final double LEAST_NORMAL = -708;

    /** {@code e^x} below this is 0. */
    private static final double LEAST = -746;

    /** {@code tanh(z)} is 1 to the last digit where {@code -2 z} is below this. */
    private static final double LEAST_OF_TANH = -64;

    private static final double LOG2_E = 0x1.71547652b82fep0;

    /** The first 42 bits of {@code ln 2}, so that a whole number of at most 11 bits times it is exact. */
    private static final double LN2 = 0x1.62e42fefa38p-1;

    /** What is missing in {@link #LN2}. */
    private static final double LN2_REST = 0x1.ef35793c7673p-45;

    /** So large that its last bit counts as 1: a sum with it is rounded to a whole number, and its last bits are that number + 1022. */
    private static final double ROUNDING = 0x1.8p52 + 1022;

    private static final double C2 = 1.0 / 2;
    private static final double C3 = 1.0 / 6;
    private static final double C4 = 1.0 / 24;
    private static final double C5 = 1.0 / 120;
    private static final double C6 = 1.0 / 720;
    private static final double C7 = 1.0 / 5_040;
    private static final double C8 = 1.0 / 40_320;
    private static final double C9 = 1.0 / 362_880;
    private static final double C10 = 1.0 / 3_628_800;
    private static final double C11 = 1.0 / 39_916_800;
    private static final double C12 = 1.0 / 479_001_600;
    private static final double C13 = 1.0 / 6_227_020_800.0;

    /** So many take less time one by one. */
    private static final int FEW = 4;

    private Exponential() {}

    /** {@code e^x}, infinite or 0 where it is too large or too small; NaN of NaN. */
    static double exp(double x) {
        double within = x > MOST ? MOST : x < LEAST ? LEAST : x;
        double rounded = rounded(within);
        double twice = Math.fma(2, restLessOne(within, rounded), 2);
        if (within < LEAST_NORMAL) {
            // rounded once, at the end, to the digits that there are
            return twice * halfPower(rounded + 64) * 0x1p-64;
        }
        return twice * halfPower(rounded);
    }

    /** {@code 1 / (1 + exp(-z))}. */
    static double sigmoid(double z) {
        return 1 / (1 + exp(-z));
    }

    /** {@code tanh(z) = (1 - exp(-2 |z|)) / (1 + exp(-2 |z|))}, with the sign of {@code z}. */
    static double tanh(double z) {
        double x = -2 * Math.abs(z);
        double within = x < LEAST_OF_TANH ? LEAST_OF_TANH : x;
        double rounded = rounded(within);
        return Math.copySign(quotient(restLessOne(within, rounded), 2 * halfPower(rounded)), z);
    }

    /** {@link #sigmoid} of the first {@code count} numbers, to the bit; {@code answers} is another array than {@code sums}. */
    static void sigmoids(double[] sums, double[] answers, int count) {
        if (count <= FEW) {
            for (int i = 0; i < count; i++) {
                answers[i] = sigmoid(sums[i]);
            }
            return;
        }
        roundedOfNegatives(sums, answers, count);
        halfPowers(answers, count);
        sigmoidsByPowers(sums, answers, count);
    }

    /** {@link #tanh} of the first {@code count} numbers, to the bit; {@code answers} is another array than {@code sums}. */
    static void tanhs(double[] sums, double[] answers, int count) {
        if (count <= FEW) {
            for (int i = 0; i < count; i++) {
                answers[i] = tanh(sums[i]);
            }
            return;
        }
        roundedOfDoubles(sums, answers, count);
        halfPowers(answers, count);
        tanhsByPowers(sums, answers, count);
        copySigns(sums, answers, count);
    }

    /**
     * {@code e^z / sum of e^z} of the first {@code count} numbers; {@code answers} is another array than {@code sums}.
     *
     * <p>Of each number the greatest is subtracted first, which changes no quotient and keeps the sum from 1 to {@code count}. The sum is
     * made from the first to the last. If one is NaN or infinity, all answers are NaN.
     */
    static void softmax(double[] sums, double[] answers, int count) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, sums[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            answers[i] = exp(sums[i] - greatest);
            sum += answers[i];
        }
        for (int i = 0; i < count; i++) {
            answers[i] /= sum;
        }
    }

    /** {@code n}, in the last bits of a large number. */
    private static double rounded(double x) {
        return Math.fma(x, LOG2_E, ROUNDING);
    }

    /** {@code 2^(n - 1)}: the last bits moved to where an exponent stands. Half, because {@code n} may be one more than fits there. */
    private static double halfPower(double rounded) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(rounded) << 52);
    }

    /** {@code e^r - 1}, with the polynomial in pairs, so that few operations wait for each other. */
    private static double restLessOne(double x, double rounded) {
        double n = rounded - ROUNDING;
        double near = Math.fma(-n, LN2, x);
        double r = Math.fma(-n, LN2_REST, near);
        double lost = Math.fma(-n, LN2_REST, near - r);
        double r2 = r * r;
        double r4 = r2 * r2;
        double c2To5 = Math.fma(Math.fma(C5, r, C4), r2, Math.fma(C3, r, C2));
        double c6To9 = Math.fma(Math.fma(C9, r, C8), r2, Math.fma(C7, r, C6));
        double c10To13 = Math.fma(Math.fma(C13, r, C12), r2, Math.fma(C11, r, C10));
        double c2To13 = Math.fma(Math.fma(c10To13, r4, c6To9), r4, c2To5);
        return r + Math.fma(r2, c2To13, lost);
    }

    /** {@code (1 - y) / (1 + y)} of {@code y = 2^n * e^r}. */
    private static double quotient(double restLessOne, double power) {
        return Math.fma(-power, restLessOne, 1 - power) / (1 + Math.fma(power, restLessOne, power));
    }

    private static void roundedOfNegatives(double[] sums, double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            answers[i] = rounded(withinNormal(-sums[i]));
        }
    }

    private static void roundedOfDoubles(double[] sums, double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            answers[i] = rounded(withinTanh(sums[i]));
        }
    }

    private static void halfPowers(double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            answers[i] = halfPower(answers[i]);
        }
    }

    private static void sigmoidsByPowers(double[] sums, double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            double x = withinNormal(-sums[i]);
            double twice = Math.fma(2, restLessOne(x, rounded(x)), 2);
            answers[i] = 1 / (1 + twice * answers[i]);
        }
    }

    private static void tanhsByPowers(double[] sums, double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            double x = withinTanh(sums[i]);
            answers[i] = quotient(restLessOne(x, rounded(x)), 2 * answers[i]);
        }
    }

    private static void copySigns(double[] sums, double[] answers, int count) {
        for (int i = 0; i < count; i++) {
            answers[i] = Math.copySign(answers[i], sums[i]);
        }
    }

    /** Below this range {@code 1 + exp} is 1 all the same. */
    private static double withinNormal(double x) {
        return Math.max(Math.min(x, MOST), LEAST_NORMAL);
    }

    private static double withinTanh(double z) {
        return Math.max(-2 * Math.abs(z), LEAST_OF_TANH);
    }
}
