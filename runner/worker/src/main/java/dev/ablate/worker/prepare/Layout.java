package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.EncodeSettings.Coding;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.MissingSettings.Numbers;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which columns a model sees, and which rows it can see: decided over all rows, without the target, so that every seed has the same.
 *
 * @param settings what was asked for
 * @param table all rows
 * @param sources the columns of the table that features are, in order
 * @param rows indices of the rows that are not left out, rising
 * @param groups of each source of categories
 * @param columns what a model sees
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and lives inside one preparation
record Layout(
        PrepareSettings settings,
        Table table,
        List<Integer> sources,
        int[] rows,
        List<Groups> groups,
        List<PreparedColumn> columns) {

    /** So many categories of one column say little of a row; most often they are identifiers, or numbers with a slip among them. */
    private static final int MOST_CATEGORIES = 1_000;

    /**
     * The layout of some features.
     *
     * @param refusals gains why it cannot be used
     */
    static Layout of(Dataset data, List<String> features, PrepareSettings settings, List<Refusal> refusals) {
        Schema schema = data.schema();
        Table table = Table.of(data);
        List<Integer> sources = features.stream().map(table::indexOf).toList();
        schema.target()
                .map(Column::name)
                .map(table::indexOf)
                .ifPresent(target -> refuseUnknown(table, target, refusals));
        sources.forEach(source -> refuseMissing(table, source, settings.missing(), refusals));
        int[] rows = IntStream.range(0, table.rows())
                .filter(row -> sources.stream()
                        .noneMatch(source -> drops(table, source, settings.missing()) && table.isMissing(source, row)))
                .toArray();
        if (rows.length == 0) {
            refusals.add(new Refusal(
                    "data.missing.numbers",
                    "each row misses a value, so that none is left",
                    "fill in what is missing, or choose other features"));
        }
        List<Groups> groups = new ArrayList<>();
        List<PreparedColumn> columns = new ArrayList<>();
        for (int source : sources) {
            if (table.isCategories(source)) {
                Groups own =
                        Groups.of(table, source, JoinedRows.firstOf(data, rows), settings.missing(), settings.encode());
                groups.add(own);
                addCategories(own, table, settings, columns, refusals);
            } else {
                addNumbers(source, table, settings.missing(), columns);
            }
        }
        refuseNames(data, columns, refusals);
        if ((long) rows.length * columns.size() > Integer.MAX_VALUE - 8) {
            refusals.add(new Refusal(
                    "",
                    String.format(
                            Locale.ROOT,
                            "%,d rows of %,d columns are more than can be learned from",
                            rows.length,
                            columns.size()),
                    "name fewer features under data.features"));
        }
        return new Layout(settings, table, sources, rows, groups, columns);
    }

    /** Whether values of some feature are missing in the data. */
    boolean misses(boolean categories) {
        return sources.stream()
                .anyMatch(source -> table.isCategories(source) == categories && table.missing(source) > 0);
    }

    /** Whether rows are left out that have no value in a column. */
    static boolean drops(Table table, int source, MissingSettings settings) {
        return table.isCategories(source)
                ? settings.categories() == MissingSettings.Categories.DROP
                : settings.numbers() == Numbers.DROP;
    }

    private static void refuseUnknown(Table table, int target, List<Refusal> refusals) {
        if (table.missing(target) > 0) {
            refusals.add(new Refusal(
                    "", missing(table, target), "leave these rows out of the data: nobody knows the answer"));
        }
    }

    private static void refuseMissing(Table table, int source, MissingSettings settings, List<Refusal> refusals) {
        if (table.missing(source) == 0) {
            return;
        }
        if (table.missing(source) == table.rows()) {
            refusals.add(new Refusal(
                    "", "'" + table.column(source).name() + "' has no value in any row", leaveOut(table, source)));
        } else if (table.isCategories(source) && settings.categories() == MissingSettings.Categories.REFUSE) {
            refusals.add(new Refusal(
                    "data.missing.categories",
                    missing(table, source),
                    "write data: { missing: { categories: own } } (or most; or drop, which leaves these rows out),"
                            + " or " + leaveOut(table, source)));
        } else if (!table.isCategories(source) && settings.numbers() == Numbers.REFUSE) {
            refusals.add(new Refusal(
                    "data.missing.numbers",
                    missing(table, source),
                    "write data: { missing: { numbers: median } } (or mean, zero; or drop, which leaves these rows out),"
                            + " or " + leaveOut(table, source)));
        }
    }

    private static String leaveOut(Table table, int source) {
        return WaysOut.leaveOut(List.of(table.column(source).name()));
    }

    private static String missing(Table table, int source) {
        return "'" + table.column(source).name() + "' has no value in " + table.missing(source) + " of " + table.rows()
                + " rows, the first is " + table.firstMissing(source);
    }

    private static void addNumbers(int source, Table table, MissingSettings missing, List<PreparedColumn> columns) {
        columns.add(PreparedColumn.number(table.column(source), source));
        if (missing.indicator() && missing.numbers() != Numbers.DROP && table.missing(source) > 0) {
            columns.add(PreparedColumn.indicator(table.column(source), source));
        }
    }

    private static void addCategories(
            Groups groups,
            Table table,
            PrepareSettings settings,
            List<PreparedColumn> columns,
            List<Refusal> refusals) {
        EncodeSettings encode = settings.encode();
        if (encode.categories() == Coding.ORDINAL) {
            List<Refusal> found = CategoryOrder.refusals(groups, table, settings);
            refusals.addAll(found);
            if (found.isEmpty()) {
                columns.add(groups.rank(
                        table,
                        encode.order()
                                .getOrDefault(table.column(groups.source()).name(), List.of())));
            }
            return;
        }
        if (groups.reference() < 0) {
            Column column = table.column(groups.source());
            refusals.add(new Refusal(
                    "data.encode.reference",
                    "'" + column.name() + "' has no row with "
                            + encode.references().get(column.name()),
                    "there are " + String.join(", ", groups.names())));
        }
        if (groups.names().size() > MOST_CATEGORIES) {
            refusals.add(new Refusal(
                    "",
                    String.format(
                            Locale.ROOT,
                            "'%s' has %,d categories, and a column each: more than %,d are not learned from",
                            table.column(groups.source()).name(),
                            groups.names().size(),
                            MOST_CATEGORIES),
                    leaveOut(table, groups.source()) + ", or gather what is rare by data: { encode: { rare: 0.01 } }"));
            return;
        }
        for (int group = 0; group < groups.names().size(); group++) {
            if (encode.categories() == Coding.ONE_HOT || group != groups.reference()) {
                columns.add(groups.mark(table, group));
            }
        }
    }

    private static void refuseNames(Dataset data, List<PreparedColumn> columns, List<Refusal> refusals) {
        if (columns.isEmpty() && refusals.isEmpty()) {
            refusals.add(new Refusal(
                    "",
                    "the features have one category each, so that no column is left to learn from",
                    "name other features under data.features"));
        }
        Set<String> names =
                new HashSet<>(data.schema().target().stream().map(Column::name).toList());
        for (PreparedColumn column : columns) {
            if (!names.add(column.name())) {
                refusals.add(new Refusal(
                        "",
                        "two prepared columns would be called '" + column.name() + "'",
                        "rename a column of the data"));
            }
        }
    }
}
