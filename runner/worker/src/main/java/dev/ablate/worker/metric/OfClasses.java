package dev.ablate.worker.metric;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;

/** What is measured of classes alone, once a run has ended: to count or to sort all rows at every step takes as long as to learn. */
interface OfClasses extends Metric {

    @Override
    default boolean fits(Task task) {
        return task != Task.REGRESSION;
    }

    @Override
    default boolean atEveryStep(Task task) {
        return false;
    }

    @Override
    default Optional<Goal> goal() {
        return Optional.of(Goal.MAXIMIZE);
    }

    @Override
    default MetricRange range() {
        return MetricRange.SHARE;
    }

    @Override
    default double resolution(double largestTarget, int rows) {
        return ROUNDING;
    }

    @Override
    default TrivialAnswer trivialAnswer() {
        return TrivialAnswer.COMMONEST_CLASS;
    }
}
