package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.report.Coding;
import dev.ablate.engine.report.Coding.Line;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import dev.ablate.worker.prepare.CodedFeature.Kind;
import java.util.ArrayList;
import java.util.List;

/** How features were coded, and what was filled in. */
final class CodingTables {

    /** More lines than this nobody reads. */
    private static final int MOST_LINES = 60;

    private CodingTables() {}

    /** Nothing where data are numbers without a missing value. */
    static void write(Comparison comparison, Sheet sheet) {
        Coding coding = Coding.of(comparison);
        List<Line> lines = coding.lines();
        if (lines.isEmpty()) {
            return;
        }
        boolean fills = lines.stream().anyMatch(line -> !line.filled().isEmpty());
        boolean unmet = lines.stream().anyMatch(line -> line.unmet() > 0);
        Table table = new Table()
                .text("feature")
                .text("value")
                .repeatThese()
                .number("rows")
                .text("columns");
        if (fills) {
            table.text("filled in");
        }
        if (unmet) {
            table.number("test rows unmet");
        }
        if (coding.differs()) {
            table.text("variants");
        }
        for (Line line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            List<String> cells = new ArrayList<>(List.of(
                    line.feature(),
                    line.value().kind() == Kind.NUMBERS
                            ? "numbers"
                            : line.value().name(),
                    Numbers.count(line.value().rows()),
                    line.columns()));
            if (fills) {
                cells.add(line.filled());
            }
            if (unmet) {
                cells.add(line.unmet() == 0 ? "" : Numbers.count(line.unmet()));
            }
            if (coding.differs()) {
                cells.add(String.join(", ", line.variants()));
            }
            table.row(cells);
        }
        sheet.table("Coding of features", table);
        if (lines.size() > MOST_LINES) {
            sheet.line("and " + Numbers.count(lines.size() - MOST_LINES) + " more", Sheet.Tone.FAINT);
        }
        if (fills) {
            sheet.line(
                    "What is filled in is fitted on each run's training rows, so that it differs from seed to seed.",
                    Sheet.Tone.FAINT);
        }
        if (unmet) {
            sheet.line(
                    "Unmet: rows held back whose category no training row has, over all seeds; all of its columns are 0.",
                    Sheet.Tone.FAINT);
        }
    }
}
