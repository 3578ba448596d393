package dev.ablate.core.data;

import dev.ablate.core.data.Column.Role;
import java.util.Arrays;
import java.util.List;

/** Gathers the rows of a dataset's blocks as examples. */
final class BlockReader {

    private final List<Column> columns;
    private final int width;
    private final int target;

    private double[] rows = new double[0];
    private double[] targets = new double[0];
    private int size;

    private BlockReader(Schema schema) {
        this.columns = schema.columns();
        this.width = schema.features().size();
        this.target = columns.indexOf(
                schema.target().orElseThrow(() -> new IllegalStateException("the data have no target")));
        if (schema.rows().isPresent()) {
            grow(Math.toIntExact(schema.rows().getAsLong()));
        }
    }

    /**
     * All rows.
     *
     * @throws IllegalStateException if there is no target
     * @throws DataException if there is no row, a feature holds categories, or a value is missing
     */
    static Examples examples(Dataset dataset) {
        BlockReader reader = new BlockReader(dataset.schema());
        for (Block block : dataset.blocks()) {
            reader.add(block);
        }
        return reader.examples(dataset.schema());
    }

    private Examples examples(Schema schema) {
        if (size == 0) {
            throw new DataException("rows", "the data have no row");
        }
        return Examples.of(
                schema.featureNames(),
                Matrix.wrap(width, Arrays.copyOf(rows, size * width)),
                Arrays.copyOf(targets, size));
    }

    private void add(Block block) {
        int after = Math.addExact(size, block.rows());
        if (after > targets.length) {
            grow(Math.max(after, 2 * size));
        }
        for (int row = 0; row < block.rows(); row++) {
            int at = (size + row) * width;
            for (int column = 0; column < columns.size(); column++) {
                if (column == target) {
                    targets[size + row] = learned(block, row);
                } else if (columns.get(column).role() == Role.FEATURE) {
                    rows[at++] = number(block, column, row);
                }
            }
        }
        size = after;
    }

    private double learned(Block block, int row) {
        if (columns.get(target).categories().isEmpty()) {
            return number(block, target, row);
        }
        int code = block.category(target, row);
        if (code < 0) {
            throw missing(target, row);
        }
        return code;
    }

    private double number(Block block, int column, int row) {
        if (!columns.get(column).categories().isEmpty()) {
            throw new DataException(columns.get(column).name(), "holds categories, where a number is needed");
        }
        double value = block.number(column, row);
        if (Double.isNaN(value)) {
            throw missing(column, row);
        }
        return value;
    }

    private DataException missing(int column, int row) {
        return new DataException(
                columns.get(column).name(),
                "has no value in row " + (size + row + 1) + ", and nothing fills it in: leave out that row");
    }

    private void grow(int count) {
        targets = Arrays.copyOf(targets, count);
        rows = Arrays.copyOf(rows, Math.multiplyExact(count, width));
    }
}
