package dev.ablate.trainers.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;

/**
 * Solves more equations than there are numbers so that the sum of the squared errors is least, by a QR decomposition with the largest
 * column first.
 */
final class LeastSquares {

    /** A column that is so short beside the first, once what the others hold of it is gone, is rounding alone. */
    private static final double ROUNDING = 1e-12;

    private LeastSquares() {}

    /** Columns depend on each other. */
    static final class Singular extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private Singular(String message) {
            super(message);
        }

        static Singular dependent(List<String> names) {
            return new Singular(
                    words(names) + " can be made of the others, so that many weights are equally good: " + ways(names));
        }

        /** As of a category that no row has. */
        static Singular zero(List<String> names) {
            boolean categories = names.stream().anyMatch(name -> name.contains("="));
            return new Singular(words(names) + (names.size() == 1 ? " is" : " are")
                    + " 0 in all of them, so that any weight is equally good: give l2, such as 1"
                    + (categories
                            ? ", gather rare categories, such as data: { encode: { rare: 0.05 } }, or hold back other rows"
                            : ", or choose other features by data.features"));
        }

        private static String words(List<String> names) {
            return (names.size() == 1 ? "the column " : "the columns ") + String.join(", ", names);
        }

        /** The bias is made of the others where each category has a column, or a column is the same in all rows. */
        private static String ways(List<String> dependent) {
            boolean bias = dependent.contains("bias");
            int features = dependent.size() - (bias ? 1 : 0);
            return (features == 0 ? "" : "leave " + (features == 1 ? "it" : "them") + " out by data.features, ")
                    + (bias ? "give bias: false, " : "")
                    + "or give l2, such as 1"
                    + (dependent.stream().anyMatch(name -> name.contains("="))
                            ? "; of categories, data: { encode: { categories: reference } } leaves one out"
                            : "");
        }
    }

    /**
     * The numbers that fit targets best.
     *
     * @throws IllegalArgumentException if others fit them as well, or there are fewer equations than numbers
     */
    static double[] of(Design design, double[] targets) {
        double[] ones = new double[design.rows()];
        Arrays.fill(ones, 1);
        return solve(design.weighted(ones), Arrays.copyOf(targets, design.equations()), design.names());
    }

    /**
     * Solves {@code matrix * numbers = right}.
     *
     * @param matrix is used up
     * @param names of the columns
     * @throws Singular if others solve them as well
     */
    static double[] solve(DMatrixRMaj matrix, double[] right, List<String> names) {
        int width = matrix.getNumCols();
        double[] lengths = scale(matrix);
        requireEnough(matrix.getNumRows(), names);
        List<String> zero = IntStream.range(0, width)
                .filter(column -> lengths[column] == 0)
                .mapToObj(names::get)
                .toList();
        if (!zero.isEmpty()) {
            throw Singular.zero(zero);
        }
        QRColPivDecompositionHouseholderColumn_DDRM qr = new QRColPivDecompositionHouseholderColumn_DDRM();
        if (!qr.decompose(matrix)) {
            throw new IllegalArgumentException("the equations cannot be solved: values are too far apart");
        }
        int[] pivots = qr.getColPivots();
        DMatrixRMaj r = qr.getR(null, true);
        List<String> dependent = IntStream.range(0, width)
                .filter(k -> !(Math.abs(r.get(k, k)) > ROUNDING * Math.abs(r.get(0, 0))))
                .mapToObj(k -> names.get(pivots[k]))
                .sorted()
                .toList();
        if (!dependent.isEmpty()) {
            throw Singular.dependent(dependent);
        }
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj rotated = new DMatrixRMaj(width, 1);
        CommonOps_DDRM.multTransA(q, DMatrixRMaj.wrap(right.length, 1, right), rotated);
        double[] numbers = new double[width];
        for (int k = width - 1; k >= 0; k--) {
            double sum = rotated.get(k, 0);
            for (int j = k + 1; j < width; j++) {
                sum -= r.get(k, j) * numbers[pivots[j]];
            }
            numbers[pivots[k]] = sum / r.get(k, k);
        }
        for (int k = 0; k < width; k++) {
            numbers[k] /= lengths[k];
        }
        return numbers;
    }

    /** Makes all columns of length 1, so that no unit makes one small; a column of zeros stays. */
    private static double[] scale(DMatrixRMaj matrix) {
        double[] lengths = new double[matrix.getNumCols()];
        for (int column = 0; column < lengths.length; column++) {
            double length = 0;
            for (int row = 0; row < matrix.getNumRows(); row++) {
                length = Math.hypot(length, matrix.get(row, column));
            }
            lengths[column] = length;
            for (int row = 0; row < matrix.getNumRows() && length > 0; row++) {
                matrix.set(row, column, matrix.get(row, column) / length);
            }
        }
        return lengths;
    }

    private static void requireEnough(int equations, List<String> names) {
        if (equations < names.size()) {
            throw new IllegalArgumentException(equations + " rows do not determine " + names.size()
                    + " numbers: choose fewer features, or give l2");
        }
    }
}
