package dev.ablate.engine.model;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import java.util.List;

/** Dense layers that answer by themselves, without the trainer that they are from. */
final class DenseModel {

    /** From input {@code i} to unit {@code k}, {@code [layers]} of {@code [inputs][units]}. */
    private final double[][][] weights;

    /** {@code [layers]} of {@code [units]}. */
    private final double[][] bias;

    private final List<Activation> activations;

    /** What a step answers to a weighted sum of exactly 0. */
    private final double tie;

    DenseModel(List<Layer> layers, double tie) {
        this.weights = layers.stream()
                .map(layer -> layer.weights().stream().map(DenseModel::array).toArray(double[][]::new))
                .toArray(double[][][]::new);
        this.bias = layers.stream().map(layer -> array(layer.bias())).toArray(double[][]::new);
        this.activations = layers.stream().map(Layer::activation).toList();
        this.tie = tie;
    }

    /**
     * Answers rows.
     *
     * @param rows scaled, {@code [n, d]}
     * @param answers {@code [n]}
     */
    void predict(Matrix rows, double[] answers) {
        double[] inputs = new double[rows.width()];
        for (int row = 0; row < answers.length; row++) {
            rows.copyRow(row, inputs);
            answers[row] = answer(inputs);
        }
    }

    private double answer(double[] row) {
        double[] inputs = row;
        for (int layer = 0; layer < weights.length; layer++) {
            // as trainers of dense layers add up, so that the last bit is theirs
            double[] sums = bias[layer].clone();
            SumOfProducts.addAll(sums, weights[layer], inputs, inputs.length);
            for (int k = 0; k < sums.length; k++) {
                sums[k] = activated(activations.get(layer), sums[k]);
            }
            inputs = sums;
        }
        return inputs[0];
    }

    private double activated(Activation activation, double sum) {
        return activation == Activation.STEP && sum == 0 ? tie : activation.of(sum);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
