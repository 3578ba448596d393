package dev.ablate.engine.compare;

import dev.ablate.core.metric.Goal;
import java.util.Objects;
import java.util.Optional;

/**
 * A metric that is compared, whoever measured it.
 *
 * @param name such as {@code test/rmse}, or a column's name
 * @param goal which way is better
 * @param sameWithin how close counts as the same; empty: nothing but identical does
 */
public record Measure(String name, Goal goal, Optional<Margin> sameWithin) {

    /**
     * How close counts as the same.
     *
     * @param amount 0 or more; in the metric's unit, or in per cent
     * @param percent whether it is per cent of the absolute mean of the baseline
     */
    public record Margin(double amount, boolean percent) {}

    /** Whether there is a margin that means nothing here: per cent of a mean of 0. */
    public boolean isRefusedFor(Effect effect) {
        return sameWithin.isPresent() && effect.sameWithin().isEmpty() && effect.n() > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measure that
                && name.equals(that.name)
                && goal == that.goal
                && sameWithin.equals(that.sameWithin);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, goal, sameWithin);
    }
}
