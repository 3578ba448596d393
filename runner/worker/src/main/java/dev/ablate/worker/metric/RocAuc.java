package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code roc_auc}: the area under the curve of true by false positives, each class against the rest; absent where a part has one class. */
final class RocAuc implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        return RankedClasses.of(answers).aboveOthers();
    }
}
