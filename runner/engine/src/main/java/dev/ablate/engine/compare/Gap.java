package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Pair;
import java.util.List;

/**
 * Pairs of which one side of a comparison has no value.
 *
 * @param variant which side
 * @param why why there is none
 * @param pairs which, in order; at least one
 */
public record Gap(String variant, Why why, List<Pair> pairs) {

    /** Copies the list. */
    public Gap {
        pairs = List.copyOf(pairs);
    }

    /** Why a value is missing. */
    public enum Why {
        /** The run failed: it loses its pair where the other side has a value. */
        FAILED,
        /** The run finished, and the metric is infinite: it diverged, which counts as failed. */
        INFINITE,
        /** There is no run of this pair. */
        NO_RUN,
        /** The run was interrupted, or is not over: nothing is known of it. */
        NOT_FINISHED,
        /** The run finished, and the metric is missing or not a number. */
        NO_VALUE
    }
}
