package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Loss;

/** What a neuron calculates, as formulas for a person; see {@link dev.ablate.core.training.Explanation} for their symbols. */
public final class Formulas {

    /** Of what most activations calculate either of two numbers. */
    private static final String ABOVE_ZERO = "1 if z > 0, else 0";

    private Formulas() {}

    /** The answer {@code o}. */
    public static String answer(Activation activation, Decision decision) {
        return switch (activation) {
            case IDENTITY -> "z";
            case SIGMOID -> "1 / (1 + exp(-z))";
            case TANH -> "tanh(z)";
            case RELU -> "max(0, z)";
            case SOFTMAX -> "exp(z) / sum of exp(z) over the classes";
            case STEP -> decision.tie() == 1 ? "1 if z >= 0, else 0" : ABOVE_ZERO;
        };
    }

    /** What a row adds to the loss. */
    public static String loss(Loss loss) {
        return switch (loss) {
            case HALF_SSE -> "e^2 / 2";
            case SSE -> "e^2";
            case MSE -> "e^2 / n";
            case CROSS_ENTROPY -> "-log(o) / n";
        };
    }

    /** {@code dE/do}. */
    public static String lossSlope(Loss loss) {
        return switch (loss) {
            case HALF_SSE -> "e";
            case SSE -> "2 * e";
            case MSE -> "2 * e / n";
            case CROSS_ENTROPY -> "e / n";
        };
    }

    /** {@code do/dz}. */
    public static String slope(Gradient gradient, Activation activation) {
        if (gradient == Gradient.AS_PUBLISHED) {
            return "sigmoid(o) * (1 - sigmoid(o))";
        }
        return switch (activation) {
            case IDENTITY -> "1";
            case SIGMOID -> "o * (1 - o)";
            case TANH -> "1 - o^2";
            case RELU -> ABOVE_ZERO;
            case SOFTMAX, STEP -> throw new IllegalArgumentException(activation + " has no slope of its own");
        };
    }
}
