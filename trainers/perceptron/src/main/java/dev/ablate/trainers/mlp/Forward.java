package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Matrix;
import java.util.List;

/** One row on its way through a network: made once for many rows, so that a row allocates nothing. */
final class Forward {

    private final List<Neurons> layers;

    /** What each layer weighs, and at the end what the last one answers: {@code [layers + 1]} of {@code [inputs]}. */
    final double[][] inputs;

    /** Each layer's weighted sums {@code z}, {@code [layers]} of {@code [units]}. */
    final double[][] sums;

    Forward(List<Neurons> layers) {
        this.layers = layers;
        this.inputs = new double[layers.size() + 1][];
        this.sums = new double[layers.size()][];
        for (int layer = 0; layer < layers.size(); layer++) {
            Neurons neurons = layers.get(layer);
            inputs[layer] = new double[neurons.inputs()];
            inputs[layer + 1] = new double[neurons.units()];
            sums[layer] = new double[neurons.units()];
        }
    }

    /** What the network answers to a row (from 0), a number for each unit of the last layer; valid until the next row. */
    double[] answer(Matrix rows, int row) {
        rows.copyRow(row, inputs[0]);
        for (int layer = 0; layer < sums.length; layer++) {
            Neurons neurons = layers.get(layer);
            neurons.weigh(inputs[layer], sums[layer]);
            neurons.activation.ofRow(sums[layer], inputs[layer + 1], neurons.units());
        }
        return inputs[sums.length];
    }
}
