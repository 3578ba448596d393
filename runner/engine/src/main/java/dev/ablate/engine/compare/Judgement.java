package dev.ablate.engine.compare;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.significance.PairedTest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a comparison of two sides comes to.
 *
 * @param goal which way is better
 * @param tally how the pairs went
 * @param variant the side that is compared
 * @param baseline the side that is compared with
 * @param untested why no test was made; empty where one was
 * @param evidence what it says; empty where none was made
 */
record Judgement(
        Goal goal, Tally tally, Side variant, Side baseline, Optional<Untested> untested, Optional<Evidence> evidence) {

    /**
     * The verdict.
     *
     * @param difference mean over the pairs of variant minus baseline
     * @param sameWithin how close counts as the same
     * @param pairs how many pairs have values on both sides
     */
    Verdict verdict(double difference, OptionalDouble sameWithin, int pairs) {
        if (pairs > 0 && tally.ties() == tally.pairs()) {
            return unlessFailed(Verdict.IDENTICAL);
        }
        boolean fixed = untested.equals(Optional.of(Untested.DETERMINISTIC));
        if (!fixed && evidence.isEmpty()) {
            return Verdict.UNDECIDED;
        }
        double low = evidence.map(Evidence::low).orElse(difference);
        double high = evidence.map(Evidence::high).orElse(difference);
        if (sameWithin.isPresent() && -sameWithin.getAsDouble() <= low && high <= sameWithin.getAsDouble()) {
            return unlessFailed(Verdict.EQUIVALENT);
        }
        if (evidence.isPresent() && !(evidence.get().adjusted() < PairedTest.ALPHA)) {
            return Verdict.UNDECIDED;
        }
        // the interval of a difference that is distinguished from 0 lies on one side of it, whatever middle it is of
        boolean lower = evidence.isPresent() ? high < 0 : difference < 0;
        return unlessFailed(lower == (goal == Goal.MINIMIZE) ? Verdict.BETTER : Verdict.WORSE);
    }

    /** What speaks for a side is not said of one that has failed runs: they might have said otherwise. */
    private Verdict unlessFailed(Verdict verdict) {
        boolean failed = switch (verdict) {
            case BETTER -> variant.failed() > 0;
            case WORSE -> baseline.failed() > 0;
            case IDENTICAL, EQUIVALENT, UNDECIDED -> variant.failed() + baseline.failed() > 0;
        };
        return failed ? Verdict.UNDECIDED : verdict;
    }
}
