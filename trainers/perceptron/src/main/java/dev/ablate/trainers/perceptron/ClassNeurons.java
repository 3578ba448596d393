package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A neuron for each of several classes, side by side; they change while their rule learns, and no more afterwards. */
final class ClassNeurons implements Model {

    private final Shape shape;

    /** {@code [classes]} of {@code [d]}. */
    final double[][] weights;

    /** One a class; they stay 0 where there are none. */
    final double[] biases;

    ClassNeurons(Shape shape, Layer start) {
        this.shape = shape;
        this.weights = new double[shape.outputs()][shape.inputs(0)];
        this.biases = new double[shape.outputs()];
        for (int k = 0; k < biases.length; k++) {
            for (int input = 0; input < weights[k].length; input++) {
                weights[k][input] = start.weights().get(input).get(k);
            }
            biases[k] = start.bias().get(k);
        }
    }

    boolean biased() {
        return shape.biased();
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        shape.requireRows(rows, answers);
        int classes = biases.length;
        double[] sums = new double[classes];
        double[] shares = new double[classes];
        for (int row = 0; row < rows.size(); row++) {
            for (int k = 0; k < classes; k++) {
                sums[k] = rows.weightedSum(row, weights[k], biases[k]);
            }
            shape.activations().get(0).ofRow(sums, shares, classes);
            System.arraycopy(shares, 0, answers, row * classes, classes);
        }
    }

    @Override
    public Map<String, Double> parameters() {
        return shape.parameters(layers());
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Parameters.write(parameters(), out);
    }

    @Override
    public List<Layer> layers() {
        return List.of(shape.layer(0, byInput(weights, shape.inputs(0)), biases));
    }

    /** Numbers of each class, {@code [classes]} of at least {@code [inputs]}, input by input: {@code [inputs * classes]}. */
    static double[] byInput(double[][] numbers, int inputs) {
        double[] turned = new double[inputs * numbers.length];
        for (int input = 0; input < inputs; input++) {
            for (int k = 0; k < numbers.length; k++) {
                turned[input * numbers.length + k] = numbers[k][input];
            }
        }
        return turned;
    }
}
