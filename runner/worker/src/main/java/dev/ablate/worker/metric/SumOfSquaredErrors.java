package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code sse = sum of (p - t)^2}, in the square of the target's unit. */
final class SumOfSquaredErrors implements SquaredErrors {

    @Override
    public double resolution(double largestTarget, int rows) {
        double error = ROUNDING * largestTarget;
        return rows * error * error;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of(answers.squares());
    }
}
