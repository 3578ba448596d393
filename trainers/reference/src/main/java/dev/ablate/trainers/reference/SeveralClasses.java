package dev.ablate.trainers.reference;

import dev.ablate.core.training.Activation;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The weights of a neuron for each class under which the classes are most likely, where softmax answers them together.
 *
 * <p>One number more for a feature's weight of every class changes no answer, so that many weights are equally likely. These are the
 * ones that add up to 0 over the classes, those of each feature and the biases: the ones to which {@code l2} leads, and that
 * scikit-learn finds.
 *
 * <p>Numbers are class by class, and of a class feature by feature, then the bias.
 */
final class SeveralClasses implements Newton.Problem {

    private final Design design;
    private final int[] targets;
    private final int classes;
    private final int width;

    /** Of each column: so that no unit makes one small, they are divided by it. */
    private final double[] lengths;

    private SeveralClasses(Design design, double[] targets, int classes) {
        this.design = design;
        this.targets = Arrays.stream(targets).mapToInt(target -> (int) target).toArray();
        this.classes = classes;
        this.width = design.width();
        this.lengths = new double[width];
        double[] row = new double[width];
        for (int index = 0; index < design.rows(); index++) {
            design.copyRow(index, row);
            for (int column = 0; column < width; column++) {
                lengths[column] = Math.hypot(lengths[column], row[column]);
            }
        }
        for (int column = 0; column < width; column++) {
            lengths[column] = lengths[column] == 0 ? 1 : lengths[column];
        }
    }

    /**
     * The numbers that fit classes best, {@code [classes]} of {@code [width]}.
     *
     * @param targets the numbers of classes, from 0
     * @param names of the classes
     * @throws IllegalArgumentException if classes can be separated, there is no row of one, or columns depend on each other
     */
    static double[][] of(Design design, double[] targets, List<String> names) {
        for (int k = 0; k < names.size(); k++) {
            int missing = k;
            if ((design.biased() || design.l2() == 0)
                    && Arrays.stream(targets).noneMatch(target -> target == missing)) {
                throw new IllegalArgumentException("no training row is of the class " + names.get(k)
                        + ", so that no weights are the most likely: share out the classes by data.split.stratify, or"
                        + " leave that class out");
            }
        }
        // whether columns depend on each other is the same for all classes
        double[] ones = new double[design.rows()];
        Arrays.fill(ones, 1);
        LeastSquares.solve(design.weighted(ones), new double[design.equations()], design.names());
        double[] numbers =
                Newton.solve(new SeveralClasses(design, targets, names.size()), names.size() * design.width());
        double[][] byClass = new double[names.size()][];
        for (int k = 0; k < byClass.length; k++) {
            byClass[k] = Arrays.copyOfRange(numbers, k * design.width(), (k + 1) * design.width());
        }
        return byClass;
    }

    /** Row by row, and of a row class by class. */
    @Override
    public double[] sums(double[] numbers) {
        double[] sums = new double[classes * design.rows()];
        for (int k = 0; k < classes; k++) {
            double[] own = design.sums(Arrays.copyOfRange(numbers, k * width, (k + 1) * width));
            for (int row = 0; row < own.length; row++) {
                sums[row * classes + k] = own[row];
            }
        }
        return sums;
    }

    /** The sum of the log losses, and what the weights cost. */
    @Override
    public double cost(double[] numbers, double[] sums) {
        double cost = 0;
        for (int row = 0; row < design.rows(); row++) {
            double own = sums[row * classes + targets[row]];
            double greatest = own;
            for (int k = 0; k < classes; k++) {
                greatest = Math.max(greatest, sums[row * classes + k]);
            }
            double others = 0;
            for (int k = 0; k < classes; k++) {
                others += StrictMath.exp(sums[row * classes + k] - greatest);
            }
            cost += greatest - own + StrictMath.log(others);
        }
        double squares = 0;
        for (int index = 0; index < numbers.length; index++) {
            squares += costs(index) ? numbers[index] * numbers[index] : 0;
        }
        return cost + design.l2() / 2 * squares;
    }

    private boolean costs(int index) {
        return !design.biased() || index % width < width - 1;
    }

    @Override
    public double[] step(double[] numbers, double[] sums, boolean first) {
        int size = classes * width;
        DMatrixRMaj curvature = new DMatrixRMaj(size, size);
        DMatrixRMaj downward = new DMatrixRMaj(size, 1);
        double[] row = new double[width];
        double[] z = new double[classes];
        double[] shares = new double[classes];
        for (int index = 0; index < design.rows(); index++) {
            design.copyRow(index, row);
            for (int column = 0; column < width; column++) {
                row[column] /= lengths[column];
            }
            System.arraycopy(sums, index * classes, z, 0, classes);
            Activation.SOFTMAX.ofRow(z, shares, classes);
            add(row, shares, targets[index], curvature, downward);
        }
        for (int index = 0; index < size; index++) {
            double length = lengths[index % width];
            double penalty = costs(index) ? design.l2() : 0;
            downward.add(index, 0, -penalty * numbers[index] / length);
            curvature.add(index, index, penalty / length / length);
            // one number more for all classes changes no answer: this takes it to be 0
            for (int other = index % width; other < size; other += width) {
                curvature.add(index, other, 1.0 / classes);
            }
        }
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.symmPosDef(size);
        if (!cholesky.setA(curvature)) {
            throw Newton.separable();
        }
        DMatrixRMaj change = new DMatrixRMaj(size, 1);
        cholesky.solve(downward, change);
        for (int index = 0; index < size; index++) {
            change.set(index, 0, change.get(index, 0) / lengths[index % width]);
        }
        return centred(change.getData());
    }

    /** Adds what a row has of the curvature, {@code p (1 - p)} and {@code -p q} times its squares, and of the way down. */
    private void add(double[] row, double[] shares, int target, DMatrixRMaj curvature, DMatrixRMaj downward) {
        for (int k = 0; k < classes; k++) {
            // not 1 - share, which is 0 long before the end
            double rest = 0;
            for (int other = 0; other < classes; other++) {
                rest += other == k ? 0 : shares[other];
            }
            double error = k == target ? rest : -shares[k];
            for (int i = 0; i < width; i++) {
                downward.add(k * width + i, 0, error * row[i]);
            }
            for (int other = 0; other < classes; other++) {
                double bend = k == other ? shares[k] * rest : -shares[k] * shares[other];
                for (int i = 0; i < width; i++) {
                    int at = (k * width + i) * classes * width + other * width;
                    double factor = bend * row[i];
                    for (int j = 0; j < width; j++) {
                        curvature.data[at + j] += factor * row[j];
                    }
                }
            }
        }
    }

    /** Adding up to 0 over the classes, which rounding may have changed. */
    private double[] centred(double[] change) {
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += change[k * width + column];
            }
            for (int k = 0; k < classes; k++) {
                change[k * width + column] -= sum / classes;
            }
        }
        return change;
    }
}
