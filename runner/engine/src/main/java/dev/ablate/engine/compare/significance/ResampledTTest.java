package dev.ablate.engine.compare.significance;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The paired t test, corrected for random splits whose training parts overlap.
 *
 * <p>{@code t = mean / (sqrt(1/n + n_test/n_train) * sd)} with {@code n - 1} degrees of freedom; sd divides by {@code n - 1}.
 * With a ratio of 0 it is Student's test. Source: C. Nadeau and Y. Bengio, "Inference for the generalization error", Machine
 * Learning 52 (2003), 239-281.
 */
final class ResampledTTest implements PairedTest {

    /** A standard error below this share of the mean is rounding. */
    static final double NO_SPREAD = 1e-12;

    private final String word;
    private final double ratio;

    private ResampledTTest(String word, double ratio) {
        this.word = word;
        this.ratio = ratio;
    }

    /** Student's test, for pairs that are independent. */
    static ResampledTTest plain() {
        return new ResampledTTest("paired-t", 0);
    }

    /**
     * The corrected test.
     *
     * @param ratio test rows by training rows of a split; 0 or more
     */
    static ResampledTTest corrected(double ratio) {
        return new ResampledTTest("corrected-resampled-t", ratio);
    }

    /** Test rows by training rows; 0 where pairs are independent. */
    double ratio() {
        return ratio;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        int n = differences.length;
        if (n < FEWEST) {
            return Optional.empty();
        }
        // a scale of 1 keeps squares of huge differences finite and those of tiny ones normal
        double scale = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        if (scale == 0) {
            return Optional.of(new Outcome(1, 0, 0, 1 - ALPHA));
        }
        double[] scaled =
                DoubleStream.of(differences).map(value -> value / scale).toArray();
        double mean = DoubleStream.of(scaled).sum() / n;
        double squares =
                DoubleStream.of(scaled).map(d -> (d - mean) * (d - mean)).sum();
        double error = Math.sqrt(1.0 / n + ratio) * Math.sqrt(squares / (n - 1));
        if (!(error > NO_SPREAD * Math.abs(mean))) {
            // each pair shows the same: there is no spread to judge by, and t would be infinite
            return Optional.empty();
        }
        TDistribution distribution = TDistribution.of(n - 1);
        double p = 2 * distribution.survivalProbability(Math.abs(mean) / error);
        double reach = distribution.inverseSurvivalProbability(ALPHA / 2) * error;
        return Optional.of(new Outcome(p, (mean - reach) * scale, (mean + reach) * scale, 1 - ALPHA));
    }
}
