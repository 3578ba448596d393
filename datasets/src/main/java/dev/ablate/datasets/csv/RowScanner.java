package dev.ablate.datasets.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the rows of a window into numbers, one row after the other, in memory of its own.
 *
 * <p>A cell that is a number and nothing more is read in one pass. All others (quotes, blanks, words, missing values) go the slow way:
 * first the cell's end, then what it holds. Nothing is thrown: a row that is not as it should be is noted, as it may not be a row at all
 * where the scan began at a wrong place.
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

    /** Bytes behind a number that can be read. */
    private static final int BEHIND = 8;

    private final Layout layout;
    private final int cellsOfRow;
    private final Set<String> missing;
    private final CellScanner cell;
    private final NumberScanner number;

    /** Of the columns of words. */
    private final Dictionary[] dictionaries;

    /** Whether the cells of a column are tried as numbers first. */
    private final boolean[] onePass;

    /** What ends a number that is read in one pass, if not a line end. */
    private final byte separator;

    private double[] cells = new double[1 << 10];
    private int rows;
    private int firstWrong;
    private int at;

    RowScanner(Layout layout, Dialect dialect) {
        this.layout = layout;
        this.cellsOfRow = layout.width() + 1;
        this.missing = dialect.missing();
        this.cell = new CellScanner(dialect);
        this.number = new NumberScanner(dialect.point());
        byte[] separates = dialect.separatorBytes();
        this.separator = separates.length == 1 ? separates[0] : NO_SEPARATOR;
        this.dictionaries = new Dictionary[layout.columns()];
        this.onePass = new boolean[layout.columns()];
        boolean numbersAreValues = missing.stream().noneMatch(this::isNumber);
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
        firstWrong = -1;
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
            boolean blank = bytes[at] == '\n' || bytes[at] == '\r';
            int next = blank ? CellScanner.behindLineEnd(bytes, at) : row(bytes, at, end);
            if (next == CellScanner.BADLY_QUOTED) {
                return End.BADLY_QUOTED;
            }
            // behind the end: the line end that does not count was met, or may be half of one that does
            if (next == CellScanner.UNFINISHED || (next > end && !window.isLast())) {
                // what was wrong with half of it may be right with all of it
                firstWrong = firstWrong == rows ? -1 : firstWrong;
                return End.UNFINISHED;
            }
            rows += blank ? 0 : 1;
            at = next;
        }
        return End.LIMIT;
    }

    /** The index of the next line; negative as in {@link CellScanner}. */
    private int row(byte[] bytes, int from, int end) {
        int base = stored() * cellsOfRow;
        if (base + cellsOfRow > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(base + cellsOfRow, 2 * cells.length));
        }
        boolean right = true;
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
                    endRow(right && column == onePass.length - 1);
                    return CellScanner.behindLineEnd(bytes, behind);
                }
            }
            next = cell.scan(bytes, next, end);
            if (next < 0) {
                return next;
            }
            right = right && column < onePass.length && store(bytes, column, base);
            if (cell.endsRow()) {
                endRow(right && column == onePass.length - 1);
                return next;
            }
        }
    }

    private void endRow(boolean right) {
        if (!right && firstWrong < 0) {
            firstWrong = rows;
        }
    }

    /** Stores what the cell that was scanned last holds; false if that cannot be. */
    private boolean store(byte[] bytes, int column, int base) {
        Kind kind = layout.kind(column);
        if (kind == Kind.UNUSED) {
            return cell.isAscii() || cell.text().isPresent();
        }
        int slot = base + layout.slot(column);
        if (kind == Kind.NUMBER) {
            return storeNumber(bytes, slot, onePass[column]);
        }
        int code = dictionaries[column].code(bytes, cell);
        cells[slot] = code;
        return code != Dictionary.UNREADABLE;
    }

    private boolean storeNumber(byte[] bytes, int slot, boolean numbersAreValues) {
        int from = cell.contentFrom();
        int to = cell.contentTo();
        if (numbersAreValues && from < to && number.scan(bytes, from) == to) {
            cells[slot] = number.value();
            return true;
        }
        Optional<String> text = cell.text().map(String::strip);
        if (text.isEmpty()) {
            return false;
        }
        if (missing.contains(text.get())) {
            cells[slot] = Double.NaN;
            return true;
        }
        boolean isNumber = isNumber(text.get());
        cells[slot] = number.value();
        return isNumber;
    }

    private boolean isNumber(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return number.scan(Arrays.copyOf(ascii, ascii.length + BEHIND + 1), 0) == text.length();
    }

    /** The cells of the stored rows, each as many as the layout's width and one more. */
    double[] cells() {
        return cells;
    }

    /** How many rows are stored: those before the first that is not as it should be, since nobody needs the others. */
    int stored() {
        return firstWrong < 0 ? rows : firstWrong;
    }

    /** How many rows there are. */
    int rows() {
        return rows;
    }

    /** The index of the first row that is not as the layout wants it; -1 if all are. */
    int firstWrong() {
        return firstWrong;
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
