package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code r2 = 1 - sum of (p - t)^2 / sum of (t - mean t)^2}, without a unit; absent where all targets are equal.
 *
 * <p>The mean is that of the part that is measured: on a test part the mean of the training targets may have a value below 0.
 */
final class ExplainedSpread implements Metric {

    @Override
    public Optional<Goal> goal() {
        return Optional.of(Goal.MAXIMIZE);
    }

    @Override
    public MetricRange range() {
        return new MetricRange(Double.NEGATIVE_INFINITY, 1);
    }

    @Override
    public double resolution(double largestTarget, int rows) {
        return ROUNDING;
    }

    @Override
    public TrivialAnswer trivialAnswer() {
        return TrivialAnswer.MEAN;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return answers.spread() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - answers.squares() / answers.spread());
    }
}
