package dev.ablate.worker.metric;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code accuracy}: the share of rows whose class is the target; of classes alone. */
final class Accuracy implements Metric {

    @Override
    public boolean fits(Task task) {
        return task != Task.REGRESSION;
    }

    @Override
    public Optional<Goal> goal() {
        return Optional.of(Goal.MAXIMIZE);
    }

    @Override
    public MetricRange range() {
        return MetricRange.SHARE;
    }

    @Override
    public double resolution(double largestTarget, int rows) {
        return ROUNDING;
    }

    @Override
    public TrivialAnswer trivialAnswer() {
        return TrivialAnswer.COMMONEST_CLASS;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of((double) answers.right() / answers.rows());
    }
}
