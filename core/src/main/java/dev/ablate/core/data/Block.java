package dev.ablate.core.data;

/**
 * Some rows of a dataset, to be read and not to be changed.
 *
 * <p>Columns count from 0 in the order of {@link Schema#columns}, rows from 0 in this block.
 */
public interface Block {

    /** How many rows there are, at least 1. */
    int rows();

    /**
     * The number in a column of {@link Column.Numbers}, finite; NaN where it is missing.
     *
     * @throws IllegalArgumentException if the column holds categories
     */
    double number(int column, int row);

    /**
     * The index of the category in a column of {@link Column.Categories}; -1 where it is missing.
     *
     * @throws IllegalArgumentException if the column holds numbers
     */
    int category(int column, int row);

    /**
     * Where a value was written, for a message: {@code passengers.csv:7:3}, the file with line and column from 1.
     *
     * @return empty where nobody knows
     */
    default String place(int column, int row) {
        return "";
    }
}
