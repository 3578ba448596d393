package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of data hold, for a person who looks at them for the first time.
 *
 * @param rows how many there are
 * @param columns of the data, in order
 * @param duplicates rows that are equal to an earlier one in all columns
 * @param contradictory rows whose features are equal to those of a row with another target
 */
public record DataProfile(int rows, List<Profiled> columns, int duplicates, int contradictory) {

    /** So many values are shown as examples. */
    private static final int EXAMPLES = 3;

    /** A column that counts fewer rows may hold anything. */
    private static final int MANY_ROWS = 20;

    /**
     * One column.
     *
     * @param distinct how many different values it has, missing ones left out
     * @param values its different values, a number or the code of a category: the commonest first, of equally common ones the first met
     * @param counts how many rows have each of them
     * @param least of its numbers; NaN without one
     * @param greatest of its numbers; NaN without one
     * @param looksLikeIdentifier whether it is a feature with another category in each row, or one that counts the rows
     */
    public record Profiled(
            Column column,
            int missing,
            int distinct,
            List<Double> values,
            List<Integer> counts,
            double least,
            double greatest,
            boolean looksLikeIdentifier) {

        /** Copies the lists. */
        public Profiled {
            values = List.copyOf(values);
            counts = List.copyOf(counts);
        }

        /** Whether all rows have one value. */
        public boolean isConstant() {
            return distinct == 1 && missing == 0;
        }
    }

    /** Copies the list. */
    public DataProfile {
        columns = List.copyOf(columns);
    }

    /** Looks at all rows of data. */
    public static DataProfile of(Dataset data) {
        Table table = Table.of(data);
        List<Column> columns = data.schema().columns();
        List<Profiled> profiled = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            profiled.add(profiled(columns.get(column), column, table));
        }
        int target = data.schema().target().map(columns::indexOf).orElse(-1);
        Set<Key> rows = new HashSet<>();
        Map<Key, Key> targets = new HashMap<>();
        Set<Key> contradicted = new HashSet<>();
        int duplicates = 0;
        for (int row = 0; row < table.rows(); row++) {
            duplicates += rows.add(key(table, columns, row, -1)) ? 0 : 1;
            Key features = key(table, columns, row, target);
            Key learned = new Key(Double.doubleToLongBits(value(table, columns, target, row)), 0);
            Key before = targets.putIfAbsent(features, learned);
            if (before != null && !before.equals(learned)) {
                contradicted.add(features);
            }
        }
        int contradictory = 0;
        for (int row = 0; row < table.rows() && !contradicted.isEmpty(); row++) {
            contradictory += contradicted.contains(key(table, columns, row, target)) ? 1 : 0;
        }
        return new DataProfile(table.rows(), profiled, duplicates, contradictory);
    }

    private static Profiled profiled(Column column, int index, Table table) {
        boolean numbers = column.categories().isEmpty();
        Map<Double, Integer> counts = new LinkedHashMap<>();
        double least = Double.NaN;
        double greatest = Double.NaN;
        int missing = 0;
        boolean rising = numbers;
        for (int row = 0; row < table.rows(); row++) {
            double value = numbers ? table.number(index, row) : table.category(index, row);
            if (numbers ? Double.isNaN(value) : value < 0) {
                missing++;
                rising = false;
                continue;
            }
            counts.merge(value + 0.0, 1, Integer::sum);
            least = Double.isNaN(least) ? value : Math.min(least, value);
            greatest = Double.isNaN(greatest) ? value : Math.max(greatest, value);
            rising = rising && (row == 0 || value == table.number(index, row - 1) + 1);
        }
        boolean different = counts.size() == table.rows() && table.rows() > 2;
        boolean identifier =
                column.role() == Role.FEATURE && (numbers ? rising && table.rows() >= MANY_ROWS : different);
        List<Map.Entry<Double, Integer>> commonest = counts.entrySet().stream()
                .sorted(Map.Entry.<Double, Integer>comparingByValue().reversed())
                .limit(EXAMPLES)
                .toList();
        return new Profiled(
                column,
                missing,
                counts.size(),
                commonest.stream().map(Map.Entry::getKey).toList(),
                commonest.stream().map(Map.Entry::getValue).toList(),
                numbers ? least : Double.NaN,
                numbers ? greatest : Double.NaN,
                identifier);
    }

    /** 128 bits of a row: equal rows have the same, and others do not but by a chance that nobody meets. */
    private record Key(long one, long other) {}

    private static Key key(Table table, List<Column> columns, int row, int without) {
        long one = 0x9E3779B97F4A7C15L;
        long other = 0xC2B2AE3D27D4EB4FL;
        for (int column = 0; column < columns.size(); column++) {
            if (column != without) {
                long bits = Double.doubleToLongBits(value(table, columns, column, row));
                one = mixed(one ^ bits, 0xBF58476D1CE4E5B9L);
                other = mixed(other + bits, 0x94D049BB133111EBL);
            }
        }
        return new Key(one, other);
    }

    private static long mixed(long bits, long factor) {
        long mixed = (bits ^ (bits >>> 30)) * factor;
        return mixed ^ (mixed >>> 27);
    }

    private static double value(Table table, List<Column> columns, int column, int row) {
        if (column < 0) {
            return 0;
        }
        return columns.get(column).categories().isEmpty()
                ? table.number(column, row) + 0.0
                : table.category(column, row);
    }
}
