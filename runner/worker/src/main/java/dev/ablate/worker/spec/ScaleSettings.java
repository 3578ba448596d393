package dev.ablate.worker.spec;

import java.util.Objects;

/**
 * How columns are scaled before training; fitted on the training part alone, and undone for predictions and metrics.
 *
 * @param features each feature by itself
 * @param target the target
 */
public record ScaleSettings(Method features, Method target) {

    /** Everything as it is. */
    public static final ScaleSettings NONE = new ScaleSettings(Method.NONE, Method.NONE);

    /** What is done to a column; a divisor of 0 becomes 1. */
    public enum Method {
        /** {@code x}. */
        NONE,
        /** {@code x / max |x|}. */
        MAX,
        /** {@code (x - min) / (max - min)}. */
        MIN_MAX,
        /** {@code (x - mean) / sd}, sd divided by n. */
        STANDARD
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaleSettings that && features == that.features && target == that.target;
    }

    @Override
    public int hashCode() {
        return Objects.hash(features, target);
    }
}
