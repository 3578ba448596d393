package dev.ablate.datasets.csv;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * How a file writes its cells.
 *
 * @param separator stands between two cells; any character but a line end
 * @param quote stands around a cell that holds separators, line ends or quotes, which are doubled; an ASCII character
 * @param point stands between the whole and the rest of a number; an ASCII character
 * @param missing what a cell without a value holds, without the blanks around it
 */
public record Dialect(char separator, char quote, char point, Set<String> missing) {

    /** Copies the set. */
    public Dialect {
        missing = Set.copyOf(missing);
    }

    /** Double quotes, a decimal point, and no cell without a value. */
    public static Dialect separatedBy(char separator) {
        return new Dialect(separator, '"', '.', Set.of());
    }

    /** The bytes of the separator. */
    byte[] separatorBytes() {
        return String.valueOf(separator).getBytes(StandardCharsets.UTF_8);
    }
}
