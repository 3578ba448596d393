package dev.ablate.engine.compare.across;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The range of k independent normal values by their known standard deviation: Tukey's q with infinite degrees of freedom.
 *
 * <p>{@code P(Q < q) = k * integral of phi(z) * (Phi(z) - Phi(z - q))^(k-1) dz}: one of the k values is the largest, z, and the others lie
 * within q below it. The integrand is smooth and vanishes fast on both sides, so that sums over an even grid converge faster than
 * any power of its step.
 *
 * <p>Source: H. O. Hartley, "The range in random samples", Biometrika 32 (1942), 334-348.
 */
final class StudentizedRange {

    /** Beyond this many standard deviations a normal density adds nothing that a double can hold. */
    private static final double FAR = 9;

    /** Half of it changes no digit. */
    private static final double STEP = 1.0 / 16;

    /** Halving a range of 100 so often reaches the last bits. */
    private static final int HALVINGS = 60;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private StudentizedRange() {}

    /**
     * How probable a range below q is.
     *
     * @param q 0 or more
     * @param k how many values, at least 2
     */
    static double below(double q, int k) {
        double sum = 0;
        for (double z = -FAR; z <= FAR + q; z += STEP) {
            sum += NORMAL.density(z) * Math.pow(NORMAL.probability(z - q, z), k - 1.0);
        }
        return k * sum * STEP;
    }

    /**
     * The range that is not exceeded with a probability.
     *
     * @param p above 0 and below 1
     * @param k how many values, at least 2
     */
    static double quantile(double p, int k) {
        double low = 0;
        double high = 100;
        for (int step = 0; step < HALVINGS; step++) {
            double middle = (low + high) / 2;
            if (below(middle, k) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
