package dev.ablate.worker.prepare;

import dev.ablate.worker.spec.MissingSettings.Categories;
import dev.ablate.worker.spec.MissingSettings.Numbers;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What a preparation does, in words, with its counts. */
final class Notes {

    private final Layout layout;
    private final Table table;

    private Notes(Layout layout) {
        this.layout = layout;
        this.table = layout.table();
    }

    static List<String> of(Layout layout) {
        Notes notes = new Notes(layout);
        List<String> found = new ArrayList<>();
        notes.add(found, notes.leftOut());
        notes.add(found, notes.numbers());
        notes.add(found, notes.categories());
        notes.add(found, notes.gathered());
        notes.add(found, notes.coding());
        return List.copyOf(found);
    }

    private void add(List<String> notes, String note) {
        if (!note.isEmpty()) {
            notes.add(note);
        }
    }

    private String leftOut() {
        int out = table.rows() - layout.rows().length;
        List<Integer> missed = layout.sources().stream()
                .filter(source -> Layout.drops(table, source, layout.settings().missing()))
                .filter(source -> table.missing(source) > 0)
                .toList();
        String named = missed.size() == 1
                ? name(missed.get(0))
                : missed.stream()
                        .map(source -> name(source) + " (" + count(source) + ")")
                        .collect(Collectors.joining(", "));
        return out == 0 ? "" : out + " of " + table.rows() + " rows are left out, as they have no value of " + named;
    }

    private String numbers() {
        Numbers how = layout.settings().missing().numbers();
        if (how == Numbers.DROP || !layout.misses(false)) {
            return "";
        }
        String what = how == Numbers.ZERO ? "0" : "the " + word(how) + " of the training rows";
        return "missing numbers become " + what + ": "
                + sources(false, source -> count(source) + value(how, source))
                + (layout.settings().missing().indicator() ? "; a column beside each says where one was missing" : "");
    }

    private String value(Numbers how, int source) {
        if (how == Numbers.ZERO) {
            return "";
        }
        double[] values = Arrays.stream(layout.rows())
                .mapToDouble(row -> table.number(source, row))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return ", " + Phrases.rounded(Fills.number(how, values)) + " over all rows";
    }

    private String categories() {
        Categories how = layout.settings().missing().categories();
        if (how == Categories.DROP || !layout.misses(true)) {
            return "";
        }
        return (how == Categories.OWN
                        ? "missing categories are a category of their own: "
                        : "missing categories become the most frequent one of the training rows: ")
                + sources(true, this::count);
    }

    private String gathered() {
        String named = layout.groups().stream()
                .filter(groups -> groups.gathered() > 0)
                .map(groups -> groups.gathered() + " of " + name(groups.source()))
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "" : "rare categories are gathered into one: " + named;
    }

    private String coding() {
        if (layout.groups().isEmpty()) {
            return "";
        }
        return switch (layout.settings().encode().categories()) {
            case REFERENCE ->
                "each category but a reference is a column of 0 and 1; "
                        + (layout.groups().size() == 1 ? "the reference is " : "the references are ")
                        + layout.groups().stream()
                                .map(groups -> name(groups.source()) + "="
                                        + groups.names().get(groups.reference()))
                                .collect(Collectors.joining(", "));
            case ONE_HOT -> "each category is a column of 0 and 1: " + categoryColumns();
            case ORDINAL -> "categories are numbered from 0 in the order that is given: " + categoryColumns();
        };
    }

    private String categoryColumns() {
        return layout.groups().stream().map(groups -> name(groups.source())).collect(Collectors.joining(", "));
    }

    /** {@code age (13 of 120 rows), fare (2 of 120 rows)}: sources with missing values, and what is said of each. */
    private String sources(boolean categories, IntFunction<String> said) {
        return layout.sources().stream()
                .filter(source -> table.isCategories(source) == categories && table.missing(source) > 0)
                .map(source -> name(source) + " (" + said.apply(source) + ")")
                .collect(Collectors.joining(", "));
    }

    private String count(int source) {
        return table.missing(source) + " of " + table.rows() + " rows";
    }

    private String name(int source) {
        return table.column(source).name();
    }

    private static String word(Numbers how) {
        return how == Numbers.MEAN ? "mean" : "median";
    }
}
