package dev.ablate.engine.compare.source;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.tracking.LoggedRun;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * Which of a metric's values counts, where a program logged several.
 *
 * @param kind which one
 * @param step where {@code kind} is {@link Kind#STEP}, which step
 */
public record At(Kind kind, long step) {

    /** Which value counts. */
    public enum Kind {
        /** The last one. */
        LAST,
        /** The least or greatest one, as the metric's goal has it. */
        BEST,
        /** The one of a step. */
        STEP
    }

    /** The usual one. */
    public static final At LAST = new At(Kind.LAST, 0);

    /**
     * As a person types it: {@code last}, {@code best}, or a step.
     *
     * @throws RequestException if it is none of these
     */
    public static At of(String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return new At(Kind.STEP, Long.parseLong(text));
        }
        return switch (text) {
            case "last" -> LAST;
            case "best" -> new At(Kind.BEST, 0);
            default -> throw new RequestException("--at must be last, best or a step, got '" + text + "'");
        };
    }

    /** Whether it takes all values of a metric to know. */
    boolean needsHistory() {
        return kind != Kind.LAST;
    }

    /** The value that counts; NaN where there is none. */
    double of(List<LoggedRun.Value> history, Goal goal) {
        Predicate<LoggedRun.Value> counts = value -> kind != Kind.STEP || value.step() == step;
        DoubleStream values = history.stream()
                .filter(counts)
                .mapToDouble(LoggedRun.Value::value)
                .filter(value -> kind != Kind.BEST || !Double.isNaN(value));
        return switch (kind) {
            case BEST -> (goal == Goal.MINIMIZE ? values.min() : values.max()).orElse(Double.NaN);
            case LAST, STEP -> values.reduce((earlier, later) -> later).orElse(Double.NaN);
        };
    }

    /** {@code last}, {@code best} or {@code step 100}. */
    public String inWords() {
        return switch (kind) {
            case LAST -> "last";
            case BEST -> "best";
            case STEP -> "step " + step;
        };
    }
}
