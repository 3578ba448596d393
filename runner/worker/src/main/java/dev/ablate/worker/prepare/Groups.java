package dev.ablate.worker.prepare;

import dev.ablate.core.data.Column;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.MissingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The kinds of rows that a column of categories distinguishes: each category that occurs, all that are rare as one, and those without.
 *
 * @param source the column of the table
 * @param names of the kinds, in order
 * @param byCode the index of the kind of a category of index {@code k}, at {@code k + 1}, and of a missing one at 0; -1 where there is
 *     none, as it does not occur or is filled in
 * @param gathered how many categories are gathered as rare
 * @param reference the index of the kind that is the reference
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and lives inside one preparation
record Groups(int source, List<String> names, int[] byCode, int gathered, int reference) {

    private static final String RARE = "rare";
    private static final String MISSING = "missing";

    /**
     * Those of a column.
     *
     * @param rows the rows that are there
     */
    static Groups of(Table table, int source, int[] rows, MissingSettings missing, EncodeSettings encode) {
        Column column = table.column(source);
        List<String> categories = column.categories();
        int[] counts = new int[categories.size() + 1];
        for (int row : rows) {
            counts[table.category(source, row) + 1]++;
        }
        int[] byCode = new int[counts.length];
        Arrays.fill(byCode, -1);
        List<String> names = new ArrayList<>();
        List<Integer> rare = new ArrayList<>();
        for (int code = 0; code < categories.size(); code++) {
            int count = counts[code + 1];
            if (count > 0 && count < encode.rare() * rows.length) {
                rare.add(code);
            } else if (count > 0) {
                byCode[code + 1] = names.size();
                names.add(categories.get(code));
            }
        }
        if (!rare.isEmpty()) {
            rare.forEach(code -> byCode[code + 1] = names.size());
            names.add(free(RARE, categories));
        }
        if (counts[0] > 0 && missing.categories() == MissingSettings.Categories.OWN) {
            byCode[0] = names.size();
            names.add(free(MISSING, categories));
        }
        return new Groups(source, List.copyOf(names), byCode, rare.size(), reference(column, counts, byCode, encode));
    }

    /** A name that is not a category's. */
    private static String free(String name, List<String> categories) {
        return categories.contains(name) ? "(" + name + ")" : name;
    }

    private static int reference(Column column, int[] counts, int[] byCode, EncodeSettings encode) {
        String wanted = encode.references().get(column.name());
        if (wanted != null) {
            int code = column.categories().indexOf(wanted);
            return code < 0 ? -1 : byCode[code + 1];
        }
        int best = -1;
        for (int code = 0; code < column.categories().size(); code++) {
            int group = byCode[code + 1];
            if (group >= 0
                    && (best < 0 || (encode.most() ? counts[code + 1] > counts[best + 1] : group < byCode[best + 1]))) {
                best = code;
            }
        }
        return best < 0 ? 0 : byCode[best + 1];
    }

    /** The column of 0 and 1 of a kind. */
    PreparedColumn mark(Table table, int group) {
        double[] values = new double[byCode.length];
        for (int code = 0; code < values.length; code++) {
            values[code] = byCode[code] == group ? 1 : 0;
        }
        if (byCode[0] < 0) {
            values[0] = Double.NaN;
        }
        return new PreparedColumn(
                table.column(source).name() + "=" + names.get(group), "", source, PreparedColumn.Kind.CATEGORY, values);
    }

    /** The column of the places in an order of all categories that occur. */
    PreparedColumn rank(Table table, List<String> order) {
        Column column = table.column(source);
        double[] values = new double[byCode.length];
        values[0] = Double.NaN;
        for (int code = 0; code < column.categories().size(); code++) {
            values[code + 1] = order.indexOf(column.categories().get(code));
        }
        return new PreparedColumn(column.name(), "", source, PreparedColumn.Kind.RANK, values);
    }
}
