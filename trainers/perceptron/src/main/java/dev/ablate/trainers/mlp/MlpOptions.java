package dev.ablate.trainers.mlp;

import dev.ablate.core.data.Task;
import dev.ablate.core.dense.LayerOptions;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Length;
import dev.ablate.core.training.LimitedAnswers;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import java.util.List;
import java.util.Optional;

/**
 * Options of several layers; those that the perceptron or Deeplearning4j has too mean the same.
 *
 * <p>The record holds what is used: {@code hiddenActivation} is empty where there is no hidden layer, {@code initialWeights}
 * where there are {@code initialLayers}, and {@code initialBias} where biases are drawn, given by layers, or not there.
 */
public record MlpOptions(
        @Option(
                help = "what the last layer's neuron does to its weighted sum",
                fallback = "sigmoid",
                byTask = @Option.ForTask(task = Task.REGRESSION, fallback = "identity"))
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

        @Option(help = "in which order rows are learned from", fallback = "as-given")
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
        implements DependsOnData, LimitedAnswers {

    /**
     * Fills in what was not given.
     *
     * @throws Refused if options do not fit together
     */
    public MlpOptions {
        LayerOptions layers = new LayerOptions(
                activation, hidden, hiddenActivation, bias, initialWeights, initialBias, initialLayers);
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(activation == Activation.STEP, "activation", LayerOptions.NO_SLOPE + ", or trainer perceptron");
        new Length(epochs, updates).addMisfits(reasons);
        layers.addMisfits(reasons);
        reasons.throwIfAny();

        layers = layers.filledIn();
        hidden = layers.hidden();
        hiddenActivation = layers.hiddenActivation();
        initialWeights = layers.initialWeights();
        initialBias = layers.initialBias();
        initialLayers = layers.initialLayers();
    }

    @Override
    public void check(Task task, List<String> features) {
        Refused.Reasons reasons = Refused.reasons();
        layers().addMisfits(reasons, features);
        reasons.throwIfAny();
    }

    @Override
    public Optional<AnswerRange> answerRange() {
        return AnswerRange.of(activation, length());
    }

    LayerOptions layers() {
        return new LayerOptions(activation, hidden, hiddenActivation, bias, initialWeights, initialBias, initialLayers);
    }

    Length length() {
        return new Length(epochs, updates);
    }
}
