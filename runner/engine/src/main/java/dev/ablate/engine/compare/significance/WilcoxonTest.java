package dev.ablate.engine.compare.significance;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilcoxon's signed-rank test, with its own inversion as the interval of the pseudo-median.
 *
 * <p>The absolute differences are ranked, ties by the mean of their ranks; those of 0 are ranked too, and then dropped (Pratt). If nothing
 * but luck distinguishes variant from baseline, each rank could as well have the other sign: p is the share of all sign patterns whose sum
 * of positive ranks is at least as far from its mean as the one seen. It is exact up to {@value #EXACT} pairs, with ties too; above, the
 * normal approximation.
 *
 * <p>The interval goes from the k-th smallest to the k-th largest mean of two differences (each with itself, too), k the largest number
 * for which {@code 2 P(T < k)} is below 0.05, T the sum of positive ranks without ties. Where ties let p say otherwise of 0, p is
 * right, and the end next to 0 moves over it.
 *
 * <p>Sources: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945), 80-83; J. W. Pratt, "Remarks on
 * zeros and ties in the Wilcoxon signed rank procedures", Journal of the American Statistical Association 54 (1959), 655-667; J. L.
 * Hodges and E. L. Lehmann, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34 (1963), 598-611.
 */
final class WilcoxonTest implements PairedTest {

    /** Up to so many pairs every sign pattern counts. */
    static final int EXACT = EXACT_RANKS;

    /** Absolute differences this close, as a share of the larger one, are ties: rounding of what they are differences of. */
    private static final double TIE = 1e-9;

    @Override
    public String word() {
        return "wilcoxon";
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        int n = differences.length;
        if (n < FEWEST) {
            return Optional.empty();
        }
        // a scale of 1 keeps sums of huge differences finite
        double largest = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        double scale = largest == 0 ? 1 : largest;
        double[] sorted = DoubleStream.of(differences)
                .map(value -> value / scale)
                .sorted()
                .toArray();
        int[] ranks = doubledRanks(sorted);
        long positive = 0;
        long all = 0;
        for (int i = 0; i < n; i++) {
            all += sorted[i] == 0 ? 0 : ranks[i];
            positive += sorted[i] > 0 ? ranks[i] : 0;
        }
        double p = p(sorted, ranks, Math.min(positive, all - positive), all);
        Bounds bounds = Bounds.of(n);
        double low = walsh(sorted, bounds.k());
        double high = -walsh(mirrored(sorted), bounds.k());
        if (p >= ALPHA) {
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        } else if (2 * positive > all && low <= 0) {
            low = leastAbove(sorted);
        } else if (2 * positive < all && high >= 0) {
            high = -leastAbove(mirrored(sorted));
        }
        return Optional.of(new Outcome(p, low * scale, high * scale, bounds.level()));
    }

    /** Twice the ranks by absolute value, whole numbers with ties too; {@code [n]}. */
    private static int[] doubledRanks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(Math.abs(values[a]), Math.abs(values[b])));
        int[] ranks = new int[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && tie(Math.abs(values[order[to - 1]]), Math.abs(values[order[to]]))) {
                to++;
            }
            for (int i = from; i < to; i++) {
                // the ranks of a tie are from + 1 to to
                ranks[order[i]] = from + 1 + to;
            }
            from = to;
        }
        return ranks;
    }

    /** Of rising absolute values; nothing but 0 ties with 0. */
    private static boolean tie(double below, double above) {
        return above - below <= TIE * above && (below == 0) == (above == 0);
    }

    /** Two-sided, of the smaller of both sums of doubled ranks. */
    private static double p(double[] values, int[] ranks, long smaller, long all) {
        if (2 * smaller >= all) {
            return 1;
        }
        if (values.length > EXACT) {
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                squares += values[i] == 0 ? 0 : (double) ranks[i] * ranks[i];
            }
            double z = (all / 2.0 - smaller) / Math.sqrt(squares / 4);
            return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(z));
        }
        double[] shares = new double[(int) smaller + 1];
        shares[0] = 1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                add(ranks[i], shares);
            }
        }
        return Math.min(1, 2 * DoubleStream.of(shares).sum());
    }

    /** One more rank, which is positive in half of all patterns; {@code shares[s]} of them have the sum s. */
    private static void add(int rank, double[] shares) {
        for (int sum = shares.length - 1; sum >= 0; sum--) {
            shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
        }
    }

    /**
     * Which order statistic of the means is the interval's end.
     *
     * @param k from 1
     */
    private record Bounds(long k, double level) {

        static Bounds of(int n) {
            double mean = n * (n + 1.0) / 4;
            double sd = Math.sqrt(n * (n + 1.0) * (2 * n + 1.0) / 24);
            if (n > EXACT) {
                NormalDistribution normal = NormalDistribution.of(mean, sd);
                long k = (long) Math.floor(normal.inverseCumulativeProbability(ALPHA / 2));
                return new Bounds(k, 1 - 2 * normal.cumulativeProbability((double) k));
            }
            // the end lies below the mean, and so does all that is needed of the distribution
            double[] shares = new double[(int) Math.ceil(mean) + 1];
            shares[0] = 1;
            for (int rank = 1; rank <= n; rank++) {
                add(rank, shares);
            }
            int k = 0;
            double below = 0;
            while (2 * (below + shares[k]) < ALPHA) {
                below += shares[k++];
            }
            return new Bounds(k, 1 - 2 * below);
        }
    }

    /** The k-th smallest mean of two values, each with itself too. */
    private static double walsh(double[] sorted, long k) {
        if (sorted.length <= EXACT) {
            double[] means = new double[sorted.length * (sorted.length + 1) / 2];
            int next = 0;
            for (int i = 0; i < sorted.length; i++) {
                for (int j = i; j < sorted.length; j++) {
                    means[next++] = sorted[i] / 2 + sorted[j] / 2;
                }
            }
            Arrays.sort(means);
            return means[(int) k - 1];
        }
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        // halving so often reaches the last bits of a range of 2
        for (int step = 0; step < 60; step++) {
            double middle = low / 2 + high / 2;
            if (means(sorted, middle) >= k) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** How many means of two values are at most this. */
    private static long means(double[] sorted, double limit) {
        long count = 0;
        int j = sorted.length - 1;
        for (int i = 0; i < sorted.length; i++) {
            while (j >= i && sorted[i] / 2 + sorted[j] / 2 > limit) {
                j--;
            }
            if (j < i) {
                break;
            }
            count += j - i + 1;
        }
        return count;
    }

    /** The least mean of two values above 0, each with itself too; for long series the least that a 0 would have. */
    private static double leastAbove(double[] sorted) {
        if (sorted.length > EXACT) {
            return DoubleStream.of(sorted).filter(value -> value > 0).min().orElse(0) / 2;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sorted.length; i++) {
            for (int j = i; j < sorted.length; j++) {
                double mean = sorted[i] / 2 + sorted[j] / 2;
                least = mean > 0 ? Math.min(least, mean) : least;
            }
        }
        return least;
    }

    private static double[] mirrored(double[] sorted) {
        double[] mirrored = new double[sorted.length];
        Arrays.setAll(mirrored, i -> -sorted[sorted.length - 1 - i]);
        return mirrored;
    }
}
