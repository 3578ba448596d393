package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient descent through layers: the chain rule, applied from the last layer back to the first.
 *
 * <p>Every neuron is to know {@code dE/dz}, how the error changes with its weighted sum {@code z}. For the last one it is
 * {@code dE/do * do/dz}, the loss's slope times the activation's, as for a neuron alone. For one before it {@code dE/do} is not
 * the loss's: its answer reaches the error through all neurons that it feeds, so {@code dE/do} is the sum of their
 * {@code dE/dz}, each times the weight between. From there it is the same everywhere: {@code dz/dw} is the weight's input and
 * {@code dz/db} is 1, so {@code w -= rate * sum over rows of dE/dz * input}. All rows of a batch see the same weights.
 *
 * <p>With {@code l2} the error has {@code l2 / 2} times the sum of squared weights added, of which the slope is
 * {@code l2 * w}: every update takes each weight a little nearer to 0. Biases are left alone.
 *
 * <p>Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", Nature 323 (1986),
 * doi:10.1038/323533a0.
 */
final class Backpropagation {

    private final List<Neurons> layers;
    private final boolean biased;
    private final Forward forward;
    private final Matrix rows;
    private final double[] targets;
    private final Loss loss;
    private final double rate;
    private final double l2;
    private final MlpWatcher watcher;

    // made once, so that an update allocates nothing

    private final Slopes slopes;

    /** The sum over the batch for each weight, {@code [layers]} of {@code [inputs][units]}. */
    private final double[][][] weightSums;

    /** The sum over the batch for each bias, {@code [layers]} of {@code [units]}. */
    private final double[][] biasSums;

    Backpropagation(MlpOptions options, Examples examples, MlpNetwork network, MlpWatcher watcher) {
        this.layers = network.neurons();
        this.biased = network.biased();
        this.forward = new Forward(network);
        this.rows = examples.rows();
        this.targets = examples.targets();
        this.loss = options.descent().loss();
        this.rate = options.descent().learningRate();
        this.l2 = options.layers().l2();
        this.watcher = watcher;
        this.slopes = new Slopes(layers);
        this.weightSums = new double[layers.size()][][];
        this.biasSums = new double[layers.size()][];
        for (int layer = 0; layer < layers.size(); layer++) {
            Neurons neurons = layers.get(layer);
            weightSums[layer] = new double[neurons.inputs()][neurons.units()];
            biasSums[layer] = new double[neurons.units()];
        }
    }

    /** Changes the weights and biases once, by the rows of the present batch. */
    void learnFrom(Batches batch) {
        forget();
        for (int k = 0; k < batch.size(); k++) {
            int row = batch.row(k);
            double answer = forward.answer(rows, row);
            back(loss.slope(answer - targets[row], batch.size()));
            gather();
            watcher.row(row, forward, slopes);
        }
        watcher.sums(weightSums, biasSums);
        descend();
    }

    private void forget() {
        for (int layer = 0; layer < layers.size(); layer++) {
            for (double[] sums : weightSums[layer]) {
                Arrays.fill(sums, 0);
            }
            Arrays.fill(biasSums[layer], 0);
        }
    }

    /** Finds {@code dE/dz} of every neuron for the row that just went forward, given {@code dE/do} of the last one. */
    private void back(double errorSlope) {
        int last = layers.size() - 1;
        slopes.set(last, 0, errorSlope, activationSlope(last, 0));
        for (int layer = last - 1; layer >= 0; layer--) {
            double[][] fed = layers.get(layer + 1).weights;
            for (int k = 0; k < fed.length; k++) {
                slopes.set(layer, k, sumOfProducts(fed[k], slopes.ofSum[layer + 1]), activationSlope(layer, k));
            }
        }
    }

    /** {@code do/dz} of unit {@code k} for the row that just went forward. */
    private double activationSlope(int layer, int k) {
        return layers.get(layer).activation.slope(forward.sums[layer][k], forward.inputs[layer + 1][k]);
    }

    /** Adds the row's share to the sums over the batch. */
    private void gather() {
        for (int layer = 0; layer < layers.size(); layer++) {
            double[] inputs = forward.inputs[layer];
            for (int i = 0; i < inputs.length; i++) {
                Neurons.addScaled(weightSums[layer][i], slopes.ofSum[layer], inputs[i]);
            }
            Neurons.addScaled(biasSums[layer], slopes.ofSum[layer], 1);
        }
    }

    private void descend() {
        for (int layer = 0; layer < layers.size(); layer++) {
            Neurons neurons = layers.get(layer);
            for (int i = 0; i < neurons.inputs(); i++) {
                descend(neurons.weights[i], weightSums[layer][i]);
            }
            if (biased) {
                Neurons.addScaled(neurons.bias, biasSums[layer], -rate);
            }
        }
    }

    private void descend(double[] weights, double[] sums) {
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= rate * (sums[k] + l2 * weights[k]);
        }
    }

    private static double sumOfProducts(double[] some, double[] others) {
        double sum = 0;
        for (int k = 0; k < some.length; k++) {
            sum += some[k] * others[k];
        }
        return sum;
    }
}
