package dev.ablate.core.dense;

import dev.ablate.core.data.Schema;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The options that say which dense layers there are and where they start: one word, one meaning, in every trainer that nests
 * them.
 *
 * <p>The constructor of a record that nests them asks here what does not fit and what is used where nothing was given:
 *
 * <pre>{@code
 * Refused.Reasons reasons = Refused.reasons();
 * layers.addMisfits(reasons);
 * reasons.throwIfAny();
 * layers = layers.filledIn();
 * }</pre>
 */
public record LayerOptions(
        @Option(help = "whether every weighted sum has a bias added", fallback = "true")
        boolean bias,

        @Option(
                help = "where the weights start: drawn, or a number for each feature if there is no hidden layer;"
                        + " of three classes or more one for each class, feature by feature",
                fallback = "{ normal: { sd: 1.0 } }")
        Optional<Initial> initialWeights,

        @Option(help = "where every bias starts; by default drawn like the weights where these are drawn, else 0")
        Optional<Double> initialBias,

        @Option(
                help = "units of each hidden layer, from the input on; empty: one neuron alone",
                fallback = "[]",
                atLeast = 1,
                atMost = 10_000)
        List<Integer> hidden,

        @Option(help = "what a hidden layer's units do to their weighted sums", fallback = "tanh")
        Optional<Activation> hiddenActivation,

        @Option(
                help = "adds half of it times the sum of squared weights, not biases, to the loss",
                fallback = "0",
                atLeast = 0)
        double l2,

        @Option(
                help = "where each layer starts: weights from input i to unit k at [i][k], and bias (0 if left out);"
                        + " excludes initial_weights and initial_bias")
        Optional<List<InitialLayer>> initialLayers) {

    /** Why a unit of a layer cannot be {@link Activation#STEP}, as the reason of a refusal. */
    public static final String NO_SLOPE = "a step has no slope to descend: choose identity, sigmoid, tanh or relu";

    private static final String LAYERS = "initial_layers";

    /** Copies the lists. */
    public LayerOptions {
        hidden = List.copyOf(hidden);
        initialLayers = initialLayers.map(List::copyOf);
    }

    /** One layer without others before it. */
    public static LayerOptions ofOneLayer(boolean bias, Initial initialWeights, Optional<Double> initialBias) {
        return new LayerOptions(
                bias, Optional.of(initialWeights), initialBias, List.of(), Optional.empty(), 0, Optional.empty());
    }

    /**
     * Adds what does not fit together, whatever the data.
     *
     * <p>That the last layer does not step is for the trainer to say, as one neuron can learn by another rule.
     */
    public void addMisfits(Refused.Reasons reasons) {
        reasons.addIf(
                !bias && initialBias.isPresent(), "initial_bias", "there is no bias to start from, as bias is false");
        reasons.addIf(
                hidden.isEmpty() && hiddenActivation.isPresent(),
                "hidden_activation",
                "there is no hidden layer, as hidden is empty");
        reasons.addIf(hiddenActivation.equals(Optional.of(Activation.STEP)), "hidden_activation", NO_SLOPE);
        reasons.addIf(
                hiddenActivation.equals(Optional.of(Activation.SOFTMAX)),
                "hidden_activation",
                "softmax gives the last layer's shares: choose identity, sigmoid, tanh or relu");
        reasons.addIf(
                !hidden.isEmpty() && initialWeights.orElse(null) instanceof Initial.Given,
                "initial_weights",
                "these are the weights of one layer: with hidden layers, draw them or give initial_layers");
        if (initialLayers.isPresent()) {
            String twice = "initial_layers says where they start: leave this out";
            reasons.addIf(initialWeights.isPresent(), "initial_weights", twice);
            reasons.addIf(bias && initialBias.isPresent(), "initial_bias", twice);
            addLayerMisfits(reasons, initialLayers.get());
        }
    }

    private void addLayerMisfits(Refused.Reasons reasons, List<InitialLayer> layers) {
        int count = hidden.size() + 1;
        reasons.addIf(
                layers.size() != count,
                LAYERS,
                counted(layers.size(), "layer") + " where there are " + count + ": those of hidden, and the last");
        for (int index = 0; index < layers.size(); index++) {
            InitialLayer layer = layers.get(index);
            String name = named(index);
            reasons.addIf(!bias && layer.bias().isPresent(), LAYERS, name + " has a bias, and bias is false");
            if (layers.size() != count) {
                continue;
            }
            // how many units the last layer has is for the data to say
            int units = index < hidden.size() ? hidden.get(index) : layer.units();
            addOtherUnits(reasons, index, layer, units);
            // those of the first layer are the features, which are not known yet
            int inputs = index == 0 ? layer.inputs() : hidden.get(index - 1);
            reasons.addIf(
                    layer.inputs() != inputs,
                    LAYERS,
                    name + " has weights from " + counted(layer.inputs(), "input") + ", not from " + inputs);
        }
    }

    private static void addOtherUnits(Refused.Reasons reasons, int index, InitialLayer layer, int units) {
        reasons.addIf(
                layer.units() != units,
                LAYERS,
                named(index) + " has weights to " + counted(layer.units(), "unit") + ", not to " + units);
    }

    private static String named(int index) {
        return "layer " + (index + 1);
    }

    /**
     * Adds what does not fit the data.
     *
     * @param schema with features and a target
     */
    public void addMisfits(Refused.Reasons reasons, Schema schema) {
        List<String> features = schema.featureNames();
        int units = schema.outputs();
        String counted = " for " + counted(features.size(), "feature");
        String listed = ": " + String.join(", ", features);
        if (initialWeights.orElse(null) instanceof Initial.Given given) {
            int weights = given.values().size();
            int needed = Math.multiplyExact(features.size(), units);
            reasons.addIf(
                    weights != needed,
                    "initial_weights",
                    counted(weights, "weight")
                            + counted
                            + (units == 1 ? "" : " and " + units + " classes, which need " + needed)
                            + listed);
        }
        if (initialLayers.isPresent()) {
            List<InitialLayer> layers = initialLayers.get();
            int inputs = layers.get(0).inputs();
            reasons.addIf(
                    inputs != features.size(),
                    LAYERS,
                    "layer 1 has weights from " + counted(inputs, "input") + counted + listed);
            addOtherUnits(reasons, layers.size() - 1, layers.get(layers.size() - 1), units);
        }
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /**
     * What is used, of options that fit together: {@code tanh} in hidden layers, weights drawn with standard deviation 1, and
     * biases of 0 where the weights are given.
     *
     * <p>Empty stay {@code hiddenActivation} where there is no hidden layer, {@code initialWeights} where there are
     * {@code initialLayers}, and {@code initialBias} where biases are drawn, given by layers, or not there.
     */
    public LayerOptions filledIn() {
        Optional<Activation> between =
                hidden.isEmpty() ? Optional.empty() : Optional.of(hiddenActivation.orElse(Activation.TANH));
        Optional<Initial> weights = initialLayers.isPresent()
                ? Optional.empty()
                : Optional.of(initialWeights.orElse(new Initial.Normal(1)));
        boolean fromZero = bias && weights.orElse(null) instanceof Initial.Given;
        Optional<Double> biases = initialBias.or(() -> fromZero ? Optional.of(0.0) : Optional.empty());
        return new LayerOptions(bias, weights, biases, hidden, between, l2, initialLayers);
    }

    /**
     * The layers between the features and the answer; of options that are {@linkplain #filledIn() filled in}.
     *
     * @param schema the features in the order of a row, and the target, by which it is known how many units the last layer has
     * @param activation of the last layer
     */
    public Shape shape(Schema schema, Activation activation) {
        List<Integer> units = new ArrayList<>(hidden);
        List<Activation> activations =
                new ArrayList<>(Collections.nCopies(hidden.size(), hiddenActivation.orElse(activation)));
        units.add(schema.outputs());
        activations.add(activation);
        List<String> classes = schema.outputs() == 1 ? List.of() : schema.classes();
        return new Shape(schema.featureNames(), units, activations, bias, classes);
    }

    /**
     * Where the layers of a run start, from input to output; of options that are {@linkplain #filledIn() filled in} and fit
     * the run's features.
     *
     * <p>Drawn weights come from the stream {@code init.weights} layer by layer, in it input by input, and of an input unit by
     * unit; drawn biases from {@code init.bias} layer by layer. So one neuron starts alike in every trainer.
     *
     * @param shape that of the run's features
     */
    public List<Layer> start(Training training, Shape shape) {
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            layers.add(
                    initialLayers.isPresent()
                            ? given(
                                    initialLayers.get().get(layer),
                                    shape.activations().get(layer))
                            : drawn(layer, initialWeights.orElseThrow(), shape, training));
        }
        return List.copyOf(layers);
    }

    private static Layer given(InitialLayer initial, Activation activation) {
        List<Double> bias = initial.bias().orElseGet(() -> Collections.nCopies(initial.units(), 0.0));
        return new Layer(initial.weights(), bias, activation);
    }

    private Layer drawn(int layer, Initial initial, Shape shape, Training training) {
        int units = shape.units().get(layer);
        double[] weights = initial.numbers(shape.inputs(layer) * units, () -> training.random("init.weights"));
        return shape.layer(layer, weights, bias(units, initial, training));
    }

    private double[] bias(int units, Initial initial, Training training) {
        if (!bias) {
            return new double[0];
        }
        if (initialBias.isPresent()) {
            double[] numbers = new double[units];
            Arrays.fill(numbers, initialBias.get());
            return numbers;
        }
        return initial.numbers(units, () -> training.random("init.bias"));
    }
}
