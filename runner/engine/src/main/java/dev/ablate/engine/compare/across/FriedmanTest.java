package dev.ablate.engine.compare.across;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Friedman's test of k variants on n data sets: are all mean ranks what luck alone would make them?
 *
 * <p>On each data set the best variant has rank 1; ties have the mean of their ranks. {@code chi2 = 12n/(k(k+1)) * (sum of squared mean
 * ranks - k(k+1)^2/4)}, divided by {@code 1 - sum(t^3 - t)/(n(k^3 - k))} for ties of t variants. Iman and Davenport's
 * {@code F = (n-1) chi2 / (n(k-1) - chi2)} has k-1 and (k-1)(n-1) degrees of freedom, and is less cautious than chi2.
 *
 * <p>Sources: M. Friedman, "The use of ranks to avoid the assumption of normality implicit in the analysis of variance", JASA 32 (1937),
 * 675-701; R. L. Iman and J. M. Davenport, "Approximations of the critical region of the Friedman statistic", Communications in Statistics
 * 9 (1980), 571-595.
 *
 * @param ranks the mean rank of each variant, from 1 (best) to k
 * @param chiSquared 0 or more; NaN where all variants tie on every data set
 * @param f Iman and Davenport's; infinite where every data set has the same order
 * @param p how probable so large an F is by luck alone; NaN as {@code chiSquared}
 */
record FriedmanTest(List<Double> ranks, double chiSquared, double f, double p) {

    /** Copies the list. */
    FriedmanTest {
        ranks = List.copyOf(ranks);
    }

    /**
     * Tests.
     *
     * @param ranks of the variants on each data set, ties by the mean of their ranks; {@code [n][k]}, n and k at least 2
     */
    static FriedmanTest of(double[][] ranks) {
        int n = ranks.length;
        int k = ranks[0].length;
        double[] means = new double[k];
        double ties = 0;
        for (double[] row : ranks) {
            for (int i = 0; i < k; i++) {
                means[i] += row[i];
            }
            ties += ties(row);
        }
        // ranks are halves, whose sum is exact
        Arrays.setAll(means, i -> means[i] / n);
        double squares = Arrays.stream(means).map(mean -> mean * mean).sum();
        double untied = 12.0 * n / (k * (k + 1.0)) * (squares - k * (k + 1.0) * (k + 1.0) / 4);
        double share = 1 - ties / (n * (Math.pow(k, 3) - k));
        double chiSquared = share <= 0 ? Double.NaN : Math.max(0, untied / share);
        double rest = n * (k - 1.0) - chiSquared;
        // where every data set has the same order nothing but rounding is left
        double f = rest <= 1e-9 * n ? Double.POSITIVE_INFINITY : (n - 1.0) * chiSquared / rest;
        double p = Double.isNaN(f)
                ? Double.NaN
                : Double.isInfinite(f)
                        ? 0
                        : FDistribution.of(k - 1.0, (k - 1.0) * (n - 1.0)).survivalProbability(f);
        return new FriedmanTest(Arrays.stream(means).boxed().toList(), chiSquared, f, p);
    }

    /** Sum of t^3 - t over the ties of a row. */
    private static double ties(double[] row) {
        double[] sorted = row.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int from = 0;
        while (from < sorted.length) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double t = to - from;
            sum += t * t * t - t;
            from = to;
        }
        return sum;
    }
}
