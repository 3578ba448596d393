package dev.ablate.worker.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the values of a feature become.
 *
 * @param name of the feature
 * @param values its numbers as one, each category, and what is missing
 */
public record CodedFeature(String name, List<Value> values) {

    /** Copies the list. */
    public CodedFeature {
        values = List.copyOf(values);
    }

    /** What kind of values are coded alike. */
    public enum Kind {
        /** Numbers, which stay as they are. */
        NUMBERS,
        /** A category with a column of its own, or a place in an order. */
        CATEGORY,
        /** The category at which all columns of the feature are 0. */
        REFERENCE,
        /** Values that are missing, for which something is filled in. */
        FILLED_IN
    }

    /**
     * Values that are coded alike.
     *
     * @param name of the category; {@code missing}, or empty for numbers
     * @param kind what they are
     * @param columns names of the columns that a model sees of them; none of a reference
     * @param rows how many rows have one, of those that are not left out
     */
    public record Value(String name, Kind kind, List<String> columns, int rows) {

        /** Copies the list. */
        public Value {
            columns = List.copyOf(columns);
        }
    }

    /** What is done to the features of a layout, in order. */
    static List<CodedFeature> of(Layout layout) {
        return layout.sources().stream().map(source -> of(layout, source)).toList();
    }

    private static CodedFeature of(Layout layout, int source) {
        List<PreparedColumn> columns = layout.columns().stream()
                .filter(column -> column.source() == source)
                .toList();
        List<Value> values = layout.groups().stream()
                .filter(groups -> groups.source() == source)
                .findFirst()
                .map(groups -> categories(layout, groups, columns))
                .orElseGet(() -> numbers(layout, source, columns));
        return new CodedFeature(layout.table().column(source).name(), values);
    }

    private static List<Value> numbers(Layout layout, int source, List<PreparedColumn> columns) {
        int missing = rows(layout, row -> layout.table().isMissing(source, row));
        String name = columns.get(0).name();
        Value numbers = new Value("", Kind.NUMBERS, List.of(name), layout.rows().length - missing);
        List<String> all = columns.stream().map(PreparedColumn::name).toList();
        return missing == 0 ? List.of(numbers) : List.of(numbers, new Value("missing", Kind.FILLED_IN, all, missing));
    }

    private static List<Value> categories(Layout layout, Groups groups, List<PreparedColumn> columns) {
        List<Value> values = new ArrayList<>();
        boolean ranked = columns.stream().anyMatch(column -> column.kind() == PreparedColumn.Kind.RANK);
        for (int group = 0; group < groups.names().size(); group++) {
            int index = group;
            String category = groups.names().get(group);
            List<String> own = columns.stream()
                    .filter(column -> ranked || marks(column, groups, index))
                    .map(PreparedColumn::name)
                    .toList();
            values.add(new Value(
                    category,
                    own.isEmpty() ? Kind.REFERENCE : Kind.CATEGORY,
                    own,
                    rows(layout, row -> group(layout, groups, row) == index)));
        }
        int missing = rows(layout, row -> group(layout, groups, row) < 0);
        if (missing > 0) {
            values.add(new Value(
                    "missing",
                    Kind.FILLED_IN,
                    columns.stream().map(PreparedColumn::name).toList(),
                    missing));
        }
        return values;
    }

    private static boolean marks(PreparedColumn column, Groups groups, int group) {
        return IntStream.range(0, groups.byCode().length)
                .anyMatch(code -> groups.byCode()[code] == group && column.byCode()[code] == 1);
    }

    private static int group(Layout layout, Groups groups, int row) {
        return groups.byCode()[layout.table().category(groups.source(), row) + 1];
    }

    private static int rows(Layout layout, IntPredicate wanted) {
        return (int) Arrays.stream(layout.rows()).filter(wanted).count();
    }
}
