package dev.ablate.trainers.mlp;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The neurons of one layer, which all weigh the same inputs.
 *
 * <p>Whatever is summed up is summed up as {@link dev.ablate.core.data.SumOfProducts} says, so that how weights lie in memory, which is
 * for speed, changes no bit.
 */
abstract class Neurons {

    /** In the form of the subclass; what is summed up for each weight has the same form. */
    final double[][] weights;

    /** One a unit; they stay 0 where there are none. */
    final double[] bias;

    final Activation activation;

    Neurons(double[][] weights, Layer start) {
        this.weights = weights;
        this.bias = array(start.bias());
        this.activation = start.activation();
    }

    /** The neurons that begin with these weights. */
    static Neurons of(Layer start) {
        return start.bias().size() == 1 ? new OneNeuron(start) : new ManyNeurons(start);
    }

    abstract int inputs();

    final int units() {
        return bias.length;
    }

    /** The number of a weight, of numbers in the form of {@link #weights}. */
    abstract double number(double[][] numbers, int input, int unit);

    /**
     * Weighs one row of inputs.
     *
     * @param inputs {@code [inputs]}
     * @param sums where the weighted sums {@code z} go, {@code [units]}
     */
    abstract void weigh(double[] inputs, double[] sums);

    /**
     * Finds {@code dE/do} of the neurons before: the sum of {@code dE/dz} of those that they feed, each times the weight between.
     *
     * @param slopes {@code dE/dz} of these neurons, {@code [units]}
     * @param before where it goes, {@code [inputs]}
     */
    abstract void passBack(double[] slopes, double[] before);

    /**
     * Adds the shares of some rows to the sum of each weight.
     *
     * @param inputs what the rows brought, at least {@code rows} of {@code [inputs]}
     * @param slopes their {@code dE/dz}, at least {@code rows} of {@code [units]}
     * @param factors room for a number a row
     * @param sums in the form of {@link #weights}
     */
    abstract void gather(double[][] inputs, double[][] slopes, int rows, double[] factors, double[][] sums);

    /** The layer as it is now. */
    final Layer asLayer() {
        List<List<Double>> byInput = IntStream.range(0, inputs())
                .mapToObj(input -> IntStream.range(0, units())
                        .mapToObj(unit -> number(weights, input, unit))
                        .toList())
                .toList();
        return new Layer(
                byInput,
                IntStream.range(0, units()).mapToObj(unit -> bias[unit]).toList(),
                activation);
    }

    static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
