package dev.ablate.reader.csv;

import dev.ablate.reader.number.NumberScanner;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Turns the rows of a window into numbers, one row after the other, in memory of its own.
 *
 * <p>A cell that is a number and nothing more is read in one pass. All others (quotes, blanks, words, missing values) go the slow way:
 * first the cell's end, then what it holds. Nothing is thrown: a row that is not as it should be is noted, as it may not be a row at all
 * where the scan began at a wrong place. So is a column of numbers with a cell that is none.
 */
final class RowScanner {

    /** How a scan ended. */
    enum End {
        /** At a row that begins behind the limit, or at the end of the source. */
        LIMIT,
        /** At a row that ends behind the window. */
        UNFINISHED,
        /** At a row whose quotes do not fit together. */
        BADLY_QUOTED
    }

    /** Instead of a separator of several bytes: a byte that never follows a number, since it would be part of it. */
    private static final byte NO_SEPARATOR = '0';

    /** Instead of what follows a number; separates nothing either. */
    private static final byte NO_NUMBER = '1';

    private final Layout layout;
    private final int cellsOfRow;
    private final Set<String> missing;
    private final CellScanner cell;
    private final NumberScanner number;
    private final NumberText text;

    /** Of the columns of words. */
    private final Dictionary[] dictionaries;

    /** Whether the cells of a column are tried as numbers first. */
    private final boolean[] onePass;

    /** What ends a number that is read in one pass, if not a line end. */
    private final byte separator;

    /** Of the columns of numbers, those with a cell that is none. */
    private final boolean[] texts;

    private final WrongRows wrong = new WrongRows();
    private double[] cells = new double[1 << 10];
    private int rows;
    private boolean missed;
    private int at;

    /** Of the row at hand, which may turn out to be a part of one: what else is noted of it. */
    private final BitSet textsOfRow = new BitSet();

    private boolean missedInRow;
    private boolean right;

    RowScanner(Layout layout, Dialect dialect) {
        this.layout = layout;
        this.cellsOfRow = layout.width() + 1;
        this.missing = dialect.missing();
        this.cell = new CellScanner(dialect);
        this.number = new NumberScanner(dialect.point(), true);
        this.text = new NumberText(dialect);
        byte[] separates = dialect.separatorBytes();
        this.separator = separates.length == 1 && !dialect.repeated() ? separates[0] : NO_SEPARATOR;
        this.dictionaries = new Dictionary[layout.columns()];
        this.onePass = new boolean[layout.columns()];
        this.texts = new boolean[layout.columns()];
        boolean numbersAreValues = missing.stream().noneMatch(text::isPlain);
        for (int column = 0; column < layout.columns(); column++) {
            onePass[column] = numbersAreValues && layout.kind(column) == Kind.NUMBER;
            if (layout.kind(column) == Kind.TEXT) {
                dictionaries[column] = new Dictionary(missing);
            }
        }
    }

    /** Forgets all rows. */
    void clear() {
        rows = 0;
        missed = false;
        wrong.clear();
        Arrays.fill(texts, false);
    }

    /**
     * Adds the rows of a window.
     *
     * @param from where a line begins
     * @param limit rows that begin behind it are left out
     */
    End scan(Window window, int from, int limit) {
        byte[] bytes = window.bytes();
        int end = window.end();
        at = from;
        while (at <= limit && at < end) {
            // most lines begin with a character, and so with a cell
            int next = bytes[at] > ' ' ? -1 - at : cell.blankLine(bytes, at);
            boolean blank = next >= 0;
            next = blank ? next : row(bytes, -1 - next, end);
            if (next == CellScanner.BADLY_QUOTED) {
                return End.BADLY_QUOTED;
            }
            // behind the end: the line end that does not count was met, or may be half of one that does
            if (next == CellScanner.UNFINISHED || (next > end && !window.isLast())) {
                return End.UNFINISHED;
            }
            if (!blank) {
                endRow();
            }
            at = next;
        }
        return End.LIMIT;
    }

    /** Takes the row at hand over, now that it is known to be whole. */
    private void endRow() {
        if (!right) {
            wrong.add(rows);
        }
        if (!textsOfRow.isEmpty()) {
            textsOfRow.stream().forEach(column -> texts[column] = true);
            textsOfRow.clear();
        }
        missed |= missedInRow;
        rows++;
    }

    /** The index of the next line; negative as in {@link CellScanner}. */
    private int row(byte[] bytes, int from, int end) {
        int base = rows * cellsOfRow;
        if (base + cellsOfRow > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(base + cellsOfRow, 2 * cells.length));
        }
        right = true;
        missedInRow = false;
        if (!textsOfRow.isEmpty()) {
            textsOfRow.clear();
        }
        int next = from;
        for (int column = 0; ; column++) {
            if (column < onePass.length && onePass[column]) {
                int behind = number.scan(bytes, next);
                byte b = behind < 0 ? NO_NUMBER : bytes[behind];
                if (b == separator) {
                    cells[base + layout.slot(column)] = number.value();
                    next = behind + 1;
                    continue;
                }
                if (b == '\n' || b == '\r') {
                    cells[base + layout.slot(column)] = number.value();
                    require(column == onePass.length - 1, column, base);
                    return CellScanner.behindLineEnd(bytes, behind);
                }
            }
            next = cell.scan(bytes, next, end);
            if (next < 0) {
                return next;
            }
            right = right && column < onePass.length && store(bytes, column, base);
            if (cell.endsRow()) {
                require(column == onePass.length - 1, column, base);
                return next;
            }
        }
    }

    /** Has the row end with a column. */
    private void require(boolean isLast, int column, int base) {
        right = right && isLast;
        for (int absent = column + 1; absent < onePass.length; absent++) {
            if (layout.slot(absent) != Layout.NONE) {
                cells[base + layout.slot(absent)] = layout.kind(absent) == Kind.TEXT ? Dictionary.MISSING : Double.NaN;
            }
        }
    }

    /** Stores what the cell that was scanned last holds; false if that cannot be. */
    private boolean store(byte[] bytes, int column, int base) {
        Kind kind = layout.kind(column);
        if (kind == Kind.UNUSED) {
            return cell.isAscii() || cell.text().isPresent();
        }
        if (kind == Kind.EMPTY) {
            return cell.text().filter(String::isBlank).isPresent();
        }
        int slot = base + layout.slot(column);
        if (kind == Kind.NUMBER) {
            return storeNumber(bytes, column, slot);
        }
        int code = dictionaries[column].code(bytes, cell);
        cells[slot] = code;
        missedInRow |= code == Dictionary.MISSING;
        return code != Dictionary.UNREADABLE;
    }

    private boolean storeNumber(byte[] bytes, int column, int slot) {
        int from = cell.contentFrom();
        int to = cell.contentTo();
        if (onePass[column] && from < to && number.scan(bytes, from) == to) {
            cells[slot] = number.value();
            return true;
        }
        cells[slot] = Double.NaN;
        Optional<String> held = cell.text().map(String::strip);
        if (held.isEmpty()) {
            return false;
        }
        if (missing.contains(held.get())) {
            missedInRow = true;
            return true;
        }
        OptionalDouble value = text.plain(held.get());
        if (value.isPresent()) {
            cells[slot] = value.getAsDouble();
        } else {
            textsOfRow.set(column);
        }
        return true;
    }

    /** The cells of the rows, each as many as the layout's width and one more. */
    double[] cells() {
        return cells;
    }

    /** How many rows there are. */
    int rows() {
        return rows;
    }

    /** The rows that have too many or too few cells, or one that cannot be read. */
    WrongRows wrong() {
        return wrong;
    }

    /** Whether a value of a stored column is missing in a row. */
    boolean missed() {
        return missed;
    }

    /** Whether a cell of a column of numbers is none. */
    boolean hasText(int column) {
        return texts[column];
    }

    /** Where the scan ended: the index of a line. */
    int at() {
        return at;
    }

    /** The codes of a column of words in the cells of this scanner. */
    Dictionary dictionary(int column) {
        return dictionaries[column];
    }
}
