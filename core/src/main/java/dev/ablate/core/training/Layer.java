package dev.ablate.core.training;

import java.util.List;

/**
 * One dense layer: unit {@code k} answers {@code activation(sum over i of weights[i][k] * input[i] + bias[k])}; those of
 * {@link Activation#SOFTMAX} answer together.
 *
 * @param weights from input {@code i} to unit {@code k}, {@code [inputs][units]}
 * @param bias one a unit, {@code [units]}; all 0 where the layer has no bias
 * @param activation what is done to the weighted sum
 */
public record Layer(List<List<Double>> weights, List<Double> bias, Activation activation) {

    /**
     * Copies its lists.
     *
     * @throws IllegalArgumentException if there is no input, or an input does not have as many weights as there are units
     */
    public Layer {
        weights = weights.stream().map(List::copyOf).toList();
        bias = List.copyOf(bias);
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("a layer needs an input");
        }
        for (List<Double> input : weights) {
            if (input.size() != bias.size()) {
                throw new IllegalArgumentException(input.size() + " weights for " + bias.size() + " units");
            }
        }
    }
}
