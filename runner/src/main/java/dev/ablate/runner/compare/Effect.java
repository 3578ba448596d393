package dev.ablate.runner.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one variant changes in one metric, against the baseline and over the seeds that both have finished.
 *
 * @param metric which metric, and which way is better
 * @param sameWithin how close counts as the same, in the metric's unit; empty: nothing but identical does
 * @param cell the swept leaves by path; empty without a sweep
 * @param baseline the side that is compared with
 * @param variant the side that is compared
 * @param planned how many pairs there would be if every run had finished
 * @param n how many pairs there are
 * @param difference mean over the pairs of variant minus baseline; NaN without a pair
 * @param tally how the pairs went
 * @param evidence what a test says; empty where none was made
 * @param untested why no test was made; empty where one was
 * @param moreSeeds how many more pairs would probably settle what is undecided; empty where it is decided, or no number would
 * @param verdict what it comes to
 */
public record Effect(
        Measure metric,
        OptionalDouble sameWithin,
        Map<String, String> cell,
        Side baseline,
        Side variant,
        int planned,
        int n,
        double difference,
        Tally tally,
        Optional<Evidence> evidence,
        Optional<Untested> untested,
        OptionalInt moreSeeds,
        Verdict verdict) {

    /** Copies the map, keeping its order. */
    public Effect {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
    }

    /** Whether chance has no part in it: both sides draw from no stream. */
    public boolean deterministic() {
        return baseline.deterministic() && variant.deterministic();
    }

    /**
     * One of the two sides, over the pairs.
     *
     * @param name the variant's name
     * @param mean NaN without a pair
     * @param sd standard deviation, divided by n - 1; NaN where n is below 2 or the side is deterministic
     * @param deterministic whether its one result stands for every seed
     */
    public record Side(String name, double mean, double sd, boolean deterministic) {}

    /**
     * How the pairs went, counted from the variant's side.
     *
     * @param wins pairs in which the variant is better
     * @param ties pairs that are equal to a relative 1e-12
     * @param losses pairs in which the baseline is better
     */
    public record Tally(int wins, int ties, int losses) {}

    /** Why there is no test. */
    public enum Untested {
        /** No seed has finished on both sides. */
        NO_PAIR,
        /** Chance has no part in it. */
        DETERMINISTIC,
        /** Fewer than 6 pairs: with 5, the least p that signs can give is 0.0625. */
        TOO_FEW,
        /** A t test needs a spread, and every pair differs by the same. */
        NO_SPREAD
    }
}
