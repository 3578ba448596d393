package dev.ablate.core.training;

import java.util.Optional;

/**
 * The closed range in which all answers of a trained model are; a target outside can never be learned.
 *
 * @param least the lower limit, reached or only approached; minus infinity if there is none
 * @param most the upper limit, reached or only approached; infinity if there is none
 * @param option the option that sets the limits, by its name in YAML, such as {@code activation}; empty if none does
 * @param instead what to do for other targets, such as {@code choose identity, which answers any number}; may be empty
 */
public record AnswerRange(double least, double most, String option, String instead) {

    /**
     * @throws IllegalArgumentException if there is no number in the range
     */
    public AnswerRange {
        // also if one is NaN
        if (!(least <= most)) {
            throw new IllegalArgumentException("no number is from " + least + " to " + most);
        }
    }

    /**
     * The range of a model whose last layer has an activation, chosen by an option called {@code activation}.
     *
     * @return empty if it answers any number; if it answers a number for each class, which is nothing like the target; or if it is not
     *     trained: an untrained model is a formula to look at
     */
    public static Optional<AnswerRange> of(Activation activation, Length length) {
        boolean limited = activation.least() > Double.NEGATIVE_INFINITY || activation.most() < Double.POSITIVE_INFINITY;
        return limited && activation != Activation.SOFTMAX && !length.isZero()
                ? Optional.of(new AnswerRange(
                        activation.least(),
                        activation.most(),
                        "activation",
                        "choose identity, which answers any number"))
                : Optional.empty();
    }

    /** Whether a number is in the range, its limits included. */
    public boolean contains(double number) {
        return least <= number && number <= most;
    }
}
