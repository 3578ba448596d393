package dev.ablate.engine.compare.significance;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact distribution of a sum of whole numbers whose signs are drawn, by convolution.
 *
 * <p>Kept is the sum of those that are positive, as far as the smaller of both sums that were seen. Numbers of one absolute value are added
 * at once: so many of them are positive as a binomial distribution says.
 */
final class SignedSum {

    /** So many products are computed in half a second; where it takes more, nothing is computed. */
    private static final long MOST_PRODUCTS = 1_000_000_000L;

    /** So many sums are kept. */
    private static final int MOST_SUMS = 4_000_000;

    /** Less than this adds nothing to any p that can be written. */
    private static final double NOTHING = 1e-300;

    private final long limit;
    private long first;
    private double[] shares = {1};
    private long products;

    private SignedSum(long limit) {
        this.limit = limit;
    }

    /**
     * How probable a sum at least as far from 0 is, two-sided.
     *
     * @param numbers with the signs that were seen
     * @return above 0 and at most 1; empty where it would take too long
     */
    static OptionalDouble p(int... numbers) {
        long positive = Arrays.stream(numbers)
                .filter(number -> number > 0)
                .asLongStream()
                .sum();
        long negative = -Arrays.stream(numbers)
                .filter(number -> number < 0)
                .asLongStream()
                .sum();
        if (positive == negative) {
            return OptionalDouble.of(1);
        }
        long smaller = Math.min(positive, negative);
        if (smaller >= MOST_SUMS) {
            return OptionalDouble.empty();
        }
        Map<Integer, Integer> times = new TreeMap<>();
        for (int number : numbers) {
            if (number != 0) {
                times.merge(Math.abs(number), 1, Integer::sum);
            }
        }
        SignedSum sum = new SignedSum(smaller);
        for (Map.Entry<Integer, Integer> entry : times.entrySet()) {
            sum.add(entry.getKey(), Window.of(entry.getValue()));
            if (sum.products > MOST_PRODUCTS) {
                return OptionalDouble.empty();
            }
        }
        double p = 2 * DoubleStream.of(sum.shares).sum();
        return OptionalDouble.of(Math.min(1, Math.max(Double.MIN_NORMAL, p)));
    }

    private void add(int number, Window positive) {
        products += (long) positive.shares().length * shares.length;
        if (products > MOST_PRODUCTS) {
            return;
        }
        long from = first + (long) number * positive.first();
        long all = shares.length + (long) number * (positive.shares().length - 1);
        int length = (int) Math.max(0, Math.min(limit - from + 1, all));
        double[] next = new double[length];
        for (int k = 0; k < positive.shares().length; k++) {
            int offset = (int) Math.min(length, (long) number * k);
            double share = positive.shares()[k];
            int end = Math.min(shares.length, length - offset);
            for (int i = 0; i < end; i++) {
                next[offset + i] += share * shares[i];
            }
        }
        int low = 0;
        int high = length;
        while (low < high && next[low] < NOTHING) {
            low++;
        }
        while (high > low && next[high - 1] < NOTHING) {
            high--;
        }
        first = from + low;
        shares = Arrays.copyOfRange(next, low, high);
    }

    /** A binomial distribution of signs where it is not nearly 0. */
    static final class Window {

        private final int first;
        private final double[] shares;

        /**
         * @param first the least number
         * @param shares how probable it and each following number is; kept, not copied
         */
        private Window(int first, double... shares) {
            this.first = first;
            this.shares = shares;
        }

        int first() {
            return first;
        }

        double[] shares() {
            return shares;
        }

        /** The same with the probability of each number or less in the place of its own. */
        Window summed() {
            double[] sums = shares.clone();
            for (int i = 1; i < sums.length; i++) {
                sums[i] += sums[i - 1];
            }
            return new Window(first, sums);
        }

        /** Of so many signs. */
        static Window of(int signs) {
            return of(signs, NOTHING);
        }

        /** Of so many signs, without what is less probable than {@code nothing}. */
        static Window of(int signs, double nothing) {
            int middle = signs / 2;
            double[] right = new double[signs - middle + 1];
            double share = BinomialDistribution.of(signs, 0.5).probability(middle);
            int kept = 0;
            for (int k = middle; k <= signs && share >= nothing; k++) {
                right[kept++] = share;
                share *= (double) (signs - k) / (k + 1);
            }
            int last = middle + kept - 1;
            int first = signs - last;
            double[] shares = new double[last - first + 1];
            for (int k = first; k <= last; k++) {
                shares[k - first] = right[Math.max(k, signs - k) - middle];
            }
            return new Window(first, shares);
        }
    }
}
