package dev.ablate.engine.plan;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs of different variants share that are compared with one another: a seed, a fold of a seed, or any text.
 *
 * <p>Pairs are equal where their texts and what they are called are, wherever they come from.
 *
 * @param text as it is stored and written: {@code 42}, {@code 42/fold=3} or {@code item-7}; not blank
 * @param own what it is called where that is neither a seed nor a fold: {@code doc}; empty where its text says what it is
 */
public record Pair(String text, String own) {

    /** A whole number as Java writes it, and perhaps a fold: {@code 007} is a text. */
    private static final Pattern SEEDED = Pattern.compile("(0|-?[1-9][0-9]{0,18})(?:/fold=(0|[1-9][0-9]{0,8}))?");

    /**
     * @throws IllegalArgumentException if the text is blank
     */
    public Pair {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a pair needs a text");
        }
    }

    /** A seed, a fold of a seed, or another text, which is called a pair. */
    public Pair(String text) {
        this(text, "");
    }

    /**
     * One of those that a name distinguishes.
     *
     * @param noun what each is called, as {@link PairNoun} gives it
     */
    public static Pair named(String text, String noun) {
        return new Pair(text, noun.equals(PairNoun.SEED) ? "" : noun);
    }

    /** The runs of one seed. */
    public static Pair of(long seed) {
        return new Pair(Long.toString(seed));
    }

    /**
     * The runs of one fold of a seed.
     *
     * @param fold from 1
     */
    public static Pair of(long seed, int fold) {
        if (fold < 1) {
            throw new IllegalArgumentException("folds are counted from 1, not " + fold);
        }
        return new Pair(seed + "/fold=" + fold);
    }

    /** The seed; empty where the pair is another text. */
    public OptionalLong seed() {
        // most texts of other programs are none by their first letter
        if (!own.isEmpty() || !(text.charAt(0) <= '9')) {
            return OptionalLong.empty();
        }
        Matcher matcher = SEEDED.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException e) {
            // too large for a seed
            return OptionalLong.empty();
        }
    }

    /** The fold, from 1, or from 0 where another program counts so; empty where there is none. */
    public OptionalInt fold() {
        if (text.indexOf('/') < 0) {
            return OptionalInt.empty();
        }
        Matcher matcher = SEEDED.matcher(text);
        return seed().isPresent() && matcher.matches() && matcher.group(2) != null
                ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
                : OptionalInt.empty();
    }

    /** What it is called: {@code seed}, {@code pair}, or by a name of its own. */
    public String noun() {
        if (!own.isEmpty()) {
            return own;
        }
        return seed().isPresent() ? PairNoun.SEED : PairNoun.PAIR;
    }

    /** {@code seed=42}, {@code seed=42/fold=3} or {@code pair=item-7}: in the names of runs. */
    public String label() {
        return noun() + "=" + text;
    }

    /** {@code seed 42}, {@code seed 42/fold=3} or {@code pair item-7}: in sentences. */
    public String inWords() {
        return noun() + " " + text;
    }

    @Override
    public boolean equals(Object other) {
        // the runs of a pair share it
        return this == other || (other instanceof Pair that && text.equals(that.text) && own.equals(that.own));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
