package dev.ablate.engine.report.text;

import dev.ablate.core.data.Column;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.List;

/** Of three classes and more, which was taken for which, and how well each is answered. */
final class ClassTables {

    /** More classes than this make a table of pairs that nobody reads in a terminal. */
    private static final int MOST_CLASSES = 8;

    /** More variants, or cells of them, than this are left to the files. */
    private static final int MOST_GROUPS = 4;

    private ClassTables() {}

    static void write(Report report, Detail detail, Sheet sheet) {
        List<Confusion> confusions = report.confusions();
        String target = report.comparison()
                .flatMap(comparison -> comparison.plan().dataset().schema().target())
                .map(Column::name)
                .orElse("");
        int shown = detail == Detail.BRIEF ? Math.min(MOST_GROUPS, confusions.size()) : confusions.size();
        for (Confusion confusion : confusions.subList(0, shown)) {
            boolean pairs = detail != Detail.BRIEF || confusion.classes().size() <= MOST_CLASSES;
            sheet.table(title(confusion), table(confusion, target, pairs));
        }
        if (shown < confusions.size()) {
            sheet.line(
                    "and of " + Numbers.count(confusions.size() - shown) + " more: -v shows them, -f json has them all",
                    Sheet.Tone.FAINT);
        }
    }

    private static String title(Confusion confusion) {
        return "Classes, " + confusion.group().label() + ": "
                + (confusion.part().equals("test") ? "rows held back" : "rows trained on")
                + (confusion.runs() > 1 ? ", of all " + confusion.runs() + " runs together" : "");
    }

    /**
     * A row for each class of the data.
     *
     * @param pairs whether it has a column for each class that it was taken for
     */
    private static Table table(Confusion confusion, String target, boolean pairs) {
        List<String> classes = confusion.classes();
        Table table = new Table().values(target, classes).repeatThese().number("rows");
        if (pairs) {
            classes.forEach(label -> table.number("as " + label));
        }
        table.number("precision").number("recall").joined().number("f1").joined();
        for (int k = 0; k < classes.size(); k++) {
            List<String> cells = new ArrayList<>(List.of(classes.get(k), Numbers.count(confusion.rows(k))));
            for (int answer = 0; answer < classes.size() && pairs; answer++) {
                cells.add(Numbers.count(confusion.count(k, answer)));
            }
            cells.add(Numbers.rounded(confusion.precision(k)));
            cells.add(Numbers.rounded(confusion.recall(k)));
            cells.add(Numbers.rounded(confusion.f1(k)));
            table.row(cells);
        }
        return table;
    }
}
