package dev.ablate.worker.metric;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code medae}: the median of the absolute errors, in the target's unit; of an even number the mean of the middle two. */
final class MedianAbsoluteError implements Metric {

    @Override
    public boolean fits(Task task) {
        return task == Task.REGRESSION;
    }

    @Override
    public boolean atEveryStep(Task task) {
        return false;
    }

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
        double[] errors = new double[answers.rows()];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = Math.abs(answers.answer(row) - answers.target(row));
        }
        Arrays.sort(errors);
        double low = errors[(errors.length - 1) / 2];
        double high = errors[errors.length / 2];
        return OptionalDouble.of(low + (high - low) / 2);
    }
}
