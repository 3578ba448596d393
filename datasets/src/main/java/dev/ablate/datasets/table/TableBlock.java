package dev.ablate.datasets.table;

import dev.ablate.core.data.Block;
import java.util.List;

/**
 * All rows of a file as one block.
 *
 * @param columns the features in the file's order, then the target
 * @param target as it is learned
 * @param places finds a cell again, for a message
 */
record TableBlock(List<TypedColumn> columns, LearnedTarget target, CellPlaces places) implements Block {

    @Override
    public int rows() {
        return target.values().length;
    }

    @Override
    public double number(int column, int row) {
        if (isTarget(column)
                ? !target.classes().isEmpty()
                : !columns.get(column).isOfNumbers()) {
            throw new IllegalArgumentException("'" + columns.get(column).name() + "' holds categories");
        }
        return isTarget(column) ? target.values()[row] : columns.get(column).value(row);
    }

    @Override
    public int category(int column, int row) {
        if (isTarget(column) ? target.classes().isEmpty() : columns.get(column).isOfNumbers()) {
            throw new IllegalArgumentException("'" + columns.get(column).name() + "' holds numbers");
        }
        return (int)
                (isTarget(column) ? target.values()[row] : columns.get(column).value(row));
    }

    private boolean isTarget(int column) {
        return column == columns.size() - 1;
    }

    @Override
    public String place(int column, int row) {
        return places.of(row, columns.get(column).index());
    }
}
