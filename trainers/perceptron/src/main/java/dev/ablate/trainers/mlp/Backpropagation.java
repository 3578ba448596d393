package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import dev.ablate.trainers.kernel.BatchGradient;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient descent through layers: the chain rule, applied from the last layer back to the first.
 *
 * <p>Every neuron is to know {@code dE/dz}, how the error changes with its weighted sum {@code z}. For the last one it is
 * {@code dE/do * do/dz}, the loss's slope times the activation's, as for a neuron alone; where several answer, as a class each, it is
 * that for each. For one before it {@code dE/do} is not
 * the loss's: its answer reaches the error through all neurons that it feeds, so {@code dE/do} is the sum of their
 * {@code dE/dz}, each times the weight between. From there it is the same everywhere: {@code dz/dw} is the weight's input and
 * {@code dz/db} is 1, so {@code w -= rate * sum over rows of dE/dz * input}. All rows of a batch see the same weights.
 *
 * <p>Rows go forward and back one by one, some of them before their shares are added to the sums together. The sums of 512 rows are
 * made on their own, as those of one neuron are, so that without hidden layers this is one neuron to the bit.
 *
 * <p>With {@code l2} the error has {@code l2 / 2} times the sum of squared weights added, of which the slope is
 * {@code l2 * w}: every update takes each weight a little nearer to 0. Biases are left alone.
 *
 * <p>Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", Nature 323 (1986),
 * doi:10.1038/323533a0.
 */
final class Backpropagation {

    /** Rows whose shares are added together: a multiple of four, and few enough for the first cache. */
    private static final int TOGETHER = 32;

    private final List<Neurons> layers;
    private final boolean biased;
    private final Matrix rows;
    private final double[] targets;
    private final Loss loss;
    private final double rate;
    private final double l2;
    private final MlpWatcher watcher;

    // made once, so that an update allocates nothing

    /** One for each of the rows that go together. */
    private final Forward[] forward;

    private final Slopes[] slopes;

    /** What each layer is fed by the rows that go together, {@code [layers][rows]} of {@code [inputs]}: parts of {@link #forward}. */
    private final double[][][] inputs;

    /** Their {@code dE/dz}, {@code [layers][rows]} of {@code [units]}: parts of {@link #slopes}. */
    private final double[][][] pulls;

    private final double[] factors;
    private final double[] ones;

    /** Of up to 512 rows. */
    private final Sums tile;

    /** Of more; where no batch has more, the same. */
    private final Sums all;

    /**
     * @param most how many rows a batch may have
     */
    Backpropagation(MlpOptions options, Examples examples, MlpNetwork network, int most, MlpWatcher watcher) {
        this.layers = network.neurons();
        this.biased = network.biased();
        this.rows = examples.rows();
        this.targets = examples.targets();
        this.loss = options.descent().loss();
        this.rate = options.descent().learningRate();
        this.l2 = options.layers().l2();
        this.watcher = watcher;
        int together = Math.min(most, TOGETHER);
        this.forward = new Forward[together];
        this.slopes = new Slopes[together];
        this.inputs = new double[layers.size()][together][];
        this.pulls = new double[layers.size()][together][];
        for (int k = 0; k < together; k++) {
            forward[k] = new Forward(layers);
            slopes[k] = new Slopes(layers, loss.isBySum());
            for (int layer = 0; layer < layers.size(); layer++) {
                inputs[layer][k] = forward[k].inputs[layer];
                pulls[layer][k] = slopes[k].ofSum[layer];
            }
        }
        this.factors = new double[together];
        this.ones = new double[together];
        Arrays.fill(ones, 1);
        this.tile = new Sums(layers);
        this.all = most > BatchGradient.TILE ? new Sums(layers) : tile;
    }

    /**
     * Changes the weights and biases once, by the rows of the present batch.
     *
     * @param watched whether the watcher wants to see how
     */
    void learnFrom(Batches batch, boolean watched) {
        double errorFactor = loss.factor(batch.size());
        for (int from = 0; from < batch.size(); from += BatchGradient.TILE) {
            int to = Math.min(from + BatchGradient.TILE, batch.size());
            tile.clear();
            for (int k = from; k < to; k += TOGETHER) {
                gather(batch, k, Math.min(TOGETHER, to - k), errorFactor, watched);
            }
            if (all != tile && from == 0) {
                all.set(tile);
            } else if (all != tile) {
                all.add(tile);
            }
        }
        if (watched) {
            watcher.sums(all);
        }
        descend();
    }

    /** Adds the shares of some rows to the sums. */
    private void gather(Batches batch, int from, int count, double errorFactor, boolean watched) {
        for (int k = 0; k < count; k++) {
            int row = batch.row(from + k);
            double[] answers = forward[k].answer(rows, row);
            errors(answers, targets[row], errorFactor, slopes[k].ofError[layers.size() - 1]);
            slopes[k].back(forward[k]);
            if (watched) {
                watcher.row(row, forward[k], slopes[k]);
            }
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            layers.get(layer).gather(inputs[layer], pulls[layer], count, factors, tile.weights[layer]);
            SumOfProducts.addAll(tile.biases[layer], pulls[layer], ones, count);
        }
    }

    /** How the loss rises with each answer: of several classes a target is 1 for its own, and 0 for the others. */
    private static void errors(double[] answers, double target, double factor, double[] slopes) {
        if (answers.length == 1) {
            slopes[0] = factor * (answers[0] - target);
            return;
        }
        for (int k = 0; k < answers.length; k++) {
            slopes[k] = factor * (answers[k] - (k == target ? 1 : 0));
        }
    }

    private void descend() {
        for (int layer = 0; layer < layers.size(); layer++) {
            Neurons neurons = layers.get(layer);
            for (int i = 0; i < neurons.weights.length; i++) {
                descend(neurons.weights[i], all.weights[layer][i], rate, l2);
            }
            if (biased) {
                descend(neurons.bias, all.biases[layer], rate);
            }
        }
    }

    private static void descend(double[] biases, double[] sums, double rate) {
        for (int k = 0; k < biases.length; k++) {
            biases[k] -= rate * sums[k];
        }
    }

    private static void descend(double[] weights, double[] sums, double rate, double l2) {
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= rate * (sums[k] + l2 * weights[k]);
        }
    }
}
