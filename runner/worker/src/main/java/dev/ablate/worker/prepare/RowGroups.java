package dev.ablate.worker.prepare;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which rows of a dataset belong together, by its column of the role {@link Role#GROUP}. */
public final class RowGroups {

    private RowGroups() {}

    /**
     * The group of each row: equal numbers, from 0, in the order in which groups occur.
     *
     * @throws IllegalStateException if the data have no such column, or a row has no group
     */
    public static int[] of(Dataset data) {
        List<Column> columns = data.schema().columns();
        int column = IntStream.range(0, columns.size())
                .filter(k -> columns.get(k).role() == Role.GROUP)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the data have no column of groups"));
        boolean numbers = columns.get(column).categories().isEmpty();
        Map<Object, Integer> known = new HashMap<>();
        int[] groups = new int[16];
        int size = 0;
        for (Block block : data.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                Object value = numbers ? (Object) block.number(column, row) : (Object) block.category(column, row);
                if (value.equals(Double.NaN) || (value.equals(-1) && !numbers)) {
                    throw new IllegalStateException("row " + (size + 1) + " has no group");
                }
                if (size == groups.length) {
                    groups = Arrays.copyOf(groups, 2 * size);
                }
                groups[size++] = known.computeIfAbsent(value, none -> known.size());
            }
        }
        return Arrays.copyOf(groups, size);
    }
}
