package dev.ablate.reader.csv;

import java.util.List;

/**
 * One row as text, for a header and for a person.
 *
 * @param position of its first byte
 * @param cells what they hold, with the blanks and without the quotes around them; {@link #REPLACED} instead of what is
 *     not UTF-8
 * @param offsets how many bytes behind the row's first each cell begins
 * @param next where the next line begins
 * @param badlyQuoted whether it opens a quote and does not close it, or goes on behind it; then the cells are those before this one
 */
public record RowText(long position, List<String> cells, List<Integer> offsets, long next, boolean badlyQuoted) {

    /** The character that Unicode has for bytes that cannot be read. */
    public static final String REPLACED = "\uFFFD";

    /** Copies the lists. */
    public RowText {
        cells = List.copyOf(cells);
        offsets = List.copyOf(offsets);
    }
}
