package dev.ablate.engine.compare;

import java.util.Locale;

/** What a comparison of two variants says about one metric. */
public enum Verdict {
    /** Every pair is equal but for rounding. */
    IDENTICAL,
    /** Not identical, and closer than what counts as the same. */
    EQUIVALENT,
    /** The variant is better than the baseline. */
    BETTER,
    /** The variant is worse than the baseline. */
    WORSE,
    /** Chance may explain what is seen, no test can say, or runs of the side that it speaks for have failed. */
    UNDECIDED;

    /** The word in every output: {@code better}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
