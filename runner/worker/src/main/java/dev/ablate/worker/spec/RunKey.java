package dev.ablate.worker.spec;

import java.util.regex.Pattern;

/**
 * What makes a run the same run: a SHA-256 over everything that its result depends on.
 *
 * @param hex 64 lower-case hex digits
 */
public record RunKey(String hex) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

    /**
     * The number of the results that this program gives, as it stands in each run's key: {@code results: 3}.
     *
     * <p>Raise it by one with every change after which the same plan may give another figure, if only in its last bit: an order of sums,
     * a stream of chance, a split, a scaling, a metric, a stop rule, or what else trains and measures. What was stored before is then
     * trained again, and never compared with what is new. Everything else, a new version among it, leaves it as it is, and runs are
     * reused. {@code GoldenBitsTest} says when the bits have changed.
     *
     * <p>What a plugin gives is the plugin's: the content of its jar stands in the keys, too.
     */
    public static final int RESULTS = 3;

    /**
     * @throws IllegalArgumentException if it is not 64 lower-case hex digits
     */
    public RunKey {
        if (!DIGITS.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a run key: " + hex);
        }
    }

    /** The first 8 digits, as people quote it. */
    public String brief() {
        return hex.substring(0, 8);
    }

    @Override
    public String toString() {
        return hex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunKey that && hex.equals(that.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }
}
