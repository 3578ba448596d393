package dev.ablate.trainers.mlp;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The neurons of one layer, which all weigh the same inputs. */
final class Neurons {

    /** From input {@code i} to unit {@code k}, {@code [inputs][units]}: all that an input feeds lie side by side. */
    final double[][] weights;

    /** One a unit; they stay 0 where there are none. */
    final double[] bias;

    final Activation activation;

    Neurons(Layer start) {
        this.weights = start.weights().stream().map(Neurons::array).toArray(double[][]::new);
        this.bias = array(start.bias());
        this.activation = start.activation();
    }

    int inputs() {
        return weights.length;
    }

    int units() {
        return bias.length;
    }

    /**
     * Weighs one row of inputs and answers it.
     *
     * @param inputs {@code [inputs]}
     * @param sums where the weighted sums {@code z} go, {@code [units]}
     * @param answers where the answers {@code o} go, {@code [units]}
     */
    void answer(double[] inputs, double[] sums, double[] answers) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < inputs.length; i++) {
            addScaled(sums, weights[i], inputs[i]);
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] += bias[k];
            answers[k] = activation.of(sums[k]);
        }
    }

    /** Adds {@code factor * row} to the sums: the loop in which the time goes, in a form that the compiler turns into vectors. */
    static void addScaled(double[] sums, double[] row, double factor) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += row[k] * factor;
        }
    }

    /** The layer as it is now. */
    Layer asLayer() {
        return new Layer(Arrays.stream(weights).map(Neurons::list).toList(), list(bias), activation);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> list(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }
}
