package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Spec.Word;

/** When a run ends early, as written: the metric's name is not looked up yet. */
public sealed interface Stop {

    /** What is watched. */
    Word when();

    /**
     * The metric is on one side of a bound for so many updates.
     *
     * @param below true: below the bound, false: above it
     * @param updates 0 or more
     */
    record Bound(Word when, boolean below, double bound, long updates) implements Stop {}

    /**
     * The metric has not become better for so many updates.
     *
     * @param minDelta less than this is no better, 0 or more
     * @param updates 1 or more
     * @param best whether the run is left where the metric was best
     */
    record NoBetter(Word when, double minDelta, long updates, boolean best) implements Stop {}
}
