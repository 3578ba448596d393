package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batches;
import dev.ablate.trainers.kernel.BatchGradient;
import dev.ablate.trainers.kernel.Formula;

/**
 * Gradient descent: {@code w -= rate * sum over rows of dE/do * do/dz * dz/dw}.
 *
 * <p>{@code dE/do} is the loss's slope, {@code do/dz} the activation's, {@code dz/dw} the row itself, and 1 for the bias.
 * All rows of a batch see the same weights.
 */
final class Descent implements Rule {

    private final Neuron neuron;
    private final double rate;
    private final Watcher watcher;
    private final BatchGradient gradient;

    /** The sum over the batch for each weight, then for the bias, {@code [d + 1]}; made once, so that an update allocates nothing. */
    private final double[] sums;

    /**
     * @param threads how many find a gradient of all rows together
     */
    Descent(PerceptronOptions options, Examples examples, Neuron neuron, Watcher watcher, int threads) {
        this.neuron = neuron;
        this.rate = options.learningRate();
        this.watcher = watcher;
        Formula formula = options.gradient()
                .orElseThrow()
                .formula(options.activation(), options.loss().orElseThrow());
        this.gradient = BatchGradient.of(formula, examples, options.batch().orElseThrow(), options.order(), threads);
        this.sums = new double[examples.width() + 1];
    }

    @Override
    public void learnFrom(Batches batch, boolean watched) {
        BatchGradient.Reader reader = watched ? reader(batch) : BatchGradient.Reader.NOBODY;
        gradient.descend(batch, neuron.weights, neuron.bias, rate, sums, reader);
        if (watched) {
            watcher.gradient(sums);
        }
        if (neuron.biased()) {
            neuron.bias -= rate * sums[neuron.weights.length];
        }
    }

    private BatchGradient.Reader reader(Batches batch) {
        return (worked, from, count) -> {
            for (int k = 0; k < count; k++) {
                watcher.row(
                        batch.row(from + k),
                        worked.sum(k),
                        worked.answer(k),
                        worked.errorSlope(k),
                        worked.answerSlope(k));
            }
        };
    }

    @Override
    public void close() {
        gradient.close();
    }
}
