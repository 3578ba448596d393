package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import java.util.Arrays;

/**
 * Gradient descent: {@code w -= rate * sum over rows of dE/do * do/dz * dz/dw}.
 *
 * <p>{@code dE/do} is the loss's slope, {@code do/dz} the activation's, {@code dz/dw} the row itself, and 1 for the bias.
 * All rows of a batch see the same weights.
 */
final class Descent implements Rule {

    private final Neuron neuron;
    private final Matrix rows;
    private final double[] targets;
    private final Activation activation;
    private final Loss loss;
    private final Gradient gradient;
    private final double rate;
    private final Watcher watcher;

    /** The sum over the batch for each weight, {@code [d]}; made once, so that an update allocates nothing. */
    private final double[] sums;

    Descent(PerceptronOptions options, Examples examples, Neuron neuron, Watcher watcher) {
        this.neuron = neuron;
        this.rows = examples.rows();
        this.targets = examples.targets();
        this.activation = options.activation();
        this.loss = options.loss().orElseThrow();
        this.gradient = options.gradient().orElseThrow();
        this.rate = options.learningRate();
        this.watcher = watcher;
        this.sums = new double[examples.width()];
    }

    @Override
    public void learnFrom(Batches batch) {
        Arrays.fill(sums, 0);
        double biasSum = 0;
        for (int k = 0; k < batch.size(); k++) {
            int row = batch.row(k);
            double z = neuron.sum(rows, row);
            double answer = neuron.answer(z);
            double outer = loss.slope(answer - targets[row], batch.size());
            double inner = gradient.slope(activation, z, answer);
            watcher.row(row, z, answer, outer, inner);
            double slope = outer * inner;
            rows.addRow(row, slope, sums);
            biasSum += slope;
        }
        watcher.gradient(sums, biasSum);
        for (int i = 0; i < sums.length; i++) {
            neuron.weights[i] -= rate * sums[i];
        }
        if (neuron.biased()) {
            neuron.bias -= rate * biasSum;
        }
    }
}
