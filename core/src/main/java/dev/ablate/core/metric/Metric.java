package dev.ablate.core.metric;

import dev.ablate.core.data.Task;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number that says how well a model answers the rows of one part of the data.
 *
 * <p>A plugin brings one with {@code metric("within").to(Within.class)}. It is measured on the training part and the test part of
 * every run whose task it fits, at every step that is recorded or at the last, and is then {@code train/within} and {@code test/within} wherever
 * metrics are named. It keeps nothing between calls, is asked by several threads at once, and gives the same value for the same answers.
 * All but {@link #of} and {@link #resolution} is asked once, when a spec is planned.
 */
public interface Metric {

    /** To what share of the largest target answers are exact. */
    double ROUNDING = 1e-12;

    /** Whether it makes sense for a task; unless it says so, not for answers of a number for each of three classes and more. */
    default boolean fits(Task task) {
        return task != Task.CLASSES;
    }

    /**
     * Whether it is measured at every recorded step; else once, of the model that is left, and at every step only where it ends a run. So
     * is what takes long, or says little of a model that still learns.
     */
    default boolean atEveryStep(Task task) {
        return true;
    }

    /** Which way is better by its nature; empty if neither is, so that a spec that compares it must say. */
    Optional<Goal> goal();

    /** Where all its values are. */
    MetricRange range();

    /**
     * The smallest difference of two values that is more than rounding, in the metric's unit; 0 or more, and finite.
     *
     * <p>Answers are taken to be exact to {@link #ROUNDING} of the largest absolute target, far above the rounding of doubles and far
     * below any effect. So it is {@code ROUNDING} times the largest target for an error in the target's unit, {@code ROUNDING} for
     * a metric without a unit.
     *
     * @param largestTarget the largest absolute target of the data; 0 where it is not known
     * @param rows how many rows it is measured on; 0 where that is not known
     */
    double resolution(double largestTarget, int rows);

    /** The answer of a model that has learned nothing from the features: a value no better than that one's is worth nothing. */
    TrivialAnswer trivialAnswer();

    /**
     * Measures.
     *
     * @param answers valid inside this call alone
     * @return empty where the metric is not defined; a value that is not finite ends the run as diverged
     */
    OptionalDouble of(Answers answers);

    /**
     * Checks a metric's name.
     *
     * @throws IllegalArgumentException if it is not lower-case words joined by {@code _}
     */
    static void requireName(String name) {
        if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a metric's name is lower-case words joined by '_', such as error_sum; got '" + name + "'");
        }
    }
}
