package dev.ablate.engine.report.layout;

import java.util.List;

/** Passes on the beginning of a table that is too long for a terminal, and says how to see the rest. */
public final class BriefSheet implements Sheet {

    /** More rows nobody reads on a terminal. */
    private static final int MOST_ROWS = 24;

    private final Sheet whole;

    public BriefSheet(Sheet whole) {
        this.whole = whole;
    }

    @Override
    public Sheet paragraph(String text, Tone tone) {
        whole.paragraph(text, tone);
        return this;
    }

    @Override
    public Sheet line(String text, Tone tone) {
        whole.line(text, tone);
        return this;
    }

    @Override
    public Sheet table(String title, Table table) {
        List<List<String>> rows = table.rows();
        // what is cut off is more than the line that says so
        if (rows.size() <= MOST_ROWS + 1) {
            whole.table(title, table);
            return this;
        }
        whole.table(title, table.first(MOST_ROWS));
        whole.line("and " + Numbers.count(rows.size() - MOST_ROWS) + " more rows: -v shows all of them", Tone.FAINT);
        return this;
    }
}
