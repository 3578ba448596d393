package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Loss;
import java.util.List;

/** What a neuron calculates, as formulas for a person; see {@link dev.ablate.core.training.Explanation} for their symbols. */
public final class Formulas {

    /** Of what most activations calculate either of two numbers. */
    private static final String ABOVE_ZERO = "1 if z > 0, else 0";

    /** How a weight changes with a row, by what is known of its neuron. */
    public static final String OF_SUM = "dE/dz * dz/dw";

    private Formulas() {}

    /** The answer {@code o}. */
    public static String answer(Activation activation, Decision decision) {
        return switch (activation) {
            case IDENTITY -> "z";
            case SIGMOID -> "1 / (1 + exp(-z))";
            case TANH -> "tanh(z)";
            case RELU -> "max(0, z)";
            case SOFTMAX -> "exp(z) / sum of exp over the classes";
            case STEP -> decision.tie() == 1 ? "1 if z >= 0, else 0" : ABOVE_ZERO;
        };
    }

    /**
     * What a row adds to the loss.
     *
     * @param target the row's; of several classes 1, as the answer is that for its class
     */
    public static String loss(Loss loss, double target) {
        return switch (loss) {
            case HALF_SSE -> "e^2 / 2";
            case SSE -> "e^2";
            case MSE -> "e^2 / n";
            case CROSS_ENTROPY -> target == 1 ? "-log(o) / n" : "-log(1 - o) / n";
        };
    }

    /** {@code dE/do}; if its slope is by the weighted sum {@code dE/dz}. */
    public static String lossSlope(Loss loss) {
        return switch (loss) {
            case HALF_SSE -> "e";
            case SSE -> "2 * e";
            case MSE -> "2 * e / n";
            case CROSS_ENTROPY -> "e / n";
        };
    }

    /** How a weight of a last layer changes with a row. */
    public static String share(Loss loss) {
        return loss.isBySum() ? OF_SUM : "dE/do * do/dz * dz/dw";
    }

    /** {@code dE/dz}, where it is the slope of the loss itself. */
    public static Term sumSlope(double pull, boolean ofClasses) {
        return new Term("dE/dz", ofClasses ? "(o - t) / n" : lossSlope(Loss.CROSS_ENTROPY), pull, "");
    }

    /** What the neuron of a class answers to a row, its target, and how the loss rises with its weighted sum. */
    public static List<Term> ofClass(double share, boolean own, double pull) {
        return List.of(
                share(share),
                new Term("t", "1 if it is the row's class, else 0", own ? 1 : 0, ""),
                sumSlope(pull, true));
    }

    /** The answer for the row's class, and what the row adds to the loss. */
    public static List<Term> answerOfClass(double share, int rows) {
        double loss = Loss.CROSS_ENTROPY.of(new double[] {share}, new double[] {1}) / rows;
        return List.of(share(share), new Term("E", loss(Loss.CROSS_ENTROPY, 1), loss, ""));
    }

    private static Term share(double share) {
        return new Term("o", answer(Activation.SOFTMAX, Decision.DEFAULT), share, "");
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
