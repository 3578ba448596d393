package dev.ablate.trainers.reference;

import dev.ablate.core.training.Activation;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The weights of a sigmoid neuron under which the classes are most likely, by Newton's method: each step solves weighted least squares
 * (iteratively reweighted least squares).
 */
final class MaximumLikelihood {

    /** Newton's method needs some ten steps; what goes on longer goes on for ever. */
    private static final int STEPS = 60;

    /** A step that changes no weighted sum by a larger share than this has arrived. */
    private static final double ARRIVED = 1e-10;

    /** Where rounding hides the way down, the end is this near; else there is none. */
    private static final double NEAR = 1e-6;

    /** So often a step is halved that leads up. */
    private static final int HALVINGS = 40;

    private MaximumLikelihood() {}

    /**
     * The numbers that fit classes best.
     *
     * @param targets 0 or 1
     * @throws IllegalArgumentException if the classes can be separated, there is but one, or columns depend on each other
     */
    static double[] of(Design design, double[] targets) {
        if (Arrays.stream(targets).allMatch(target -> target == targets[0])) {
            throw new IllegalArgumentException("all training rows are of one class: no weights are the most likely");
        }
        double[] numbers = new double[design.width()];
        double[] sums = new double[design.rows()];
        double cost = cost(design, numbers, sums, targets);
        for (int step = 0; step < STEPS; step++) {
            double[] change;
            try {
                change = step(design, numbers, sums, targets);
            } catch (LeastSquares.Singular e) {
                // at first all rows count alike; later those count that the others do not decide
                throw step == 0 ? e : separable();
            }
            double[] better = moved(numbers, change, 1);
            double[] betterSums = design.sums(better);
            double distance = distance(sums, betterSums);
            double betterCost = cost(design, better, betterSums, targets);
            for (int halving = 1; halving < HALVINGS && !(betterCost <= cost); halving++) {
                better = moved(numbers, change, Math.scalb(1.0, -halving));
                betterSums = design.sums(better);
                betterCost = cost(design, better, betterSums, targets);
            }
            if (!(betterCost <= cost)) {
                if (distance > NEAR) {
                    throw separable();
                }
                return numbers;
            }
            numbers = better;
            sums = betterSums;
            cost = betterCost;
            if (distance <= ARRIVED) {
                return numbers;
            }
        }
        throw separable();
    }

    /** How far the weighted sums move at most, as a share of what they are. */
    private static double distance(double[] sums, double[] others) {
        double distance = 0;
        for (int row = 0; row < sums.length; row++) {
            distance = Math.max(distance, Math.abs(others[row] - sums[row]) / (1 + Math.abs(sums[row])));
        }
        return distance;
    }

    private static double[] moved(double[] numbers, double[] change, double share) {
        double[] moved = numbers.clone();
        for (int k = 0; k < moved.length; k++) {
            moved[k] += share * change[k];
        }
        return moved;
    }

    /** Newton's step. */
    private static double[] step(Design design, double[] numbers, double[] sums, double[] targets) {
        double[] factors = new double[sums.length];
        double[] right = new double[design.equations()];
        for (int row = 0; row < sums.length; row++) {
            double one = Activation.SIGMOID.of(sums[row]);
            double zero = Activation.SIGMOID.of(-sums[row]);
            factors[row] = Math.sqrt(one * zero);
            if (factors[row] == 0) {
                throw separable();
            }
            // not target - one, which is 0 long before the end
            right[row] = (targets[row] == 1 ? zero : -one) / factors[row];
        }
        for (int k = 0; design.rows() + k < right.length; k++) {
            right[design.rows() + k] = -Math.sqrt(design.l2()) * numbers[k];
        }
        DMatrixRMaj equations = design.weighted(factors);
        return LeastSquares.solve(equations, right, design.names());
    }

    /** What is made small: the sum of the log losses, and what the weights cost. */
    private static double cost(Design design, double[] numbers, double[] sums, double[] targets) {
        double cost = 0;
        for (int row = 0; row < sums.length; row++) {
            // log(1 + e^-z) of the class that is right, without an overflow
            double z = targets[row] == 1 ? sums[row] : -sums[row];
            cost += Math.max(-z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
        }
        int weights = design.equations() - design.rows();
        return cost
                + design.l2()
                        / 2
                        * Arrays.stream(numbers, 0, weights).map(w -> w * w).sum();
    }

    private static IllegalArgumentException separable() {
        return new IllegalArgumentException(
                "the features separate the classes, or some rows of one from the others, so that larger weights are always"
                        + " more likely: give l2, such as 1");
    }
}
