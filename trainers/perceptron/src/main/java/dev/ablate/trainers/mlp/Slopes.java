package dev.ablate.trainers.mlp;

import java.util.List;

/** The chain rule's factors of one row, {@code [layers]} of {@code [units]}; made once, so that a row allocates nothing. */
final class Slopes {

    /** {@code dE/do}. */
    final double[][] ofError;

    /** {@code do/dz}. */
    final double[][] ofAnswer;

    /** {@code dE/dz}, the product of both. */
    final double[][] ofSum;

    Slopes(List<Neurons> layers) {
        ofError = each(layers);
        ofAnswer = each(layers);
        ofSum = each(layers);
    }

    /** Sets the factors of a neuron, and their product. */
    void set(int layer, int unit, double error, double answer) {
        ofError[layer][unit] = error;
        ofAnswer[layer][unit] = answer;
        ofSum[layer][unit] = error * answer;
    }

    private static double[][] each(List<Neurons> layers) {
        return layers.stream().map(neurons -> new double[neurons.units()]).toArray(double[][]::new);
    }
}
