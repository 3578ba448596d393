package dev.ablate.trainers.kernel;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import java.util.Arrays;

/** What becomes of a weighted sum. */
public interface Formula {

    /** What answers it. */
    Activation activation();

    /** Of the answer beside the target. */
    Loss loss();

    /** What the chain rule takes for the derivative of the answer by the weighted sum {@code z}. */
    double slope(double z, double answer);

    /**
     * The {@link #slope} of many, each to the bit.
     *
     * @param sums the weighted sums
     * @param answers the answers to them
     * @param slopes where the derivatives go: another array
     * @param count how many, from the first on
     */
    void slopes(double[] sums, double[] answers, double[] slopes, int count);

    /** With the derivative of the activation, or where the loss's slope is by the weighted sum with none. */
    static Formula of(Activation activation, Loss loss) {
        return loss.isBySum() ? new BySum(activation, loss) : new Exact(activation, loss);
    }

    /** With 1, as the slope of the loss is by the weighted sum itself. */
    record BySum(Activation activation, Loss loss) implements Formula {

        @Override
        public double slope(double z, double answer) {
            return 1;
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            Arrays.fill(slopes, 0, count, 1);
        }
    }

    /** With the derivative of the activation. */
    record Exact(Activation activation, Loss loss) implements Formula {

        @Override
        public double slope(double z, double answer) {
            return activation.slope(z, answer);
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            activation.slopes(sums, answers, slopes, count);
        }
    }
}
