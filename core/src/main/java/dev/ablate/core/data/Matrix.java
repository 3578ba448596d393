package dev.ablate.core.data;

import java.util.Arrays;

/**
 * Numbers in rows and columns; immutable.
 *
 * <p>Whoever reads it row by row copies nothing; who needs an array of its own asks for a copy.
 */
public final class Matrix {

    private final int rows;
    private final int width;

    /** Row-major. */
    private final double[] values;

    private Matrix(int rows, int width, double[] values) {
        this.rows = rows;
        this.width = width;
        this.values = values;
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

    /** Number of rows, {@code n}; may be 0. */
    public int size() {
        return rows;
    }

    /** Number of columns, {@code d}, at least 1. */
    public int width() {
        return width;
    }

    /** The value in a row (from 0) and a column (from 0). */
    public double value(int row, int column) {
        requireColumn(column);
        return values[row * width + column];
    }

    /** The values of a row (from 0), {@code [d]}; a copy. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, row * width, row * width + width);
    }

    /** The rows with these indices (from 0), in this order. */
    public Matrix take(int... indices) {
        double[] chosen = new double[Math.multiplyExact(indices.length, width)];
        for (int k = 0; k < indices.length; k++) {
            System.arraycopy(values, indices[k] * width, chosen, k * width, width);
        }
        return new Matrix(indices.length, width, chosen);
    }

    /** Copies a row (from 0) into an array, {@code [d]}. */
    public void copyRow(int row, double[] into) {
        System.arraycopy(values, row * width, into, 0, width);
    }

    /**
     * Copies values of a column (from 0) into an array.
     *
     * @param from the row (from 0) of the first value
     * @param into is filled
     */
    public void copyColumn(int column, int from, double[] into) {
        requireColumn(column);
        for (int i = 0; i < into.length; i++) {
            into[i] = values[(from + i) * width + column];
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
        return SumOfProducts.of(start, weights, values, row * width);
    }

    /**
     * Adds a row's values, each times a factor, to sums: {@code sums[i] += factor * value(row, i)}, by a fused multiply-add.
     *
     * @param sums {@code [d]}
     */
    public void addRow(int row, double factor, double[] sums) {
        requireWidth(sums);
        int from = row * width;
        for (int i = 0; i < width; i++) {
            sums[i] = Math.fma(factor, values[from + i], sums[i]);
        }
    }

    private void requireColumn(int column) {
        if (column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("column " + column + " of " + width);
        }
    }

    private void requireWidth(double[] numbers) {
        if (numbers.length != width) {
            throw new IllegalArgumentException(numbers.length + " numbers for rows of " + width);
        }
    }

    /** All rows one after the other, {@code [n * d]}; a copy. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that && width == that.width && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(values);
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
