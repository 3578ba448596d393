package dev.ablate.engine.kinds;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/** The share of rows whose answer is within 1 of the target. */
final class WithinOne implements Metric {

    @Override
    public boolean fits(Task task) {
        return task == Task.REGRESSION;
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
        return TrivialAnswer.MEDIAN;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        int within = 0;
        for (int row = 0; row < answers.rows(); row++) {
            within += Math.abs(answers.answer(row) - answers.target(row)) <= 1 ? 1 : 0;
        }
        return OptionalDouble.of((double) within / answers.rows());
    }
}
