package dev.ablate.runner.compare;

import java.util.Locale;

/** What a comparison of two variants says about one metric. */
public enum Verdict {
    /** Every pair is equal to a relative 1e-12. */
    IDENTICAL,
    /** Not identical, and closer than what counts as the same. */
    EQUIVALENT,
    /** The variant is better than the baseline. */
    BETTER,
    /** The variant is worse than the baseline. */
    WORSE,
    /** Chance may explain what is seen, or there is no pair of finished runs. */
    UNDECIDED;

    /** The word in every output: {@code better}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
