package dev.ablate.trainers.dl4j;

import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where a network's weights and biases start.
 *
 * <p>Drawn weights come from {@code init.weights} layer by layer, in it input by input, and of an input unit by unit; drawn
 * biases from {@code init.bias} layer by layer. So one neuron starts where the perceptron does.
 */
final class Start {

    private final Dl4jOptions options;
    private final Shape shape;
    private final Training training;

    Start(Dl4jOptions options, Shape shape, Training training) {
        this.options = options;
        this.shape = shape;
        this.training = training;
    }

    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            layers.add(
                    options.initialLayers().isPresent()
                            ? given(layer, options.initialLayers().get().get(layer))
                            : drawn(layer, options.initialWeights().orElseThrow()));
        }
        return layers;
    }

    private Layer given(int layer, InitialLayer initial) {
        List<Double> bias = initial.bias().orElseGet(() -> Collections.nCopies(initial.units(), 0.0));
        return new Layer(initial.weights(), bias, shape.activations().get(layer));
    }

    private Layer drawn(int layer, Initial initial) {
        int units = shape.units().get(layer);
        double[] weights = initial.numbers(shape.inputs(layer) * units, () -> training.random("init.weights"));
        return shape.layer(layer, weights, bias(units, initial));
    }

    private double[] bias(int units, Initial initial) {
        if (!shape.biased()) {
            return new double[0];
        }
        if (options.initialBias().isPresent()) {
            double[] bias = new double[units];
            Arrays.fill(bias, options.initialBias().get());
            return bias;
        }
        return initial.numbers(units, () -> training.random("init.bias"));
    }
}
