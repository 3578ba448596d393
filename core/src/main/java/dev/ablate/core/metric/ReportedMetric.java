package dev.ablate.core.metric;

import java.util.Objects;
import java.util.Optional;

/**
 * A metric that a trainer measures itself and reports with {@link dev.ablate.core.training.Training#report}.
 *
 * <p>It has no part of the data: it is called by its name alone wherever metrics are named.
 *
 * @param name lower-case words joined by {@code _}, such as {@code validation_loss}; no metric of a plugin has it
 * @param goal which way is better; empty if neither is by its nature, so that a spec that compares it must say
 * @param range where all its values are
 * @param resolution the smallest difference of two values that is more than rounding; 0 or more, and finite
 * @param help what it is, one line without a full stop
 */
public record ReportedMetric(String name, Optional<Goal> goal, MetricRange range, double resolution, String help) {

    /**
     * @throws IllegalArgumentException if the name, the resolution or the line of help is not as said above
     */
    public ReportedMetric {
        // a plugin is not compiled with our checks
        Objects.requireNonNull(name, "a metric's name is null");
        Objects.requireNonNull(goal, "the goal of metric " + name + " is null");
        Objects.requireNonNull(range, "the range of metric " + name + " is null");
        Objects.requireNonNull(help, "the line of help of metric " + name + " is null");
        Metric.requireName(name);
        if (!(resolution >= 0) || Double.isInfinite(resolution)) {
            throw new IllegalArgumentException(
                    "the resolution of metric " + name + " must be 0 or more, and finite; got " + resolution);
        }
        if (help.isBlank() || help.contains("\n")) {
            throw new IllegalArgumentException("the help of metric " + name + " must be one line");
        }
    }
}
