package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code recall}: of the rows of a class, the share that is decided to be of it; see {@link Confusion#macro}. */
final class Recall implements OfClasses {

    @Override
    public OptionalDouble of(Answers answers) {
        Confusion confusion = Confusion.of(answers);
        return OptionalDouble.of(confusion.macro(confusion::recall));
    }
}
