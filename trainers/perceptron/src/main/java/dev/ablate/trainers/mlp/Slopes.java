package dev.ablate.trainers.mlp;

import java.util.Arrays;
import java.util.List;

/** The chain rule's factors of one row, {@code [layers]} of {@code [units]}; made once, so that a row allocates nothing. */
final class Slopes {

    private final List<Neurons> layers;
    private final boolean bySum;

    /** {@code dE/do}; of the last layer {@code dE/dz} where the loss's slope is by the weighted sum. */
    final double[][] ofError;

    /** {@code do/dz}; of the last layer 1 where the loss's slope is by the weighted sum. */
    final double[][] ofAnswer;

    /** {@code dE/dz}, the product of both. */
    final double[][] ofSum;

    /**
     * @param bySum whether the loss's slope is by the weighted sum
     */
    Slopes(List<Neurons> layers, boolean bySum) {
        this.layers = layers;
        this.bySum = bySum;
        ofError = each(layers);
        ofAnswer = each(layers);
        ofSum = each(layers);
    }

    /** Finds them of every neuron for a row that went forward, given {@link #ofError} of the last layer. */
    void back(Forward forward) {
        int last = layers.size() - 1;
        if (bySum) {
            Arrays.fill(ofAnswer[last], 1);
            System.arraycopy(ofError[last], 0, ofSum[last], 0, ofSum[last].length);
        } else {
            multiply(last, forward);
        }
        for (int layer = last - 1; layer >= 0; layer--) {
            layers.get(layer + 1).passBack(ofSum[layer + 1], ofError[layer]);
            multiply(layer, forward);
        }
    }

    private void multiply(int layer, Forward forward) {
        double[] slopes = ofAnswer[layer];
        layers.get(layer).activation.slopes(forward.sums[layer], forward.inputs[layer + 1], slopes, slopes.length);
        multiply(ofError[layer], slopes, ofSum[layer]);
    }

    private static void multiply(double[] some, double[] others, double[] products) {
        for (int k = 0; k < products.length; k++) {
            products[k] = some[k] * others[k];
        }
    }

    private static double[][] each(List<Neurons> layers) {
        return layers.stream().map(neurons -> new double[neurons.units()]).toArray(double[][]::new);
    }
}
