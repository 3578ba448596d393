package dev.ablate.engine.plan;

import java.util.List;

/**
 * That there is one answer over all data sets.
 *
 * @param leaf the swept leaf whose values are the data sets: {@code dataset.file}, or a column of a file
 * @param test which test compares the means that variants have on them; one of {@link #TESTS}
 */
public record Across(String leaf, TestChoice test) {

    /** What can compare data sets, which have scales of their own; the first unless another is named. */
    public static final List<TestChoice> TESTS =
            List.of(TestChoice.WILCOXON, TestChoice.SIGN, TestChoice.PAIRED_PERMUTATION);

    /** Why another test cannot, as the end of a sentence. */
    public static String refused(TestChoice test) {
        return test.word()
                + " takes all differences for draws from one bell curve, which those of several data sets are not";
    }

    /** Why means of a metric cannot be added, as the end of a sentence. */
    public static String refused(String metric) {
        return "paired-permutation adds the differences of all data sets, and nothing says that " + metric
                + " has no unit: dollars and years are not added";
    }
}
