package dev.ablate.engine.compare.significance;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many pairs would probably settle what is undecided, if mean and spread stay as they are seen.
 *
 * <p>With {@code n} pairs the standard error is {@code sqrt(1/n + ratio) * sd}. Four times out of five the difference is found not to be 0
 * where {@code |mean|} is at least {@code t(1 - 0.05 / (2 family)) + t(0.8)} standard errors, and found to be the same where the
 * margin is at least {@code t(0.975) + t(0.8)} standard errors further from 0 than the mean; {@code t} of {@code n - 1} degrees of
 * freedom. A sign-flip test needs much the same; Wilcoxon's needs pi/3 times as many, its efficiency where differences are normal. For the
 * sign test {@code |wins/m - 1/2|} must be {@code (z(1 - 0.05 / (2 family)) + z(0.8)) / (2 sqrt(m))}, m the pairs that differ, and found
 * to be the same takes pi/2 times as many. Sources: J. Cohen, "Statistical power analysis for the behavioral sciences", 1988; G. E.
 * Noether, "Sample size determination for some common nonparametric tests", Journal of the American Statistical Association 82 (1987),
 * 645-647.
 */
public final class SeedsNeeded {

    /** Nobody runs more seeds. */
    private static final int MOST = 1_000;

    /** There may be more items than seeds, but not many times those that there are. */
    private static final int TIMES = 10;

    private static final double MISSED = 0.2;

    private final double mean;
    private final double sd;
    private final double ratio;
    private final int family;
    private final OptionalDouble margin;

    /** How many pairs the test needs for one of a t test, to find that it is the same. */
    private final double factor;

    /** Only of the sign test: the share of pairs that differ, and that of wins among them. */
    private final Optional<Signs> signs;

    private record Signs(double different, double wins) {

        static Signs of(double... differences) {
            double different = DoubleStream.of(differences).filter(d -> d != 0).count();
            double wins = DoubleStream.of(differences).filter(d -> d > 0).count();
            return new Signs(different / differences.length, different == 0 ? 0.5 : wins / different);
        }
    }

    private final Quantiles quantiles;

    private SeedsNeeded(
            PairedTest test, int family, OptionalDouble margin, Quantiles quantiles, double... differences) {
        double scale = DoubleStream.of(differences)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double[] scaled = DoubleStream.of(differences)
                .map(d -> scale == 0 ? d : d / scale)
                .toArray();
        double middle = DoubleStream.of(scaled).sum() / scaled.length;
        double squares =
                DoubleStream.of(scaled).map(d -> (d - middle) * (d - middle)).sum();
        this.mean = Math.abs(middle);
        this.sd = Math.sqrt(squares / (scaled.length - 1));
        this.ratio = test instanceof ResampledTTest corrected ? corrected.ratio() : 0;
        this.family = family;
        this.quantiles = quantiles;
        this.margin = margin.isPresent() ? OptionalDouble.of(margin.getAsDouble() / scale) : margin;
        this.factor = test instanceof WilcoxonTest ? Math.PI / 3 : test instanceof SignTest ? Math.PI / 2 : 1;
        this.signs = test instanceof SignTest ? Optional.of(Signs.of(differences)) : Optional.empty();
    }

    /**
     * The least number of pairs above those there are.
     *
     * @param test which test settles it
     * @param family by how much a p-value may be multiplied for the number of comparisons; at least 1
     * @param margin how close counts as the same, in the differences' unit
     * @param quantiles shared by all that are asked for
     * @param differences variant minus baseline, one a pair; {@code [n]}
     * @return empty where not even {@link #most} would, or nothing is known of the spread
     */
    public static OptionalInt pairs(
            PairedTest test, int family, OptionalDouble margin, Quantiles quantiles, double... differences) {
        int n = differences.length;
        if (n < 2 || DoubleStream.of(differences).allMatch(d -> d == 0)) {
            return OptionalInt.empty();
        }
        return new SeedsNeeded(test, family, margin, quantiles, differences)
                .least(Math.max(PairedTest.FEWEST, n + 1), most(n));
    }

    /** How many pairs are thought of where there are {@code n}: 1,000, or many times {@code n} where these are too few. */
    public static int most(int n) {
        return n < MOST ? MOST : (int) Math.min((long) n * TIMES, Integer.MAX_VALUE);
    }

    private OptionalInt least(int from, int most) {
        if (!settles(most)) {
            return OptionalInt.empty();
        }
        int low = from;
        int high = most;
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
        // the least p of n signs
        boolean reachable = 2 * family < PairedTest.ALPHA * Math.pow(2, n);
        return (reachable && (signs.isPresent() ? differsBySigns(n, signs.get()) : differs(n))) || isTheSame(n);
    }

    private boolean differs(int n) {
        double sure = t(PairedTest.ALPHA / 2 / family, n) + t(MISSED, n);
        return mean >= sure * error(n);
    }

    private boolean differsBySigns(int n, Signs seen) {
        NormalDistribution z = NormalDistribution.of(0, 1);
        double sure =
                z.inverseSurvivalProbability(PairedTest.ALPHA / 2 / family) + z.inverseSurvivalProbability(MISSED);
        double different = n * seen.different();
        return 2 * family < PairedTest.ALPHA * Math.pow(2, Math.floor(different))
                && Math.abs(seen.wins() - 0.5) * 2 * Math.sqrt(different) >= sure;
    }

    private boolean isTheSame(int n) {
        return margin.isPresent()
                && margin.getAsDouble() - mean >= (t(PairedTest.ALPHA / 2, n) + t(MISSED, n)) * error(n);
    }

    private double t(double p, int n) {
        return quantiles.exceededWith(p, n - 1);
    }

    private double error(int n) {
        return Math.sqrt(factor / n + ratio) * sd;
    }
}
