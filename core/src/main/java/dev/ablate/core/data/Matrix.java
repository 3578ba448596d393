package dev.ablate.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Numbers in rows and columns; immutable.
 *
 * <p>Whoever reads it row by row copies nothing; who needs an array of its own asks for a copy. The rows lie in one array or in
 * several, so that a large table can be read without knowing how many rows it has.
 */
public final class Matrix {

    private final int rows;
    private final int width;

    /** Row-major; each part but the last has {@code 2^shift} rows. */
    private final double[][] parts;

    private final int shift;

    /** Leaves of a row's index the index within its part. */
    private final int within;

    private Matrix(int rows, int width, double[][] parts, int shift) {
        this.rows = rows;
        this.width = width;
        this.parts = parts;
        this.shift = shift;
        this.within = (1 << shift) - 1;
    }

    /** A matrix of one part. */
    private Matrix(int rows, int width, double[] values) {
        // 2^31 rows, which no array has
        this(rows, width, new double[][] {values}, Integer.SIZE - 1);
    }

    /** No rows and no columns. */
    static Matrix none() {
        return new Matrix(0, 0, new double[0]);
    }

    /**
     * A matrix of these values, which are copied.
     *
     * @param width columns, at least 1
     * @param values row-major, {@code [rows * width]}
     * @throws IllegalArgumentException if the values do not make whole rows
     */
    public static Matrix of(int width, double... values) {
        return wrap(width, values.clone());
    }

    /**
     * A matrix that takes the array itself, which the caller gives up: it must not be changed any more.
     *
     * @param width columns, at least 1
     * @param values row-major, {@code [rows * width]}
     * @throws IllegalArgumentException if the values do not make whole rows
     */
    public static Matrix wrap(int width, double[] values) {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(values.length + " values do not make whole rows of " + width);
        }
        return new Matrix(values.length / width, width, values);
    }

    /**
     * A matrix that takes arrays of rows, which the caller gives up: they must not be changed any more.
     *
     * @param width columns, at least 1
     * @param parts row-major, one after the other; at least one. Each but the last has the same number of rows, which is a power of
     *     two, and the last has no more
     * @throws IllegalArgumentException if the parts are not as said
     */
    public static Matrix wrap(int width, List<double[]> parts) {
        double[] first = parts.get(0);
        if (parts.size() == 1) {
            return wrap(width, first);
        }
        double[] last = parts.get(parts.size() - 1);
        int each = width < 1 ? 0 : first.length / width;
        boolean fits = Integer.bitCount(each) == 1 && last.length <= first.length && last.length % width == 0;
        for (double[] part : parts.subList(0, parts.size() - 1)) {
            fits &= part.length == each * width;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "arrays of " + parts.stream().map(part -> part.length).toList()
                            + " values are not parts of a power of two rows of " + width);
        }
        int rows = Math.addExact(Math.multiplyExact(each, parts.size() - 1), last.length / width);
        return new Matrix(rows, width, parts.toArray(double[][]::new), Integer.numberOfTrailingZeros(each));
    }

    /** Number of rows, {@code n}; may be 0. */
    public int size() {
        return rows;
    }

    /** Number of columns, {@code d}; 0 only where there are no rows, either. */
    public int width() {
        return width;
    }

    /** The value in a row (from 0) and a column (from 0). */
    public double value(int row, int column) {
        requireColumn(column);
        return part(row)[start(row) + column];
    }

    /** The values of a row (from 0), {@code [d]}; a copy. */
    public double[] row(int row) {
        int from = start(row);
        return Arrays.copyOfRange(part(row), from, from + width);
    }

    /** The rows with these indices (from 0), in this order. */
    public Matrix take(int... indices) {
        double[] chosen = new double[Math.multiplyExact(indices.length, width)];
        for (int k = 0; k < indices.length; k++) {
            System.arraycopy(part(indices[k]), start(indices[k]), chosen, k * width, width);
        }
        return new Matrix(indices.length, width, chosen);
    }

    /** Copies a row (from 0) into an array, {@code [d]}. */
    public void copyRow(int row, double[] into) {
        System.arraycopy(part(row), start(row), into, 0, width);
    }

    /**
     * Copies rows into an array, one after the other: as many as there are, and as there is room for.
     *
     * @param first the first of them (from 0)
     * @return how many
     */
    public int copyRows(int first, double[] into) {
        int count = width == 0 ? 0 : Math.min(rows - first, into.length / width);
        int copied = 0;
        while (copied < count) {
            double[] values = part(first + copied);
            int from = start(first + copied);
            int some = Math.min(count - copied, (values.length - from) / width);
            System.arraycopy(values, from, into, copied * width, some * width);
            copied += some;
        }
        return count;
    }

    /**
     * Copies values of a column (from 0) into an array.
     *
     * @param from the row (from 0) of the first value
     * @param into is filled
     */
    public void copyColumn(int column, int from, double[] into) {
        requireColumn(column);
        Objects.checkFromIndexSize(from, into.length, rows);
        int copied = 0;
        while (copied < into.length) {
            int row = from + copied;
            double[] values = part(row);
            int at = start(row) + column;
            int end = Math.min(into.length, copied + (values.length - start(row)) / width);
            for (; copied < end; copied++) {
                into[copied] = values[at];
                at += width;
            }
        }
    }

    /**
     * {@code start + sum over i of weights[i] * value(row, i)}, added up as {@link SumOfProducts} says.
     *
     * @param weights {@code [d]}
     * @param start a neuron's bias, or 0
     */
    public double weightedSum(int row, double[] weights, double start) {
        requireWidth(weights);
        return SumOfProducts.of(start, weights, part(row), start(row));
    }

    /**
     * Adds a row's values, each times a factor, to sums: {@code sums[i] += factor * value(row, i)}, by a fused multiply-add.
     *
     * @param sums {@code [d]}
     */
    public void addRow(int row, double factor, double[] sums) {
        requireWidth(sums);
        double[] values = part(row);
        int from = start(row);
        for (int i = 0; i < width; i++) {
            sums[i] = Math.fma(factor, values[from + i], sums[i]);
        }
    }

    private void requireColumn(int column) {
        if (column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("column " + column + " of " + width);
        }
    }

    /** The array with a row. */
    private double[] part(int row) {
        return parts[row >> shift];
    }

    /** Where in its array a row begins. */
    private int start(int row) {
        return (row & within) * width;
    }

    /** The arrays with the rows, one after the other; not to be changed. */
    List<double[]> parts() {
        return List.of(parts);
    }

    private void requireWidth(double[] numbers) {
        if (numbers.length != width) {
            throw new IllegalArgumentException(numbers.length + " numbers for rows of " + width);
        }
    }

    /** All rows one after the other, {@code [n * d]}; a copy. */
    public double[] toArray() {
        double[] all = new double[Math.multiplyExact(rows, width)];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that && width == that.width && rows == that.rows && hasRowsOf(that);
    }

    private boolean hasRowsOf(Matrix that) {
        for (int row = 0; row < rows; row++) {
            int from = start(row);
            int other = that.start(row);
            if (!Arrays.equals(part(row), from, from + width, that.part(row), other, other + width)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 31 * rows + width;
        for (double[] part : parts) {
            for (double value : part) {
                hash = 31 * hash + Double.hashCode(value);
            }
        }
        return hash;
    }

    /** The first rows, for a person; at most five of them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(rows + " x " + width + ":");
        for (int row = 0; row < Math.min(rows, 5); row++) {
            text.append(row == 0 ? " " : ", ").append(Arrays.toString(row(row)));
        }
        return text + (rows > 5 ? ", ..." : "");
    }
}
