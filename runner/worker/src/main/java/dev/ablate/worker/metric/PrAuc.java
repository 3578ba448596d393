package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code pr_auc}: the average precision over all thresholds, each class against the rest; absent where no row is of a class. */
final class PrAuc implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        return RankedClasses.of(answers).averagePrecision();
    }
}
