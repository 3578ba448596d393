package dev.ablate.engine.plan;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a pair is called, by the name of what distinguishes pairs: a column, a param or a tag.
 *
 * <p>The last part of the name counts, without {@code id} at its end, in lower case: {@code doc_id} gives {@code doc}, {@code meta.pageId}
 * gives {@code page}, {@code random_state} gives {@code random state}. Names with {@code seed} in them give {@code seed}. A name that
 * is not English letters, is a plural, or says nothing by itself gives {@code pair}.
 */
public final class PairNoun {

    /** What a pair is called unless its name says more. */
    static final String PAIR = "pair";

    static final String SEED = "seed";

    /** {@code _id}, {@code ID} alone, or {@code Id} behind a small letter. */
    private static final Pattern ID = Pattern.compile("(?:^|[ _-]+)[iI][dD]$|(?<=[a-z])I[dD]$");

    private static final Pattern LETTERS = Pattern.compile("[a-z]{3,}(?: [a-z]+){0,2}");

    /** They would be read as something else. */
    private static final Set<String> TAKEN = Set.of("run", "variant", "metric", "cell", "index", "key", "name", "test");

    private PairNoun() {}

    /** The singular: {@code doc} of {@code doc_id}. */
    public static String of(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1)
                .strip();
        String bare = ID.matcher(last).replaceFirst("");
        String words = bare.replaceAll("[ _-]+", " ").strip().toLowerCase(Locale.ROOT);
        if (words.contains(SEED)) {
            return SEED;
        }
        boolean plural = words.endsWith("s") && !words.endsWith("ss");
        return LETTERS.matcher(words).matches() && !plural && !TAKEN.contains(words) ? words : PAIR;
    }
}
