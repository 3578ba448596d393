package dev.ablate.trainers.reference;

import dev.ablate.core.training.Activation;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The weights of a sigmoid neuron under which the classes are most likely, by Newton's method: each step solves weighted least squares
 * (iteratively reweighted least squares).
 */
final class MaximumLikelihood implements Newton.Problem {

    private final Design design;
    private final double[] targets;

    private MaximumLikelihood(Design design, double[] targets) {
        this.design = design;
        this.targets = targets;
    }

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
        return Newton.solve(new MaximumLikelihood(design, targets), design.width());
    }

    @Override
    public double[] sums(double[] numbers) {
        return design.sums(numbers);
    }

    @Override
    public double[] step(double[] numbers, double[] sums, boolean first) {
        try {
            return step(numbers, sums);
        } catch (LeastSquares.Singular e) {
            // at first all rows count alike; later those count that the others do not decide
            throw first ? e : Newton.separable();
        }
    }

    private double[] step(double[] numbers, double[] sums) {
        double[] factors = new double[sums.length];
        double[] right = new double[design.equations()];
        for (int row = 0; row < sums.length; row++) {
            double one = Activation.SIGMOID.of(sums[row]);
            double zero = Activation.SIGMOID.of(-sums[row]);
            factors[row] = Math.sqrt(one * zero);
            if (factors[row] == 0) {
                throw Newton.separable();
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

    /** The sum of the log losses, and what the weights cost. */
    @Override
    public double cost(double[] numbers, double[] sums) {
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
}
