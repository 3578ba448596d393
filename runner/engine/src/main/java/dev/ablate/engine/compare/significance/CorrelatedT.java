package dev.ablate.engine.compare.significance;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The correlated Bayesian t test: how probable the mean difference is to lie below, within and above a region around 0.
 *
 * <p>With the prior that says nothing, mean and spread unknown, the mean difference has Student's distribution of {@code n - 1} degrees of
 * freedom around the mean that was seen, with the scale {@code sqrt(1/n + rho / (1 - rho)) * sd}. {@code rho} is the correlation of two
 * results whose training parts overlap: {@code n_test / (n_test + n_train)}, so that {@code rho / (1 - rho)} is the ratio that the
 * corrected resampled t test takes.
 *
 * <p>Source: A. Benavoli, G. Corani, J. Demsar and M. Zaffalon, "Time for a change: a tutorial for comparing multiple classifiers
 * through Bayesian analysis", Journal of Machine Learning Research 18 (2017), 1-36.
 *
 * @param below how probable a difference below the region is
 * @param within how probable one within it is; 0 where the region is 0 alone
 * @param above how probable one above it is
 */
public record CorrelatedT(double below, double within, double above) {

    /**
     * The posterior.
     *
     * @param ratio test rows by training rows where splits overlap; 0 where pairs are independent
     * @param region how far from 0 is practically the same, in the differences' unit; 0 or more
     * @param differences variant minus baseline, one a pair; {@code [n]}; finite
     * @return empty with fewer than {@value PairedTest#FEWEST} pairs, or where all differ by the same
     */
    public static Optional<CorrelatedT> of(double ratio, double region, double... differences) {
        int n = differences.length;
        double unit = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        if (n < PairedTest.FEWEST || unit == 0) {
            return Optional.empty();
        }
        double[] scaled =
                DoubleStream.of(differences).map(value -> value / unit).toArray();
        double mean = DoubleStream.of(scaled).sum() / n;
        double squares =
                DoubleStream.of(scaled).map(d -> (d - mean) * (d - mean)).sum();
        double scale = Math.sqrt(1.0 / n + ratio) * Math.sqrt(squares / (n - 1));
        if (!(scale > ResampledTTest.NO_SPREAD * Math.abs(mean))) {
            return Optional.empty();
        }
        TDistribution t = TDistribution.of(n - 1);
        double reach = region / unit;
        double below = t.cumulativeProbability((-reach - mean) / scale);
        double above = t.survivalProbability((reach - mean) / scale);
        return Optional.of(new CorrelatedT(below, region == 0 ? 0 : Math.max(0, 1 - below - above), above));
    }
}
