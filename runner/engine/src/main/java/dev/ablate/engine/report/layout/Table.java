package dev.ablate.engine.report.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Columns of text and numbers, aligned, under their headers, if any column has one; a table that is too wide goes on below with
 * its first columns repeated.
 */
public final class Table {

    private static final String GAP = "  ";

    /** A number, a list of such, or none. */
    private static final String NUMBER =
            "\\[?[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?(?:, [-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)*\\]?|-?";

    /** What a column holds. */
    public enum Kind {
        /** Words. */
        TEXT,
        /** Numbers, whose points stand below each other. */
        NUMBER,
        /** Words of verdicts. */
        VERDICT,
        /** Bars of characters, for a terminal alone. */
        BAR
    }

    /** Where the names of variants, or of their cells, stand in a column: a form may show their colours there, and nowhere else. */
    public enum Groups {
        /** Nowhere, whatever its texts look like: a weight may go by the name of a variant. */
        NOWHERE,
        /** Its header is one. */
        HEADER,
        /** Its cells are. */
        CELLS
    }

    /**
     * A column.
     *
     * @param header printable; may be empty
     * @param kind what it holds
     * @param groups where it names variants
     */
    public record Column(String header, Kind kind, Groups groups) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> joined = new HashSet<>();
    private int repeated = 1;

    /** Adds a column of text, which begins at one place. */
    public Table text(String header) {
        return column(header, Kind.TEXT);
    }

    /** Adds a column of numbers, whose points stand below each other. */
    public Table number(String header) {
        return column(header, Kind.NUMBER);
    }

    /** Adds a column of text that belongs to one variant, or one of its cells. */
    public Table textOf(String group) {
        return column(group, Kind.TEXT, Groups.HEADER);
    }

    /** Adds a column of what a person wrote: of numbers if all of these are, else of text. */
    public Table values(String header, Collection<String> values) {
        return column(header, values.stream().allMatch(value -> value.matches(NUMBER)) ? Kind.NUMBER : Kind.TEXT);
    }

    /** Adds a column of numbers that belong to one variant, or one of its cells. */
    public Table numberOf(String group) {
        return column(group, Kind.NUMBER, Groups.HEADER);
    }

    /** Adds a column that says to which variant, or cell of one, a row belongs. */
    public Table groups(String header) {
        return column(header, Kind.TEXT, Groups.CELLS);
    }

    /** Adds a column of bars, which only a terminal shows, with the column before. */
    public Table bar() {
        return column("", Kind.BAR).joined();
    }

    /** Keeps the last column with the one before it: a break of the table never parts them. */
    public Table joined() {
        joined.add(columns.size() - 1);
        return this;
    }

    /** Adds a column of verdicts. */
    public Table verdict(String header) {
        return column(header, Kind.VERDICT);
    }

    /** Repeats the columns that are there so far wherever the table is broken; without it, the first. */
    public Table repeatThese() {
        repeated = columns.size();
        return this;
    }

    /** Adds a row with a cell for each column. */
    public Table row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.stream().map(Printable::line).toList());
        return this;
    }

    /** Adds a row with a cell for each column. */
    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /** The columns in order. */
    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /** The rows in order, a printable cell for each column. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** How many columns name a row, from the first one on. */
    public int naming() {
        return repeated;
    }

    /** The same without bars, for a form that draws better ones. */
    public Table withoutBars() {
        Table bare = new Table();
        int[] kept = IntStream.range(0, columns.size())
                .filter(c -> columns.get(c).kind() != Kind.BAR)
                .toArray();
        IntStream.of(kept).forEach(c -> bare.columns.add(columns.get(c)));
        rows.forEach(row -> bare.rows.add(IntStream.of(kept).mapToObj(row::get).toList()));
        IntStream.range(0, kept.length).filter(c -> joined.contains(kept[c])).forEach(bare.joined::add);
        bare.repeated = repeated;
        return bare;
    }

    /** The same with so many rows at most. */
    Table first(int most) {
        Table beginning = new Table();
        beginning.columns.addAll(columns);
        beginning.rows.addAll(rows.subList(0, Math.min(most, rows.size())));
        beginning.joined.addAll(joined);
        beginning.repeated = repeated;
        return beginning;
    }

    /** The lines, each at most {@code width} wide if the columns allow. */
    public List<String> lines(int width, Style style) {
        List<List<String>> laidOut = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            laidOut.add(layOut(c));
        }
        List<String> lines = new ArrayList<>();
        int from = repeated;
        do {
            List<Integer> shown = new ArrayList<>();
            int used = -GAP.length();
            for (int c = 0; c < repeated; c++) {
                shown.add(c);
                used += GAP.length() + widthOf(laidOut.get(c));
            }
            int fitting = 0;
            while (from < columns.size() && (fitting == 0 || used + widthFrom(from, laidOut) <= width)) {
                used += widthFrom(from, laidOut);
                do {
                    shown.add(from++);
                } while (joined.contains(from));
                fitting++;
            }
            if (!lines.isEmpty()) {
                lines.add("");
            }
            boolean headers =
                    columns.stream().anyMatch(column -> !column.header().isEmpty());
            for (int line = headers ? 0 : 1; line <= rows.size(); line++) {
                lines.add(join(shown, laidOut, line, style));
            }
        } while (from < columns.size());
        return lines;
    }

    private Table column(String header, Kind kind) {
        return column(header, kind, Groups.NOWHERE);
    }

    private Table column(String header, Kind kind, Groups groups) {
        columns.add(new Column(Printable.line(header), kind, groups));
        return this;
    }

    /** Header and cells of a column, all of one width. */
    private List<String> layOut(int index) {
        Column column = columns.get(index);
        boolean number = column.kind() == Kind.NUMBER;
        List<String> cells = rows.stream().map(row -> row.get(index)).toList();
        int behind = number ? cells.stream().mapToInt(Table::behindPoint).max().orElse(0) : 0;
        List<String> aligned = new ArrayList<>();
        aligned.add(column.header());
        for (String cell : cells) {
            aligned.add(number ? cell + " ".repeat(behind - behindPoint(cell)) : cell);
        }
        int width = aligned.stream().mapToInt(Printable::width).max().orElse(0);
        return aligned.stream()
                .map(cell -> {
                    String padding = " ".repeat(width - Printable.width(cell));
                    return number ? padding + cell : cell + padding;
                })
                .toList();
    }

    private String join(List<Integer> shown, List<List<String>> laidOut, int line, Style style) {
        StringBuilder text = new StringBuilder();
        for (int c : shown) {
            String cell = laidOut.get(c).get(line);
            if (c == shown.get(shown.size() - 1)) {
                cell = cell.stripTrailing();
            }
            text.append(text.isEmpty() ? "" : GAP);
            if (line == 0) {
                text.append(style.faint(cell));
            } else {
                text.append(columns.get(c).kind() == Kind.VERDICT ? style.verdict(cell) : cell);
            }
        }
        return text.toString().stripTrailing();
    }

    /** Of a column and those that are joined to it, with the gaps before them. */
    private int widthFrom(int column, List<List<String>> laidOut) {
        int used = GAP.length() + widthOf(laidOut.get(column));
        return joined.contains(column + 1) ? used + widthFrom(column + 1, laidOut) : used;
    }

    private static int widthOf(List<String> cells) {
        return Printable.width(cells.get(0));
    }

    /** What follows the whole part: {@code .25}, {@code e-7}. */
    private static int behindPoint(String number) {
        int point = number.indexOf('.');
        int exponent = number.indexOf('e');
        int end = point >= 0 ? point : exponent >= 0 ? exponent : number.length();
        return number.length() - end;
    }
}
