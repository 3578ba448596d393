package dev.ablate.core.training;

import java.util.List;

/**
 * How a number is turned into a class: above the threshold it is 1, below it is 0, equal to it as the tie says.
 *
 * <p>Equal means up to rounding, here as everywhere: a sum that is 0.5 on paper may end a last digit above or below it, and that digit
 * decides nothing.
 *
 * @param threshold any finite number
 * @param tie 0 or 1
 */
public record Decision(double threshold, int tie) {

    /** What holds where a spec says nothing: threshold 0.5, and a tie counts as 0. */
    public static final Decision DEFAULT = new Decision(0.5, 0);

    /** Closer to the threshold, as a share of it, the side is rounding alone; of a threshold of 0, in the answer's own unit. */
    public static final double ROUNDING = 1e-9;

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
        if (isTie(prediction)) {
            return tie;
        }
        return prediction > threshold ? 1 : 0;
    }

    /**
     * The class of all numbers that answer a row, from 0: of one number as above, of several the one with the greatest, of equal ones the
     * first.
     *
     * @param answers one number, or one a class
     */
    public int classOf(List<Double> answers) {
        if (answers.size() == 1) {
            return classOf(answers.get(0));
        }
        int greatest = 0;
        for (int k = 1; k < answers.size(); k++) {
            if (answers.get(k) > answers.get(greatest)) {
                greatest = k;
            }
        }
        return greatest;
    }

    /** Whether a prediction is the threshold itself, up to rounding: then the tie alone says which class it is. */
    public boolean isTie(double prediction) {
        return Math.abs(prediction - threshold) <= ROUNDING * (threshold == 0 ? 1 : Math.abs(threshold));
    }
}
