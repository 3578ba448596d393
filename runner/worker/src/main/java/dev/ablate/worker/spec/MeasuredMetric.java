package dev.ablate.worker.spec;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A metric as runs have it, such as {@code train/mse}: on one part of the data, or a trainer's own, which has no part.
 *
 * @param name what is measured: {@code mse}, or {@code validation_loss}
 * @param part where it is measured; empty if the trainer reports it
 */
public record MeasuredMetric(String name, Optional<Part> part) {

    /** The name of the mean squared error, which every target has but that of three classes and more. */
    public static final String MSE = "mse";

    /** The name of the share of a class's rows that are classified right. */
    public static final String RECALL = "recall";

    /** The name of the mean logarithm of what is answered to the right class, which every class has. */
    public static final String LOG_LOSS = "log_loss";

    /** The name of the share of rows that are classified right. */
    public static final String ACCURACY = "accuracy";

    /** A part of the data. */
    public enum Part {
        /** The rows that the trainer sees. */
        TRAIN,
        /** The rows held back to stop and to choose by. */
        VALIDATION,
        /** The rows held back to judge by. */
        TEST;

        /** What a metric's name begins with: {@code train/}. */
        public String prefix() {
            return name().toLowerCase(Locale.ROOT) + "/";
        }
    }

    /** A metric on a part of the data. */
    public static MeasuredMetric of(Part part, String name) {
        return new MeasuredMetric(name, Optional.of(part));
    }

    /** A metric that trainers report. */
    public static MeasuredMetric reported(String name) {
        return new MeasuredMetric(name, Optional.empty());
    }

    /** {@code train/mse}: the name in specs and in every output. */
    @Override
    public String toString() {
        return part.map(Part::prefix).orElse("") + name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeasuredMetric that && name.equals(that.name) && part.equals(that.part);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, part);
    }
}
