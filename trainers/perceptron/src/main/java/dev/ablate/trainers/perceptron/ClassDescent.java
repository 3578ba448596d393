package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batches;
import dev.ablate.trainers.kernel.ClassGradient;

/**
 * Gradient descent of a neuron for each class: {@code w -= rate * sum over rows of dE/dz * dz/dw}.
 *
 * <p>{@code dE/dz} is the slope of softmax and cross-entropy together, {@code dz/dw} the row itself, and 1 for the bias. All rows of a
 * batch see the same weights.
 */
final class ClassDescent implements Rule {

    private final ClassNeurons neurons;
    private final double rate;
    private final Watcher watcher;
    private final ClassGradient gradient;

    /** The sum over the batch for each weight of each class, then for its bias; made once, so that an update allocates nothing. */
    private final double[][] sums;

    ClassDescent(PerceptronOptions options, Examples examples, ClassNeurons neurons, Watcher watcher) {
        this.neurons = neurons;
        this.rate = options.learningRate();
        this.watcher = watcher;
        int classes = neurons.biases.length;
        this.gradient = new ClassGradient(examples, classes, options.batch().orElseThrow(), options.order());
        this.sums = new double[classes][examples.width() + 1];
    }

    @Override
    public void learnFrom(Batches batch, boolean watched) {
        ClassGradient.Reader reader = watched
                ? (row, z, shares, pulls) -> watcher.classes(batch.row(row), z, shares, pulls)
                : ClassGradient.Reader.NOBODY;
        gradient.of(batch, neurons.weights, neurons.biases, sums, reader);
        if (watched) {
            watcher.gradient(ClassNeurons.byInput(sums, sums[0].length));
        }
        for (int k = 0; k < sums.length; k++) {
            descend(neurons.weights[k], sums[k], rate);
            if (neurons.biased()) {
                neurons.biases[k] -= rate * sums[k][sums[k].length - 1];
            }
        }
    }

    private static void descend(double[] weights, double[] sums, double rate) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= rate * sums[i];
        }
    }

    @Override
    public void close() {}
}
