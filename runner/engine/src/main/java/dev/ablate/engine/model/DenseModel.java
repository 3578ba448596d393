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
     * @param answers row-major, {@code [n * k]} with {@code k} units in the last layer
     */
    void predict(Matrix rows, double[] answers) {
        double[] inputs = new double[rows.width()];
        int outputs = bias[bias.length - 1].length;
        for (int row = 0; row < rows.size(); row++) {
            rows.copyRow(row, inputs);
            System.arraycopy(answer(inputs), 0, answers, row * outputs, outputs);
        }
    }

    private double[] answer(double[] row) {
        double[] inputs = row;
        for (int layer = 0; layer < weights.length; layer++) {
            // as trainers of dense layers add up, so that the last bit is theirs
            double[] sums = bias[layer].clone();
            SumOfProducts.addAll(sums, weights[layer], inputs, inputs.length);
            inputs = activated(activations.get(layer), sums);
        }
        return inputs;
    }

    private double[] activated(Activation activation, double[] sums) {
        double[] answers = new double[sums.length];
        activation.ofRow(sums, answers, sums.length);
        for (int k = 0; k < sums.length && activation == Activation.STEP; k++) {
            answers[k] = sums[k] == 0 ? tie : answers[k];
        }
        return answers;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
