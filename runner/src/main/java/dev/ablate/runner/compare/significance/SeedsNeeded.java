package dev.ablate.runner.compare.significance;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many pairs would probably settle what is undecided, if mean and spread stay as they are seen.
 *
 * <p>With {@code n} pairs the standard error is {@code sqrt(1/n + ratio) * sd}. Four times out of five the difference is told from 0
 * where {@code |mean|} is at least {@code t(1 - 0.05 / (2 family)) + t(0.8)} standard errors, and told to be the same where the
 * margin is at least {@code t(0.975) + t(0.8)} standard errors further from 0 than the mean; {@code t} of {@code n - 1} degrees of
 * freedom. A sign-flip test needs much the same. Source: J. Cohen, "Statistical power analysis for the behavioral sciences", 1988.
 */
public final class SeedsNeeded {

    /** Nobody runs more. */
    private static final int MOST = 1_000;

    private static final double MISSED = 0.2;

    private final double mean;
    private final double sd;
    private final double ratio;
    private final int family;
    private final OptionalDouble margin;

    private SeedsNeeded(double mean, double sd, double ratio, int family, OptionalDouble margin) {
        this.mean = mean;
        this.sd = sd;
        this.ratio = ratio;
        this.family = family;
        this.margin = margin;
    }

    /**
     * The least number of pairs above those there are.
     *
     * @param differences variant minus baseline, one a pair; {@code [n]}
     * @param ratio test rows by training rows where splits overlap, else 0
     * @param family by how much a p-value may be multiplied for the number of comparisons; at least 1
     * @param margin how close counts as the same, in the differences' unit
     * @return empty where not even 1,000 pairs would, or nothing is known of the spread
     */
    public static OptionalInt pairs(double[] differences, double ratio, int family, OptionalDouble margin) {
        int n = differences.length;
        double scale = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        if (n < 2 || scale == 0) {
            return OptionalInt.empty();
        }
        double mean = DoubleStream.of(differences).map(d -> d / scale).sum() / n;
        double squares = DoubleStream.of(differences)
                .map(d -> (d / scale - mean) * (d / scale - mean))
                .sum();
        OptionalDouble scaledMargin =
                margin.isPresent() ? OptionalDouble.of(margin.getAsDouble() / scale) : OptionalDouble.empty();
        return new SeedsNeeded(Math.abs(mean), Math.sqrt(squares / (n - 1)), ratio, family, scaledMargin)
                .least(Math.max(PairedTest.FEWEST, n + 1));
    }

    private OptionalInt least(int from) {
        if (from > MOST || !settles(MOST)) {
            return OptionalInt.empty();
        }
        int low = from;
        int high = MOST;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (settles(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(low);
    }

    private boolean settles(int n) {
        double error = Math.sqrt(1.0 / n + ratio) * sd;
        TDistribution t = TDistribution.of(n - 1);
        double missed = t.inverseSurvivalProbability(MISSED);
        double alpha = PairedTest.ALPHA;
        // the least p of n signs
        boolean reachable = 2 * family < alpha * Math.pow(2, n);
        return (reachable && mean >= (t.inverseSurvivalProbability(alpha / 2 / family) + missed) * error)
                || (margin.isPresent()
                        && margin.getAsDouble() - mean >= (t.inverseSurvivalProbability(alpha / 2) + missed) * error);
    }
}
