package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code f1}: the harmonic mean of precision and recall of a class; see {@link Confusion#macro}. */
final class FScore implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        Confusion confusion = Confusion.of(answers);
        return OptionalDouble.of(confusion.macro(confusion::f1));
    }
}
