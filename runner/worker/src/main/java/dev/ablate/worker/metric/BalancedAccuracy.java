package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** {@code balanced_accuracy}: the mean of the recall of all classes that have rows. */
final class BalancedAccuracy implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        Confusion confusion = Confusion.of(answers);
        return IntStream.range(0, confusion.classes())
                .filter(k -> confusion.ofTarget(k) > 0)
                .mapToDouble(confusion::recall)
                .average();
    }
}
