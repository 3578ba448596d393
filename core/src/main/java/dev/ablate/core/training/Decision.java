package dev.ablate.core.training;

/**
 * How a number is turned into a class: above the threshold it is 1, below it is 0, equal to it as the tie says.
 *
 * @param threshold any finite number
 * @param tie 0 or 1
 */
public record Decision(double threshold, int tie) {

    /** What holds where a spec says nothing: threshold 0.5, and a tie counts as 0. */
    public static final Decision DEFAULT = new Decision(0.5, 0);

    /**
     * @throws IllegalArgumentException if the threshold is not finite or the tie is neither 0 nor 1
     */
    public Decision {
        if (!Double.isFinite(threshold) || (tie != 0 && tie != 1)) {
            throw new IllegalArgumentException("threshold must be finite and tie 0 or 1");
        }
    }

    /** The class of a prediction, 0 or 1; NaN is 0. */
    public int classOf(double prediction) {
        return prediction > threshold || (prediction == threshold && tie == 1) ? 1 : 0;
    }
}
