package dev.ablate.trainers.mlp;

import java.util.List;

/** The chain rule's factors of one row, {@code [layers]} of {@code [units]}; made once, so that a row allocates nothing. */
final class Slopes {

    private final List<Neurons> layers;

    /** {@code dE/do}. */
    final double[][] ofError;

    /** {@code do/dz}. */
    final double[][] ofAnswer;

    /** {@code dE/dz}, the product of both. */
    final double[][] ofSum;

    Slopes(List<Neurons> layers) {
        this.layers = layers;
        ofError = each(layers);
        ofAnswer = each(layers);
        ofSum = each(layers);
    }

    /** Finds them of every neuron for a row that went forward, given {@code dE/do} of the last one. */
    void back(Forward forward, double errorSlope) {
        int last = layers.size() - 1;
        ofError[last][0] = errorSlope;
        multiply(last, forward);
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
