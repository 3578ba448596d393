package dev.ablate.trainers.dl4j;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import java.util.List;
import java.util.Optional;

/**
 * Options of Deeplearning4j; those that the perceptron has too mean the same.
 *
 * <p>The record holds what is used: {@code hiddenActivation} is empty where there is no hidden layer, {@code initialWeights}
 * where there are {@code initialLayers}, and {@code initialBias} where biases are drawn, given by layers, or not there.
 */
public record Dl4jOptions(
        @Option(help = "what the last layer's neuron does to its weighted sum", fallback = "sigmoid")
        Activation activation,

        @Option(help = "how the errors of a batch's rows are added up", fallback = "mse")
        Loss loss,

        @Option(help = "how far an update goes down the gradient", above = 0)
        double learningRate,

        @Option(help = "passes over the rows; 0: untrained; excludes updates", atLeast = 0)
        Optional<Long> epochs,

        @Option(help = "updates of the weights; 0: untrained; excludes epochs", atLeast = 0)
        Optional<Long> updates,

        @Option(help = "rows an update learns from: all or a number", fallback = "all")
        Batch batch,

        @Option(help = "in which order rows are learned from: as-given or shuffled", fallback = "as-given")
        Order order,

        @Option(help = "whether every weighted sum has a bias added", fallback = "true")
        boolean bias,

        @Option(
                help = "where the weights start: drawn, or a number for each feature if there is no hidden layer",
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
        Optional<List<InitialLayer>> initialLayers)
        implements DependsOnData {

    /**
     * Fills in what was not given.
     *
     * @throws Refused if options do not fit together
     */
    public Dl4jOptions {
        hidden = List.copyOf(hidden);
        initialLayers = initialLayers.map(List::copyOf);

        Refused.Reasons reasons = Refused.reasons();
        String noSlope = "a step has no slope to descend: choose identity, sigmoid, tanh or relu";
        reasons.addIf(activation == Activation.STEP, "activation", noSlope + ", or trainer perceptron");
        reasons.addIf(
                epochs.isEmpty() && updates.isEmpty(),
                "epochs",
                "how long to train is missing: give epochs or updates");
        reasons.addIf(epochs.isPresent() && updates.isPresent(), "updates", "give epochs or updates, not both");
        reasons.addIf(
                order == Order.WITH_REPLACEMENT,
                "order",
                "an epoch has every row once here: choose as-given or shuffled, or trainer perceptron");
        reasons.addIf(
                !bias && initialBias.isPresent(), "initial_bias", "there is no bias to start from, as bias is false");
        reasons.addIf(
                hidden.isEmpty() && hiddenActivation.isPresent(),
                "hidden_activation",
                "there is no hidden layer, as hidden is empty");
        reasons.addIf(hiddenActivation.equals(Optional.of(Activation.STEP)), "hidden_activation", noSlope);
        reasons.addIf(
                !hidden.isEmpty() && initialWeights.orElse(null) instanceof Initial.Given,
                "initial_weights",
                "these are the weights of one neuron: with hidden layers, draw them or give initial_layers");
        if (initialLayers.isPresent()) {
            String twice = "initial_layers says where they start: leave this out";
            reasons.addIf(initialWeights.isPresent(), "initial_weights", twice);
            reasons.addIf(bias && initialBias.isPresent(), "initial_bias", twice);
            addMisfits(reasons, initialLayers.get(), hidden, bias);
        }
        reasons.throwIfAny();

        if (!hidden.isEmpty()) {
            hiddenActivation = Optional.of(hiddenActivation.orElse(Activation.TANH));
        }
        if (initialLayers.isEmpty()) {
            initialWeights = Optional.of(initialWeights.orElse(new Initial.Normal(1)));
        }
        if (bias && initialBias.isEmpty() && initialWeights.orElse(null) instanceof Initial.Given) {
            initialBias = Optional.of(0.0);
        }
    }

    @Override
    public void check(Task task, List<String> features) {
        Refused.Reasons reasons = Refused.reasons();
        if (initialWeights.orElse(null) instanceof Initial.Given given) {
            int weights = given.values().size();
            reasons.addIf(
                    weights != features.size(),
                    "initial_weights",
                    counted(weights, "weight") + " for " + told(features));
        }
        if (initialLayers.isPresent()) {
            int inputs = initialLayers.get().get(0).inputs();
            reasons.addIf(
                    inputs != features.size(),
                    "initial_layers",
                    "layer 1 has weights from " + counted(inputs, "input") + " for " + told(features));
        }
        reasons.throwIfAny();
    }

    private static void addMisfits(
            Refused.Reasons reasons, List<InitialLayer> layers, List<Integer> hidden, boolean bias) {
        String option = "initial_layers";
        int count = hidden.size() + 1;
        reasons.addIf(
                layers.size() != count,
                option,
                counted(layers.size(), "layer") + " where there are " + count + ": those of hidden, and the last");
        for (int index = 0; index < layers.size(); index++) {
            InitialLayer layer = layers.get(index);
            String name = "layer " + (index + 1);
            reasons.addIf(!bias && layer.bias().isPresent(), option, name + " has a bias, and bias is false");
            if (layers.size() != count) {
                continue;
            }
            int units = index < hidden.size() ? hidden.get(index) : 1;
            reasons.addIf(
                    layer.units() != units,
                    option,
                    name + " has weights to " + counted(layer.units(), "unit") + ", not to " + units);
            // those of the first layer are the features, which are not known yet
            int inputs = index == 0 ? layer.inputs() : hidden.get(index - 1);
            reasons.addIf(
                    layer.inputs() != inputs,
                    option,
                    name + " has weights from " + counted(layer.inputs(), "input") + ", not from " + inputs);
        }
    }

    private static String told(List<String> features) {
        return counted(features.size(), "feature") + ": " + String.join(", ", features);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
