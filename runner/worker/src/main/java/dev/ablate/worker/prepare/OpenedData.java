package dev.ablate.worker.prepare;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import java.util.List;
import java.util.OptionalLong;

/** Reads a dataset once, so that none of its plugin's code runs later. */
public final class OpenedData {

    private OpenedData() {}

    /**
     * The same data, with all of their rows in memory: as examples if they are numbers without a missing value, else as a table.
     *
     * @throws DataException if there are columns, and nothing to learn from them
     */
    public static Dataset read(Dataset data) {
        if (data.isNone()) {
            return data;
        }
        Schema schema = data.schema();
        if (schema.target().isEmpty()) {
            throw new DataException("target", "the data have no column to learn");
        }
        if (data.known().isPresent()) {
            return data;
        }
        if (isOfNumbers(data)) {
            data.examples();
            return data;
        }
        Table table = Table.of(data);
        if (table.rows() == 0) {
            throw new DataException("rows", "the data have no row");
        }
        return Dataset.of(new Schema(schema.columns(), OptionalLong.of(table.rows()), schema.source()), List.of(table))
                .remarking(data.remarks());
    }

    /** How many rows there are in data that were read. */
    public static int rows(Dataset data) {
        return Math.toIntExact(
                data.schema().rows().orElseGet(() -> Table.of(data).rows()));
    }

    /** How many values of a column are missing in data that were read. */
    public static int missing(Dataset data, String column) {
        Table table = Table.of(data);
        return table.missing(table.indexOf(column));
    }

    private static boolean isOfNumbers(Dataset data) {
        Schema schema = data.schema();
        if (!schema.features().stream().allMatch(column -> column.categories().isEmpty())) {
            return false;
        }
        for (Block block : data.blocks()) {
            for (int column = 0; column < schema.columns().size(); column++) {
                boolean categories = !schema.columns().get(column).categories().isEmpty();
                for (int row = 0; row < block.rows(); row++) {
                    if (categories ? block.category(column, row) < 0 : Double.isNaN(block.number(column, row))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
