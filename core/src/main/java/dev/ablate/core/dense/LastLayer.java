package dev.ablate.core.dense;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import java.util.Locale;

/**
 * What a network answers, and by which loss it learns that; its components are the options {@code activation} and {@code loss}.
 *
 * @param activation of the last layer
 * @param loss of its answers
 */
public record LastLayer(Activation activation, Loss loss) {

    /**
     * Adds what does not fit what is learned, or each other.
     *
     * @param schema with a target
     */
    public void addMisfits(Refused.Reasons reasons, Schema schema) {
        switch (schema.task().orElse(Task.REGRESSION)) {
            case CLASSES -> addMisfitsOfClasses(reasons, schema.outputs());
            case BINARY_CLASSIFICATION -> {
                reasons.addIf(
                        activation == Activation.SOFTMAX,
                        "activation",
                        "softmax answers a share for each of three classes or more, and the target has two: choose sigmoid");
                reasons.addIf(
                        activation != Activation.SOFTMAX && activation != Activation.STEP && !loss.fits(activation),
                        "loss",
                        "cross-entropy is of probabilities, and " + word(activation)
                                + " answers other numbers too: choose activation: sigmoid, or loss: mse");
            }
            case REGRESSION -> {
                reasons.addIf(
                        activation == Activation.SOFTMAX,
                        "activation",
                        "softmax answers a share for each of three classes or more, and the target is any number:"
                                + " choose identity");
                reasons.addIf(
                        activation != Activation.SOFTMAX && loss == Loss.CROSS_ENTROPY,
                        "loss",
                        "cross-entropy is of classes, and the target is any number: choose mse");
            }
        }
    }

    private void addMisfitsOfClasses(Refused.Reasons reasons, int classes) {
        boolean shares = activation == Activation.SOFTMAX;
        reasons.addIf(
                !shares,
                "activation",
                word(activation) + " answers one number, and the target has " + classes + " classes: choose softmax"
                        + (loss == Loss.CROSS_ENTROPY ? "" : " with loss: cross-entropy"));
        reasons.addIf(
                shares && loss != Loss.CROSS_ENTROPY,
                "loss",
                word(loss) + " is of one answer a row, and the target has " + classes
                        + " classes: choose cross-entropy");
    }

    /** As it is written in a spec. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
