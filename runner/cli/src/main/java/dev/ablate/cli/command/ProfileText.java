package dev.ablate.cli.command;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.worker.prepare.DataProfile;
import dev.ablate.worker.prepare.DataProfile.Profiled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words what the columns of a dataset hold. */
final class ProfileText {

    private static final int WIDTH = 100;

    private ProfileText() {}

    /** One line a column, then what is worth a second look. */
    static List<String> lines(Dataset data) {
        DataProfile profile = DataProfile.of(data);
        List<String> lines = new ArrayList<>();
        lines.add((data.source().isEmpty() ? "" : data.source() + ": ") + Numbers.count(profile.rows(), "row") + " of "
                + Numbers.count(data.schema().features().size(), "feature")
                + data.schema()
                        .target()
                        .map(target -> ", target " + target.name())
                        .orElse(""));
        lines.add("");
        Table table = new Table()
                .text("column")
                .text("holds")
                .number("missing")
                .number("distinct")
                .text("range or commonest")
                .text("examples");
        for (Profiled column : profile.columns()) {
            table.row(
                    column.column().name(),
                    column.column().categories().isEmpty() ? "numbers" : "categories",
                    Numbers.count(column.missing()),
                    Numbers.count(column.distinct()),
                    rangeOrCommonest(column),
                    column.column().categories().isEmpty()
                            ? column.values().stream().map(Numbers::rounded).collect(Collectors.joining(", "))
                            : "");
        }
        lines.addAll(table.lines(WIDTH, Style.PLAIN));
        List<String> notes = notes(data, profile);
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return lines;
    }

    private static String rangeOrCommonest(Profiled column) {
        if (column.column().categories().isEmpty()) {
            return Double.isNaN(column.least())
                    ? ""
                    : Numbers.rounded(column.least()) + " to " + Numbers.rounded(column.greatest());
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < column.values().size(); i++) {
            names.add(column.column().categories().get((int)
                            (double) column.values().get(i)) + " ("
                    + Numbers.count(column.counts().get(i)) + ")");
        }
        return String.join(", ", names) + (column.distinct() > names.size() ? ", ..." : "");
    }

    private static List<String> notes(Dataset data, DataProfile profile) {
        List<String> notes = new ArrayList<>(data.remarks());
        for (Profiled profiled : profile.columns()) {
            Column column = profiled.column();
            boolean said = data.remarks().stream().anyMatch(remark -> remark.startsWith(column.name() + " "));
            if (profiled.looksLikeIdentifier() && !said) {
                notes.add(column.name() + " looks like an identifier");
            }
            if (profiled.isConstant() && column.role() == Role.FEATURE) {
                notes.add(column.name() + " is the same in every row");
            }
        }
        if (profile.duplicates() > 0) {
            notes.add(Numbers.count(profile.duplicates(), "row") + " equal to an earlier one");
        }
        if (profile.contradictory() > 0) {
            notes.add(Numbers.count(profile.contradictory(), "row")
                    + " with the features of another row and another target: no model gets them all right");
        }
        return notes;
    }
}
