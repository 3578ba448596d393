package dev.ablate.core.dense;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Length;
import dev.ablate.core.training.Loss;
import java.util.Optional;

/**
 * The options that say what dense layers answer and how they descend the gradient: one word, one meaning, in every trainer that
 * nests them.
 */
public record DescentOptions(
        @Option(
                help = "what the last layer does to its weighted sums; softmax is for three classes or more",
                fallback = "sigmoid",
                byTask = {
                    @Option.ForTask(task = Task.CLASSES, fallback = "softmax"),
                    @Option.ForTask(task = Task.REGRESSION, fallback = "identity")
                })
        Activation activation,

        @Option(
                help = "how the errors of a batch's rows are added up; cross-entropy is for softmax, or for a sigmoid",
                fallback = "mse",
                byTask = @Option.ForTask(task = Task.CLASSES, fallback = "cross-entropy"))
        Loss loss,

        @Option(help = "how far an update goes down the gradient", above = 0)
        double learningRate,

        @Option(help = "passes over the rows; 0: untrained; excludes updates", atLeast = 0)
        Optional<Long> epochs,

        @Option(help = "updates of the weights; 0: untrained; excludes epochs", atLeast = 0)
        Optional<Long> updates,

        @Option(help = "rows an update learns from: all or a number", fallback = "all")
        Batch batch) {

    /** Adds what does not fit together. */
    public void addMisfits(Refused.Reasons reasons) {
        reasons.addIf(activation == Activation.STEP, "activation", LayerOptions.NO_SLOPE + ", or trainer perceptron");
        length().addMisfits(reasons);
    }

    /**
     * Adds what does not fit the data.
     *
     * @param schema with a target
     */
    public void addMisfits(Refused.Reasons reasons, Schema schema) {
        new LastLayer(activation, loss).addMisfits(reasons, schema);
    }

    /** How long to train. */
    public Length length() {
        return new Length(epochs, updates);
    }

    /** What a model of these options answers at most; empty if any number. */
    public Optional<AnswerRange> answerRange() {
        return AnswerRange.of(activation, length());
    }
}
