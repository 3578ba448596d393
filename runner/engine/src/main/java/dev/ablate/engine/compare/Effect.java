package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Pair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param gaps why other pairs are not there, of the baseline and then of the variant
 * @param difference mean over the pairs of variant minus baseline; NaN without a pair
 * @param tally how the pairs went
 * @param signs p of the exact sign test, two-sided and not adjusted; empty where chance has no part in it or pairs are too few
 * @param ruler the pair that rules the mean; empty where none does
 * @param evidence what a test says; empty where none was made
 * @param untested why no test was made; empty where one was
 * @param moreSeeds how many more pairs would probably settle what is undecided; empty where it is decided, or no number would
 * @param verdict what it comes to
 * @param clusters of how many clusters the pairs are; empty where each stands for itself
 * @param sizes how large it is, for information
 * @param posterior how probable it is to be worse, the same and better; empty where that was not asked for, or cannot be said
 */
public record Effect(
        Measure metric,
        OptionalDouble sameWithin,
        Map<String, String> cell,
        Side baseline,
        Side variant,
        int planned,
        int n,
        List<Gap> gaps,
        double difference,
        Tally tally,
        OptionalDouble signs,
        Optional<Ruler> ruler,
        Optional<Evidence> evidence,
        Optional<Untested> untested,
        OptionalInt moreSeeds,
        Verdict verdict,
        OptionalInt clusters,
        Sizes sizes,
        Optional<Posterior> posterior) {

    /** Copies list and map, keeping their order. */
    public Effect {
        gaps = List.copyOf(gaps);
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
    }

    /** Whether a run of either side failed: no verdict in favour of a side that has failed runs is more than undecided. */
    public boolean hasFailures() {
        return baseline.failed() + variant.failed() > 0;
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
     * @param failed how many of its planned seeds failed or diverged
     */
    public record Side(String name, double mean, double sd, boolean deterministic, int failed) {}

    /**
     * How the pairs went, counted from the variant's side; a pair of which one side alone failed is lost for that side.
     *
     * @param wins pairs in which the variant is better
     * @param ties pairs that differ by no more than rounding
     * @param losses pairs in which the baseline is better
     */
    public record Tally(int wins, int ties, int losses) {

        /** All of them. */
        public int pairs() {
            return wins + ties + losses;
        }
    }

    /**
     * One pair that is more than 0.8 of the sum of absolute differences: the mean is its alone.
     *
     * @param pair which one
     * @param difference variant minus baseline
     * @param share its absolute difference by the sum of all, above 0.8 and at most 1
     */
    public record Ruler(Pair pair, double difference, double share) {}

    /**
     * How large an effect is: neither decides a verdict.
     *
     * @param standardised mean difference by the standard deviation of the differences, which is called Cohen's d_z; empty without a
     *     spread (J. Cohen, "Statistical power analysis for the behavioral sciences", 1988)
     * @param improvement share of the pairs that the variant wins, ties by half; of the pairs alone, where others take all combinations of
     *     runs (R. Agarwal et al., "Deep reinforcement learning at the edge of the statistical precipice", NeurIPS 2021)
     */
    public record Sizes(OptionalDouble standardised, OptionalDouble improvement) {

        /** Where chance has no part in it, or nothing is known of it. */
        public static final Sizes NONE = new Sizes(OptionalDouble.empty(), OptionalDouble.empty());

        /** Whether there is anything to say. */
        public boolean isKnown() {
            return standardised.isPresent() || improvement.isPresent();
        }
    }

    /**
     * What the correlated Bayesian t test says, beside the verdict.
     *
     * @param worse how probable the variant is to be worse by more than the region
     * @param same how probable it is to be practically the same; 0 where the region is 0
     * @param better how probable it is to be better by more than the region
     * @param rho the correlation of two results: n_test / (n_test + n_train), 0 where pairs are independent
     * @param region how far from 0 is practically the same; 0 without {@code same_within}
     */
    public record Posterior(double worse, double same, double better, double rho, double region) {}

    /** Why there is no test. */
    public enum Untested {
        /** No seed has finished on both sides. */
        NO_PAIR,
        /** Chance has no part in it. */
        DETERMINISTIC,
        /** The seeds of each side changed nothing: all give one model, which is one result. */
        COPIES,
        /** Neither side varies over the seeds, and nothing says that they held back different rows: these may be copies. */
        CONSTANT,
        /** Fewer than 6 pairs: with 5, the least p that signs can give is 0.0625. */
        TOO_FEW,
        /** Fewer than 6 clusters of pairs, whose signs are flipped together. */
        FEW_CLUSTERS,
        /** A t test needs a spread, and every pair differs by the same. */
        NO_SPREAD;

        /** The word in outputs for programs: {@code too-few}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
