package dev.ablate.core.data;

/**
 * Sums of products in one fixed order, so that all who weigh, learn or answer agree to the bit.
 *
 * <p>Products are taken four at a time: the first is rounded, the next three are each added to it by a fused multiply-add, and the four
 * together are added to the sum. Up to three that are left over are added to the sum one by one, each by a fused multiply-add. So few
 * operations wait for each other, whether one sum is made ({@link #of}) or many side by side ({@link #addAll}), of which the compiler
 * makes vector instructions.
 */
public final class SumOfProducts {

    private SumOfProducts() {}

    /**
     * {@code start + sum over i of factors[i] * values[from + i]}, over all factors.
     *
     * @param from where the values begin
     */
    public static double of(double start, double[] factors, double[] values, int from) {
        double sum = start;
        int fours = factors.length & ~3;
        for (int i = 0; i < fours; i += 4) {
            double one = factors[i] * values[from + i];
            double two = Math.fma(factors[i + 1], values[from + i + 1], one);
            double three = Math.fma(factors[i + 2], values[from + i + 2], two);
            sum += Math.fma(factors[i + 3], values[from + i + 3], three);
        }
        for (int i = fours; i < factors.length; i++) {
            sum = Math.fma(factors[i], values[from + i], sum);
        }
        return sum;
    }

    /**
     * Adds to many sums side by side: {@code sums[i] += sum over k of factors[k] * values[k][i]}.
     *
     * @param sums at least as many as there are values in a row
     * @param values at least {@code count} rows, all equally long; none of them is {@code sums}
     * @param factors one a row
     * @param count how many rows, from the first on
     */
    public static void addAll(double[] sums, double[][] values, double[] factors, int count) {
        int fours = count & ~3;
        for (int k = 0; k < fours; k += 4) {
            addFour(
                    sums,
                    values[k],
                    factors[k],
                    values[k + 1],
                    factors[k + 1],
                    values[k + 2],
                    factors[k + 2],
                    values[k + 3],
                    factors[k + 3]);
        }
        for (int k = fours; k < count; k++) {
            addOne(sums, values[k], factors[k]);
        }
    }

    private static void addFour(
            double[] sums, double[] a, double fa, double[] b, double fb, double[] c, double fc, double[] d, double fd) {
        for (int i = 0; i < a.length; i++) {
            sums[i] += Math.fma(fd, d[i], Math.fma(fc, c[i], Math.fma(fb, b[i], fa * a[i])));
        }
    }

    private static void addOne(double[] sums, double[] a, double fa) {
        for (int i = 0; i < a.length; i++) {
            sums[i] = Math.fma(fa, a[i], sums[i]);
        }
    }
}
