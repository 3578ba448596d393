package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code rmse = square root of (sum of (p - t)^2 / n)}, in the target's unit. */
final class RootMeanSquaredError implements SquaredErrors {

    @Override
    public double resolution(double largestTarget, int rows) {
        return ROUNDING * largestTarget;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of(Math.sqrt(answers.squares() / answers.rows()));
    }
}
