package dev.ablate.trainers.kernel;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;

/**
 * What becomes of a weighted sum.
 *
 * @param activation answers it
 * @param slopes what the chain rule takes for the derivative of the answer by the sum
 * @param loss of the answer beside the target
 */
public record Formula(Activation activation, AnswerSlopes slopes, Loss loss) {

    /** Derivatives of many answers by their weighted sums. */
    @FunctionalInterface
    public interface AnswerSlopes {

        /**
         * Finds them.
         *
         * @param sums the weighted sums
         * @param answers the answers to them
         * @param slopes where the derivatives go
         * @param count how many, from the first on
         */
        void of(double[] sums, double[] answers, double[] slopes, int count);
    }
}
