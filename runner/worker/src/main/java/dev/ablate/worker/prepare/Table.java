package dev.ablate.worker.prepare;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** All rows of a dataset, column by column, and what is missing in them. */
final class Table implements Block {

    private static final int SOME = 1024;

    private final List<Column> columns;

    /** By column; empty for categories. */
    private final double[][] numbers;

    /** By column; empty for numbers. */
    private final int[][] codes;

    /** How many values are missing, by column. */
    private final int[] missing;

    /** Where the first of them is, by column. */
    private final String[] firstMissing;

    private int rows;

    private Table(Schema schema) {
        this.columns = schema.columns();
        this.numbers = new double[columns.size()][0];
        this.codes = new int[columns.size()][0];
        this.missing = new int[columns.size()];
        this.firstMissing = new String[columns.size()];
        Arrays.fill(firstMissing, "");
        grow((int) Math.min(schema.rows().orElse(SOME), Integer.MAX_VALUE - 8));
    }

    /** The table that a dataset was read into, or is read into now. */
    static Table of(Dataset data) {
        Iterator<? extends Block> blocks = data.blocks().iterator();
        if (blocks.hasNext() && blocks.next() instanceof Table table) {
            return table;
        }
        Table table = new Table(data.schema());
        data.blocks().forEach(table::add);
        return table;
    }

    private void add(Block block) {
        int after = Math.addExact(rows, block.rows());
        if (columns.isEmpty()) {
            rows = after;
            return;
        }
        if (after > Math.max(numbers[0].length, codes[0].length)) {
            grow(Math.max(after, (int) Math.min(2L * rows, Integer.MAX_VALUE - 8)));
        }
        for (int column = 0; column < columns.size(); column++) {
            boolean categories = isCategories(column);
            for (int row = 0; row < block.rows(); row++) {
                boolean none;
                boolean fits;
                if (categories) {
                    int code = block.category(column, row);
                    codes[column][rows + row] = code;
                    none = code < 0;
                    fits = code < columns.get(column).categories().size();
                } else {
                    double number = block.number(column, row);
                    numbers[column][rows + row] = number;
                    none = Double.isNaN(number);
                    fits = none || Double.isFinite(number);
                }
                if (!fits) {
                    throw new DataException(
                            place(block, column, row),
                            categories
                                    ? "has a category that is not in the schema"
                                    : "has a number that is not finite");
                }
                if (none && missing[column]++ == 0) {
                    firstMissing[column] = place(block, column, row);
                }
            }
        }
        rows = after;
    }

    private String place(Block block, int column, int row) {
        String place = block.place(column, row);
        return place.isEmpty() ? "row " + (rows + row + 1) : place;
    }

    private void grow(int count) {
        for (int column = 0; column < columns.size(); column++) {
            if (isCategories(column)) {
                codes[column] = Arrays.copyOf(codes[column], count);
            } else {
                numbers[column] = Arrays.copyOf(numbers[column], count);
            }
        }
    }

    boolean isCategories(int column) {
        return !columns.get(column).categories().isEmpty();
    }

    Column column(int column) {
        return columns.get(column);
    }

    /** The index of a column that is there. */
    int indexOf(String name) {
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).name().equals(name)) {
                return column;
            }
        }
        throw new IllegalArgumentException("no column '" + name + "'");
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public double number(int column, int row) {
        if (isCategories(column)) {
            throw new IllegalArgumentException("'" + columns.get(column).name() + "' holds categories");
        }
        return numbers[column][row];
    }

    @Override
    public int category(int column, int row) {
        if (!isCategories(column)) {
            throw new IllegalArgumentException("'" + columns.get(column).name() + "' holds numbers");
        }
        return codes[column][row];
    }

    boolean isMissing(int column, int row) {
        return isCategories(column) ? codes[column][row] < 0 : Double.isNaN(numbers[column][row]);
    }

    /** How many values of a column are missing. */
    int missing(int column) {
        return missing[column];
    }

    /** Where the first missing value of a column is: {@code passengers.csv:7:5} or {@code row 6}; empty if none is. */
    String firstMissing(int column) {
        return firstMissing[column];
    }
}
