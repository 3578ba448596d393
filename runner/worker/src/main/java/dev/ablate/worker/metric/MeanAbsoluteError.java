package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code mae = sum of |p - t| / n}, in the target's unit. */
final class MeanAbsoluteError implements Metric {

    @Override
    public Optional<Goal> goal() {
        return Optional.of(Goal.MINIMIZE);
    }

    @Override
    public MetricRange range() {
        return MetricRange.FROM_0;
    }

    @Override
    public double resolution(double largestTarget, int rows) {
        return ROUNDING * largestTarget;
    }

    @Override
    public TrivialAnswer trivialAnswer() {
        return TrivialAnswer.MEDIAN;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of(answers.absolute() / answers.rows());
    }
}
