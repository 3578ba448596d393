package dev.ablate.worker.train;

import dev.ablate.core.metric.Goal;
import dev.ablate.worker.spec.StopRule;
import java.util.Map;
import java.util.Optional;

/** Watches one run for its stop rule; sees every step of the grid, in order. */
final class StopWatch {

    private static final long NEVER = -1;

    private final Optional<StopRule> rule;

    /** The step from which on the rule has held, or at which the metric was best; {@link #NEVER} if there is none. */
    private long since = NEVER;

    private double best;

    StopWatch(Optional<StopRule> rule) {
        this.rule = rule;
    }

    /**
     * Whether the run ends here.
     *
     * @param values the metrics of this step; one that is not defined neither holds nor fails to become better
     */
    boolean ends(long update, Map<String, Double> values) {
        if (rule.isEmpty()) {
            return false;
        }
        Double value = values.get(rule.get().when().toString());
        if (rule.get() instanceof StopRule.Bound bound) {
            boolean holds = value != null && (bound.below() ? value < bound.bound() : value > bound.bound());
            if (!holds) {
                since = NEVER;
                return false;
            }
            if (since == NEVER) {
                since = update;
            }
        } else if (rule.get() instanceof StopRule.NoBetter noBetter) {
            if (value == null) {
                return false;
            }
            if (since == NEVER || isBetter(value, noBetter)) {
                since = update;
                best = value;
                return false;
            }
        }
        return update - since >= rule.get().updates();
    }

    /** Whether the metric was best at this step, the last that was looked at. */
    boolean isBest(long update) {
        return rule.filter(StopRule::keepsBest).isPresent() && since == update;
    }

    /** Against the last value that was better itself, so that a slow descent adds up. */
    private boolean isBetter(double value, StopRule.NoBetter noBetter) {
        double gain = noBetter.goal() == Goal.MINIMIZE ? best - value : value - best;
        return gain > noBetter.minDelta();
    }
}
