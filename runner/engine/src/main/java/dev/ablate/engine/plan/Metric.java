package dev.ablate.engine.plan;

import dev.ablate.core.data.Task;
import dev.ablate.engine.experiment.Goal;
import java.util.Locale;
import java.util.Optional;

/**
 * A measure of a model on one part of the data, such as {@code train/mse}; in the target's raw unit.
 *
 * @param part where it is measured
 * @param kind what is measured
 */
public record Metric(Part part, Kind kind) {

    /** A part of the data. */
    public enum Part {
        /** The rows that the trainer sees. */
        TRAIN,
        /** The rows held back. */
        TEST
    }

    /** What is measured of predictions {@code p} and targets {@code t} over the {@code n} rows of a part. */
    public enum Kind {
        /** {@code sum of (p - t)^2 / n}. */
        MSE(Optional.of(Goal.MINIMIZE)),
        /** Square root of {@link #MSE}. */
        RMSE(Optional.of(Goal.MINIMIZE)),
        /** {@code sum of |p - t| / n}. */
        MAE(Optional.of(Goal.MINIMIZE)),
        /** {@code 1 - sum of (p - t)^2 / sum of (t - mean t)^2}; absent where all targets are equal. */
        R2(Optional.of(Goal.MAXIMIZE)),
        /** {@code sum of (p - t)^2}. */
        SSE(Optional.of(Goal.MINIMIZE)),
        /** {@code sum of (p - t)}, signed, as Shukla and Iriondo print it; it has no natural goal. */
        ERROR_SUM(Optional.empty()),
        /** Share of rows whose class is the target; binary classification alone. */
        ACCURACY(Optional.of(Goal.MAXIMIZE));

        private final Optional<Goal> goal;

        Kind(Optional<Goal> goal) {
            this.goal = goal;
        }

        /** Which way is better by the metric's nature. */
        public Optional<Goal> goal() {
            return goal;
        }

        /** Whether it makes sense for a task. */
        public boolean fits(Task task) {
            return this != ACCURACY || task == Task.BINARY_CLASSIFICATION;
        }

        /** The word in a spec: {@code error_sum}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code train/mse}: the name in specs and in every output. */
    @Override
    public String toString() {
        return part.name().toLowerCase(Locale.ROOT) + "/" + kind.word();
    }
}
