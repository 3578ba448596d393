package dev.ablate.trainers.reference;

import dev.ablate.core.data.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The rows of a system of equations: those of the examples, each with a 1 for the bias, then one for each weight that costs something. */
final class Design {

    private final Examples examples;
    private final boolean biased;
    private final double l2;

    Design(Examples examples, boolean biased, double l2) {
        this.examples = examples;
        this.biased = biased;
        this.l2 = l2;
    }

    /** How many examples there are. */
    int rows() {
        return examples.size();
    }

    /** How many numbers are sought: a weight for each feature, and the bias. */
    int width() {
        return examples.width() + (biased ? 1 : 0);
    }

    /** Equations: as many as there are examples, and one for each weight that costs something. */
    int equations() {
        return rows() + (l2 > 0 ? examples.width() : 0);
    }

    /** What the sum of the squared weights costs. */
    double l2() {
        return l2;
    }

    /** What the numbers are called. */
    List<String> names() {
        List<String> names = new ArrayList<>(examples.features());
        if (biased) {
            names.add("bias");
        }
        return names;
    }

    /**
     * All equations, with room for others in the matrix itself.
     *
     * @param factors what the equation of each example is multiplied by
     */
    DMatrixRMaj weighted(double[] factors) {
        int width = examples.width();
        DMatrixRMaj matrix = new DMatrixRMaj(equations(), width());
        double[] row = new double[width];
        for (int k = 0; k < rows(); k++) {
            examples.rows().copyRow(k, row);
            for (int column = 0; column < width; column++) {
                matrix.set(k, column, factors[k] * row[column]);
            }
            if (biased) {
                matrix.set(k, width, factors[k]);
            }
        }
        for (int column = 0; rows() + column < equations(); column++) {
            matrix.set(rows() + column, column, Math.sqrt(l2));
        }
        return matrix;
    }

    /** Copies the values of an example, and a 1 for the bias. */
    void copyRow(int row, double[] values) {
        double[] features = new double[examples.width()];
        examples.rows().copyRow(row, features);
        System.arraycopy(features, 0, values, 0, features.length);
        if (biased) {
            values[features.length] = 1;
        }
    }

    /** Whether there is a bias, the last of the numbers. */
    boolean biased() {
        return biased;
    }

    /** The weighted sum of each example. */
    double[] sums(double[] numbers) {
        double[] weights = Arrays.copyOf(numbers, examples.width());
        double[] sums = new double[rows()];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = examples.rows().weightedSum(row, weights, biased ? numbers[weights.length] : 0);
        }
        return sums;
    }
}
