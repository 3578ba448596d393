package dev.ablate.engine.compare.significance;

import java.util.Optional;

/** Asks of the differences of pairs whether luck alone explains that their mean, or another middle of them, is not 0. */
public sealed interface PairedTest permits SignFlipTest, ResampledTTest, WilcoxonTest, SignTest {

    /** Below this, a p-value settles the question: one in twenty. */
    double ALPHA = 0.05;

    /** Fewer pairs are not tested: with 5, the least p that signs can give is 2 / 2^5 = 0.0625. */
    int FEWEST = 6;

    /** Up to so many pairs Wilcoxon's test counts every sign pattern. */
    int EXACT_RANKS = 500;

    /** The sign-flip test: {@code paired-permutation}. */
    static PairedTest signFlips() {
        return new SignFlipTest();
    }

    /**
     * The same of pairs that come in clusters, whose signs are flipped together.
     *
     * @param clusters for each pair the number of its cluster, from 0 without a gap; {@code [n]}
     */
    static PairedTest signFlips(int... clusters) {
        return new SignFlipTest(clusters);
    }

    /** Student's test, for pairs that are independent: {@code paired-t}. */
    static PairedTest student() {
        return ResampledTTest.plain();
    }

    /**
     * Student's test, corrected for random splits whose training parts overlap: {@code corrected-resampled-t}.
     *
     * @param ratio test rows by training rows of a split, 0 or more
     */
    static PairedTest resampled(double ratio) {
        return ResampledTTest.corrected(ratio);
    }

    /** Wilcoxon's signed-rank test: {@code wilcoxon}. */
    static PairedTest wilcoxon() {
        return new WilcoxonTest();
    }

    /** The exact sign test: {@code sign}. */
    static PairedTest signs() {
        return new SignTest();
    }

    /** The name in specs and outputs: {@code paired-permutation}. */
    String word();

    /**
     * Tests the differences, two-sided.
     *
     * @param differences variant minus baseline, one a pair; {@code [n]}; finite, but for {@link #signs}
     * @return empty where the test can say nothing: fewer than {@value #FEWEST} pairs or clusters, or no spread to judge by
     */
    Optional<Outcome> test(double... differences);

    /**
     * What a test found.
     *
     * @param p how probable a middle at least this far from 0 is by luck alone; above 0, at most 1
     * @param low lower end of the interval of differences that the test does not reject; in the metric's unit; infinite where
     *     differences are
     * @param high upper end
     * @param level the interval's coverage, such as 0.951
     * @param error the standard error of p, where it is of patterns that were drawn; 0 where it is exact
     */
    record Outcome(double p, double low, double high, double level, double error) {

        /** Of a p that is exact. */
        Outcome(double p, double low, double high, double level) {
            this(p, low, high, level, 0);
        }
    }
}
