package dev.ablate.engine.compare;

/**
 * What a statistical test says about a difference.
 *
 * @param test the test's name in a spec, such as {@code paired-permutation}
 * @param p the probability of a difference at least as large if the variants did not differ, above 0 and at most 1
 * @param adjusted {@code p} corrected for the number of comparisons
 * @param low the lower end of the difference's interval, in the metric's unit
 * @param high the upper end
 * @param level how often such an interval holds the true difference, such as 0.951
 * @param error the standard error of {@code p} where it is of sign patterns that were drawn; 0 where it is exact
 */
public record Evidence(String test, double p, double adjusted, double low, double high, double level, double error) {

    /** Of a p that is exact. */
    public Evidence(String test, double p, double adjusted, double low, double high, double level) {
        this(test, p, adjusted, low, high, level, 0);
    }

    /** Whether p is of sign patterns that were drawn, and not of all. */
    public boolean isSampled() {
        return error > 0;
    }
}
