package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code error_sum = sum of (p - t)}, signed, in the target's unit, as Shukla and Iriondo print it; it has no goal. */
final class ErrorSum implements Metric {

    @Override
    public Optional<Goal> goal() {
        return Optional.empty();
    }

    @Override
    public MetricRange range() {
        return MetricRange.ANY;
    }

    @Override
    public double resolution(double largestTarget, int rows) {
        double error = ROUNDING * largestTarget;
        return rows * error;
    }

    @Override
    public TrivialAnswer trivialAnswer() {
        return TrivialAnswer.MEAN;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of(answers.signed());
    }
}
