package dev.ablate.trainers.mlp;

import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Layer;

/** Two neurons or more, side by side: an array has the weights from one input to all of them, {@code [inputs][units]}. */
final class ManyNeurons extends Neurons {

    ManyNeurons(Layer start) {
        super(start.weights().stream().map(Neurons::array).toArray(double[][]::new), start);
    }

    @Override
    int inputs() {
        return weights.length;
    }

    @Override
    double number(double[][] numbers, int input, int unit) {
        return numbers[input][unit];
    }

    @Override
    void weigh(double[] inputs, double[] sums) {
        System.arraycopy(bias, 0, sums, 0, sums.length);
        SumOfProducts.addAll(sums, weights, inputs, inputs.length);
    }

    @Override
    void passBack(double[] slopes, double[] before) {
        for (int input = 0; input < weights.length; input++) {
            before[input] = SumOfProducts.of(0, weights[input], slopes, 0);
        }
    }

    @Override
    void gather(double[][] inputs, double[][] slopes, int rows, double[] factors, double[][] sums) {
        for (int input = 0; input < sums.length; input++) {
            for (int row = 0; row < rows; row++) {
                factors[row] = inputs[row][input];
            }
            SumOfProducts.addAll(sums[input], slopes, factors, rows);
        }
    }
}
