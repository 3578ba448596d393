package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import dev.ablate.trainers.kernel.Formula;

/** What the chain rule takes for the derivative of the answer {@code o} by the weighted sum {@code z}. */
public enum Gradient {

    /** The derivative of the activation; of the sigmoid {@code o (1 - o)}. */
    EXACT {
        @Override
        Formula formula(Activation activation, Loss loss) {
            return Formula.of(activation, loss);
        }
    },

    /**
     * {@code s (1 - s)} with {@code s = sigmoid(o)}: the sigmoid's derivative at a value that went through the sigmoid
     * already.
     *
     * <p>The programs of Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail", compute
     * this, although their derivation is exact. It is always between 0.196 and 0.25, so that a neuron never slows down
     * where it is sure; kept to get their figures.
     */
    AS_PUBLISHED {
        @Override
        Formula formula(Activation activation, Loss loss) {
            return new AsPublished(activation, loss);
        }
    };

    abstract Formula formula(Activation activation, Loss loss);

    private record AsPublished(Activation activation, Loss loss) implements Formula {

        @Override
        public double slope(double z, double answer) {
            return activation.slope(answer, activation.of(answer));
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            activation.of(answers, slopes, count);
            activation.slopes(answers, slopes, slopes, count);
        }
    }
}
