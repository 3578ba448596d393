package dev.ablate.worker.spec;

import dev.ablate.core.metric.Goal;

/** When a run ends before its last update; looked at on the grid, on a metric of the training or the validation part. */
public sealed interface StopRule {

    /** What is watched. */
    MeasuredMetric when();

    /** For so many updates, 0 or more: at two steps of the grid this far apart, and at all between, it must hold. */
    long updates();

    /**
     * The metric is on one side of a bound.
     *
     * @param below true: below the bound, false: above it; never equal to it
     */
    record Bound(MeasuredMetric when, boolean below, double bound, long updates) implements StopRule {}

    /**
     * The metric has not become better.
     *
     * @param goal which way is better
     * @param minDelta less than this is no better, 0 or more; in the metric's unit
     * @param best whether the run is left where the metric was best, as if it had ended there; else where it ends
     */
    record NoBetter(MeasuredMetric when, Goal goal, double minDelta, long updates, boolean best) implements StopRule {

        /** Left where it ends. */
        public NoBetter(MeasuredMetric when, Goal goal, double minDelta, long updates) {
            this(when, goal, minDelta, updates, false);
        }
    }

    /** Whether the run is left where the metric was best. */
    default boolean keepsBest() {
        return this instanceof NoBetter better && better.best();
    }
}
