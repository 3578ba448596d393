package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.OptionalDouble;

/** {@code mse = sum of (p - t)^2 / n}, in the square of the target's unit. */
final class MeanSquaredError implements SquaredErrors {

    @Override
    public double resolution(double largestTarget, int rows) {
        double error = ROUNDING * largestTarget;
        return error * error;
    }

    @Override
    public OptionalDouble of(Answers answers) {
        return OptionalDouble.of(answers.squares() / answers.rows());
    }
}
