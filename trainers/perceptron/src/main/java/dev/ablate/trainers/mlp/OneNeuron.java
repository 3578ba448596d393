package dev.ablate.trainers.mlp;

import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Layer;

/** One neuron alone, as the last layer is: its weights are an array, {@code [1][inputs]}. */
final class OneNeuron extends Neurons {

    OneNeuron(Layer start) {
        super(
                new double[][] {
                    start.weights().stream().mapToDouble(units -> units.get(0)).toArray()
                },
                start);
    }

    @Override
    int inputs() {
        return weights[0].length;
    }

    @Override
    double number(double[][] numbers, int input, int unit) {
        return numbers[unit][input];
    }

    @Override
    void weigh(double[] inputs, double[] sums) {
        sums[0] = SumOfProducts.of(bias[0], weights[0], inputs, 0);
    }

    @Override
    void passBack(double[] slopes, double[] before) {
        double slope = slopes[0];
        double[] own = weights[0];
        for (int input = 0; input < own.length; input++) {
            before[input] = slope * own[input];
        }
    }

    @Override
    void gather(double[][] inputs, double[][] slopes, int rows, double[] factors, double[][] sums) {
        for (int row = 0; row < rows; row++) {
            factors[row] = slopes[row][0];
        }
        SumOfProducts.addAll(sums[0], inputs, factors, rows);
    }
}
