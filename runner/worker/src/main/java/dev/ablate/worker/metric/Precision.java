package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code precision}: of the rows that are decided to be of a class, the share that is of it; see {@link Confusion#macro}. */
final class Precision implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        Confusion confusion = Confusion.of(answers);
        return OptionalDouble.of(confusion.macro(confusion::precision));
    }
}
