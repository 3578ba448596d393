package dev.ablate.worker.metric;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.TrivialAnswer;
import java.util.Optional;

/** What is made of the sum of the squared errors alone. */
interface SquaredErrors extends Metric {

    @Override
    default Optional<Goal> goal() {
        return Optional.of(Goal.MINIMIZE);
    }

    @Override
    default MetricRange range() {
        return MetricRange.FROM_0;
    }

    @Override
    default TrivialAnswer trivialAnswer() {
        return TrivialAnswer.MEAN;
    }
}
