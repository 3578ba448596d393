package dev.ablate.worker.metric;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code log_loss}: the mean of {@code -log p} of the probability {@code p} that is answered to the class that is right, which counts as
 * at least 2^-52; absent where an answer is not a probability.
 */
final class LogLoss implements Metric {

    private static final double LEAST = 0x1p-52;

    @Override
    public boolean fits(Task task) {
        return task != Task.REGRESSION;
    }

    /** Of several classes it is what shows how learning goes, as the squared error does of two. */
    @Override
    public boolean atEveryStep(Task task) {
        return task == Task.CLASSES;
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
        return ROUNDING;
    }

    @Override
    public TrivialAnswer trivialAnswer() {
        return TrivialAnswer.MEAN;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        double sum = 0;
        for (int row = 0; row < answers.rows(); row++) {
            double probability = ofTarget(answers, row);
            if (!(probability >= 0 && probability <= 1)) {
                return OptionalDouble.empty();
            }
            sum -= StrictMath.log(Math.min(Math.max(probability, LEAST), 1 - LEAST));
        }
        return OptionalDouble.of(sum / answers.rows());
    }

    private static double ofTarget(Answers answers, int row) {
        int target = (int) answers.target(row);
        if (answers.perRow() > 1) {
            return answers.answer(row, target);
        }
        return target == 1 ? answers.answer(row) : 1 - answers.answer(row);
    }
}
