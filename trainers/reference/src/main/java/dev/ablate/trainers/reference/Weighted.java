package dev.ablate.trainers.reference;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.dense.Shape;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** One layer whose numbers are known: weighted sums of the features, biases if there are any, and an activation. */
final class Weighted implements Model {

    private final Shape shape;
    private final Layer layer;

    /** One a feature, {@code [k]} of {@code [d]}. */
    private final double[][] weights;

    /** {@code [k]}; 0 where there are none. */
    private final double[] biases;

    private Weighted(Shape shape, Layer layer) {
        this.shape = shape;
        this.layer = layer;
        this.biases = layer.bias().stream().mapToDouble(Double::doubleValue).toArray();
        this.weights = new double[shape.outputs()][shape.inputs(0)];
        for (int unit = 0; unit < weights.length; unit++) {
            for (int input = 0; input < weights[unit].length; input++) {
                weights[unit][input] = layer.weights().get(input).get(unit);
            }
        }
    }

    /**
     * A layer of these numbers.
     *
     * @param units of each number that a row is answered by: one a feature, then the bias if there is one
     */
    static Weighted of(Schema schema, double[][] units, boolean biased, Activation activation) {
        Shape shape = shape(schema, biased, activation);
        int width = shape.inputs(0);
        double[] weights = new double[width * units.length];
        double[] biases = new double[units.length];
        for (int unit = 0; unit < units.length; unit++) {
            for (int input = 0; input < width; input++) {
                weights[input * units.length + unit] = units[unit][input];
            }
            biases[unit] = biased ? units[unit][width] : 0;
        }
        return new Weighted(shape, shape.layer(0, weights, biases));
    }

    /**
     * The model that was {@linkplain #write written}.
     *
     * @throws IllegalArgumentException if its numbers are others than such a model has
     */
    static Weighted restored(Schema schema, boolean biased, Activation activation, InputStream in) throws IOException {
        Shape shape = shape(schema, biased, activation);
        return new Weighted(shape, shape.restored(Parameters.read(in)).get(0));
    }

    private static Shape shape(Schema schema, boolean biased, Activation activation) {
        int units = schema.outputs();
        return new Shape(
                schema.featureNames(),
                List.of(units),
                List.of(activation),
                biased,
                units == 1 ? List.of() : schema.classes());
    }

    @Override
    public void predict(Matrix rows, double[] answers) {
        shape.requireRows(rows, answers);
        double[] sums = new double[weights.length];
        double[] row = new double[weights.length];
        for (int index = 0; index < rows.size(); index++) {
            for (int unit = 0; unit < sums.length; unit++) {
                sums[unit] = rows.weightedSum(index, weights[unit], biases[unit]);
            }
            layer.activation().ofRow(sums, row, row.length);
            System.arraycopy(row, 0, answers, index * row.length, row.length);
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
        return List.of(layer);
    }
}
