package dev.ablate.trainers.perceptron;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.dense.LastLayer;
import dev.ablate.core.dense.LayerOptions;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.Length;
import dev.ablate.core.training.LimitedAnswers;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import java.util.Optional;

/**
 * Options of the perceptron.
 *
 * <p>The record holds what is used: {@code loss}, {@code gradient} and {@code batch} are never empty, but for
 * {@link Activation#STEP}, which has none; {@code initialBias} is empty where the bias is drawn or there is none.
 */
public record PerceptronOptions(
        @Option(
                help =
                        "what is done to the weighted sum; softmax is for three classes or more, step learns by Rosenblatt's rule",
                fallback = "sigmoid",
                byTask = {
                    @Option.ForTask(task = Task.CLASSES, fallback = "softmax"),
                    @Option.ForTask(task = Task.REGRESSION, fallback = "identity")
                })
        Activation activation,

        @Option(
                help =
                        "how the errors of a batch's rows are added up; cross-entropy is for softmax, which has no other,"
                                + " or for a sigmoid; not with step",
                fallback = "mse")
        Optional<Loss> loss,

        @Option(
                help = "the derivative, or as-published: the tutorial's slip, kept to get its figures; not with step",
                fallback = "exact")
        Optional<Gradient> gradient,

        @Option(help = "how far an update goes down the gradient", above = 0)
        double learningRate,

        @Option(help = "passes over the rows; 0: untrained; excludes updates", atLeast = 0)
        Optional<Long> epochs,

        @Option(help = "updates of the weights; 0: untrained; excludes epochs", atLeast = 0)
        Optional<Long> updates,

        @Option(help = "rows an update learns from: all or a number; not with step, which takes one", fallback = "all")
        Optional<Batch> batch,

        @Option(help = "in which order rows are learned from", fallback = "as-given")
        Order order,

        @Option(help = "whether the weighted sum has a bias added", fallback = "true")
        boolean bias,

        @Option(
                help = "where the weights start: a number for each feature, or drawn;"
                        + " of three classes or more one for each class, feature by feature",
                fallback = "{ normal: { sd: 1.0 } }")
        Initial initialWeights,

        @Option(help = "where the bias starts; by default drawn like the weights where these are drawn, else 0")
        Optional<Double> initialBias)
        implements DependsOnData, LimitedAnswers {

    /**
     * Fills in what was not given.
     *
     * @throws Refused if options do not fit together
     */
    public PerceptronOptions {
        Refused.Reasons reasons = Refused.reasons();
        boolean steps = activation == Activation.STEP;
        String byRows = "step learns by Rosenblatt's rule, row by row: leave this out, or choose another activation";
        reasons.addIf(steps && loss.isPresent(), "loss", byRows);
        reasons.addIf(steps && gradient.isPresent(), "gradient", byRows);
        reasons.addIf(steps && batch.isPresent(), "batch", byRows);
        reasons.addIf(
                activation != Activation.SIGMOID && !steps && gradient.equals(Optional.of(Gradient.AS_PUBLISHED)),
                "gradient",
                "as-published needs activation: sigmoid, with which it was published");
        reasons.addIf(
                loss.equals(Optional.of(Loss.CROSS_ENTROPY)) && gradient.equals(Optional.of(Gradient.AS_PUBLISHED)),
                "gradient",
                "as-published is of a sum of squares, and cross-entropy is none: leave this out, or choose another loss");
        new Length(epochs, updates).addMisfits(reasons);
        LayerOptions layers = LayerOptions.ofOneLayer(bias, initialWeights, initialBias);
        layers.addMisfits(reasons);
        reasons.throwIfAny();

        if (!steps) {
            loss = Optional.of(loss.orElse(activation == Activation.SOFTMAX ? Loss.CROSS_ENTROPY : Loss.MSE));
            gradient = Optional.of(gradient.orElse(Gradient.EXACT));
            batch = Optional.of(batch.orElse(new Batch.All()));
        }
        initialBias = layers.filledIn().initialBias();
    }

    @Override
    public void check(Schema schema) {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(
                activation == Activation.STEP && schema.classes().isEmpty(),
                "activation",
                "step answers 0 or 1 and the target is any number: choose identity");
        new LastLayer(activation, loss.orElse(Loss.MSE)).addMisfits(reasons, schema);
        layers().addMisfits(reasons, schema);
        reasons.throwIfAny();
    }

    /** Its one layer: a neuron, or of three classes or more one for each. */
    LayerOptions layers() {
        return LayerOptions.ofOneLayer(bias, initialWeights, initialBias);
    }

    @Override
    public Optional<AnswerRange> answerRange() {
        return AnswerRange.of(activation, new Length(epochs, updates));
    }
}
