package dev.ablate.core.training;

import dev.ablate.core.option.ReadBy;
import java.util.List;
import java.util.Optional;

/**
 * Where one dense layer of several starts. In YAML {@code { weights: [[0.1, 0.2], [0.3, 0.4]], bias: [0, 0] }}.
 *
 * @param weights from input {@code i} to unit {@code k}, {@code [inputs][units]}; finite
 * @param bias one a unit, {@code [units]}; finite; empty if none was given
 */
@ReadBy(InitialLayerType.class)
public record InitialLayer(List<List<Double>> weights, Optional<List<Double>> bias) {

    /**
     * Copies its lists; what is wrong is reported as the end of a sentence about the layer.
     *
     * @throws IllegalArgumentException if there is no input or no unit, or the rows of weights or the bias differ in length
     */
    public InitialLayer {
        weights = weights.stream().map(List::copyOf).toList();
        bias = bias.map(List::copyOf);
        if (weights.isEmpty() || weights.get(0).isEmpty()) {
            throw new IllegalArgumentException("must have an input and a unit");
        }
        int units = weights.get(0).size();
        for (List<Double> input : weights) {
            if (input.size() != units) {
                throw new IllegalArgumentException("must have one weight to each unit from every input; " + units
                        + " stand for one input, " + input.size() + " for another");
            }
        }
        if (bias.isPresent() && bias.get().size() != units) {
            throw new IllegalArgumentException("must have one bias for each unit: " + units + ", not "
                    + bias.get().size());
        }
    }

    /** Number of inputs, at least 1. */
    public int inputs() {
        return weights.size();
    }

    /** Number of units, at least 1. */
    public int units() {
        return weights.get(0).size();
    }
}
