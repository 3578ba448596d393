package dev.ablate.runner.compare;

import java.util.Optional;

/** Asks of the differences of pairs whether luck alone explains that their mean is not 0. */
sealed interface PairedTest permits SignFlipTest, ResampledTTest {

    /** Below this, a p-value settles the question: one in twenty. */
    double ALPHA = 0.05;

    /** The name in specs and outputs: {@code paired-permutation}. */
    String word();

    /**
     * Tests the differences, two-sided.
     *
     * @param differences variant minus baseline, one a pair; finite, {@code [n]}
     * @return empty where the test can say nothing: too few pairs, or no spread to judge by
     */
    Optional<Outcome> test(double... differences);

    /**
     * What a test found.
     *
     * @param p how probable a mean at least this far from 0 is by luck alone; above 0, at most 1
     * @param low lower end of the interval of differences that the test does not reject; in the metric's unit
     * @param high upper end
     * @param level the interval's coverage, such as 0.951
     */
    record Outcome(double p, double low, double high, double level) {}
}
