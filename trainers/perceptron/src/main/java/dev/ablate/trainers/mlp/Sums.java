package dev.ablate.trainers.mlp;

import java.util.Arrays;
import java.util.List;

/** The gradient as it is summed up: a number for each weight and each bias. */
final class Sums {

    /** {@code [layers]} of the form of each layer's weights. */
    final double[][][] weights;

    /** {@code [layers]} of {@code [units]}. */
    final double[][] biases;

    Sums(List<Neurons> layers) {
        this.weights = layers.stream()
                .map(layer -> new double[layer.weights.length][layer.weights[0].length])
                .toArray(double[][][]::new);
        this.biases = layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
    }

    void clear() {
        for (double[][] layer : weights) {
            for (double[] row : layer) {
                Arrays.fill(row, 0);
            }
        }
        for (double[] layer : biases) {
            Arrays.fill(layer, 0);
        }
    }

    /** Takes over the numbers of others. */
    void set(Sums others) {
        for (int layer = 0; layer < weights.length; layer++) {
            for (int i = 0; i < weights[layer].length; i++) {
                System.arraycopy(others.weights[layer][i], 0, weights[layer][i], 0, weights[layer][i].length);
            }
            System.arraycopy(others.biases[layer], 0, biases[layer], 0, biases[layer].length);
        }
    }

    /** Adds the numbers of others. */
    void add(Sums others) {
        for (int layer = 0; layer < weights.length; layer++) {
            for (int i = 0; i < weights[layer].length; i++) {
                add(weights[layer][i], others.weights[layer][i]);
            }
            add(biases[layer], others.biases[layer]);
        }
    }

    private static void add(double[] sums, double[] others) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += others[k];
        }
    }
}
