package dev.ablate.reader.csv;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * How a file writes its cells.
 *
 * @param separator stands between two cells; any character but a line end
 * @param repeated whether several separators stand for one, and those around a row for none; then it is a blank, and tabs count too
 * @param quote stands around a cell that holds separators, line ends or quotes, which are doubled; an ASCII character
 * @param point stands between the whole and the rest of a number; an ASCII character
 * @param thousands each of its characters may stand before three digits of a number; empty if none does
 * @param missing what a cell without a value holds, without the blanks around it
 */
public record Dialect(char separator, boolean repeated, char quote, char point, String thousands, Set<String> missing) {

    /** Copies the set. */
    public Dialect {
        missing = Set.copyOf(missing);
    }

    /** Single separators, and none of thousands. */
    Dialect(char separator, char quote, char point, Set<String> missing) {
        this(separator, false, quote, point, "", missing);
    }

    /** Double quotes, a decimal point, and no cell without a value. */
    public static Dialect separatedBy(char separator) {
        return new Dialect(separator, '"', '.', Set.of());
    }

    /** The same with cells that are cut by runs of blanks. */
    public static Dialect separatedByBlanks() {
        return new Dialect(' ', true, '"', '.', "", Set.of());
    }

    /** The same with other numbers and missing values. */
    public Dialect with(char newPoint, String newThousands, Set<String> newMissing) {
        return new Dialect(separator, repeated, quote, newPoint, newThousands, newMissing);
    }

    /** The bytes of the separator. */
    byte[] separatorBytes() {
        return String.valueOf(separator).getBytes(StandardCharsets.UTF_8);
    }
}
