package dev.ablate.runner.compare;

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
     * @param ratio test rows by training rows of a split; above 0
     */
    static ResampledTTest corrected(double ratio) {
        return new ResampledTTest("corrected-resampled-t", ratio);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        int n = differences.length;
        if (n < 2) {
            return Optional.empty();
        }
        double mean = DoubleStream.of(differences).sum() / n;
        double squares =
                DoubleStream.of(differences).map(d -> (d - mean) * (d - mean)).sum();
        double error = Math.sqrt(1.0 / n + ratio) * Math.sqrt(squares / (n - 1));
        if (DoubleStream.of(differences).allMatch(d -> d == 0)) {
            return Optional.of(new Outcome(1, 0, 0, 1 - ALPHA));
        }
        if (!(error > 1e-12 * Math.abs(mean))) {
            // Each pair shows the same: there is no spread to judge by, and t would be infinite.
            return Optional.empty();
        }
        TDistribution distribution = TDistribution.of(n - 1);
        double p = 2 * distribution.survivalProbability(Math.abs(mean) / error);
        double reach = distribution.inverseSurvivalProbability(ALPHA / 2) * error;
        return Optional.of(new Outcome(p, mean - reach, mean + reach, 1 - ALPHA));
    }
}
