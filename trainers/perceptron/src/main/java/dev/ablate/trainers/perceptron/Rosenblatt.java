package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Batches;

/**
 * Rosenblatt's rule: {@code w += rate * (t - o) * x}, row by row, so that a row which is answered right changes nothing.
 *
 * <p>It finds a line between two classes in finitely many updates if there is one (Novikoff, "On convergence proofs on
 * perceptrons", 1962), and never comes to rest if there is none.
 */
final class Rosenblatt implements Rule {

    private final Neuron neuron;
    private final Matrix rows;
    private final double[] targets;
    private final double rate;
    private final Watcher watcher;

    Rosenblatt(PerceptronOptions options, Examples examples, Neuron neuron, Watcher watcher) {
        this.neuron = neuron;
        this.rows = examples.rows();
        this.targets = examples.targets();
        this.rate = options.learningRate();
        this.watcher = watcher;
    }

    @Override
    public void learnFrom(Batches batch, boolean watched) {
        for (int k = 0; k < batch.size(); k++) {
            int row = batch.row(k);
            double z = neuron.sum(rows, row);
            double answer = neuron.answer(z);
            double error = targets[row] - answer;
            if (watched) {
                watcher.row(row, z, answer, error, 1);
            }
            double step = rate * error;
            rows.addRow(row, step, neuron.weights);
            if (neuron.biased()) {
                neuron.bias += step;
            }
        }
    }

    @Override
    public void close() {}
}
