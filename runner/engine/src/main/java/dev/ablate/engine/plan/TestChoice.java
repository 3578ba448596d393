package dev.ablate.engine.plan;

import java.util.Locale;

/** Which statistical test compares the pairs. */
public enum TestChoice {
    /** The exact sign-flip test. */
    PAIRED_PERMUTATION,
    /** Student's test, corrected for random splits whose training parts overlap (Nadeau and Bengio 2003). */
    CORRECTED_RESAMPLED_T,
    /** Student's test, for pairs that are independent. */
    PAIRED_T,
    /** Wilcoxon's signed-rank test, of the order of the differences. */
    WILCOXON,
    /** The exact sign test, of wins and losses alone. */
    SIGN;

    /** The word in specs and outputs: {@code paired-permutation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
