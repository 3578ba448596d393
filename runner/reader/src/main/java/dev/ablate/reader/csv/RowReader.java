package dev.ablate.reader.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows as text, one after the other, by one thread. */
final class RowReader {

    private static final int LENGTH = 1 << 16;

    /** A power of 2: so many words are known that were read before. */
    private static final int WORDS = 256;

    private final Window window;
    private final CellScanner cell;

    /** What few cells differ in is kept once: a file of results has the same words in most of its rows. */
    private final @Nullable String[] words = new @Nullable String[WORDS];

    private List<Integer> lastOffsets = List.of();
    private int at;

    /**
     * @param position where a line begins
     * @throws IOException if the source cannot be read
     */
    RowReader(Source source, Dialect dialect, long position) throws IOException {
        this.window = new Window(source, LENGTH);
        this.cell = new CellScanner(dialect);
        window.moveTo(position);
    }

    /** The next row, behind blank lines; empty if there is none. */
    Optional<RowText> next() throws IOException {
        if (!toRow()) {
            return Optional.empty();
        }
        List<String> cells = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int next = firstCell();
        do {
            offsets.add(next - at);
            next = cell.scan(window.bytes(), next, window.end());
            if (next >= 0) {
                cells.add(known(cell.text().orElse(RowText.REPLACED)));
            }
        } while (next >= 0 && !cell.endsRow());
        if (isUnfinished(next)) {
            grow();
            return next();
        }
        boolean bad = next < 0 || (next > window.end() && !window.isLast());
        long position = window.position() + at;
        at = bad ? window.end() : Math.min(next, window.end());
        if (!lastOffsets.equals(offsets)) {
            lastOffsets = List.copyOf(offsets);
        }
        return Optional.of(new RowText(position, cells, lastOffsets, window.position() + at, bad));
    }

    private String known(String word) {
        int slot = word.hashCode() & WORDS - 1;
        String before = words[slot];
        if (word.equals(before)) {
            return before;
        }
        words[slot] = word;
        return word;
    }

    /** Goes on behind so many rows, none of them badly quoted. */
    void skip(int rows) throws IOException {
        for (int skipped = 0; skipped < rows && toRow(); ) {
            int next = firstCell();
            do {
                next = cell.scan(window.bytes(), next, window.end());
            } while (next >= 0 && !cell.endsRow());
            if (isUnfinished(next)) {
                grow();
            } else {
                at = next;
                skipped++;
            }
        }
    }

    private boolean isUnfinished(int next) {
        return (next == CellScanner.UNFINISHED || next > window.end()) && window.canGrow(at);
    }

    /** Goes on to the next line that is not blank; false at the end. */
    private boolean toRow() throws IOException {
        while (at < window.end() || !window.isLast()) {
            int next = at < window.end() ? cell.blankLine(window.bytes(), at) : window.end() + 1;
            if (next < 0) {
                return true;
            }
            // the end of this line may be the one that does not count, or half of one that does
            if (next >= window.end() && !window.isLast()) {
                grow();
            } else {
                at = Math.min(next, window.end());
            }
        }
        return false;
    }

    private int firstCell() {
        return -1 - cell.blankLine(window.bytes(), at);
    }

    /** Reads on from the row at hand. */
    private void grow() throws IOException {
        if (at > 0) {
            window.moveTo(window.position() + at);
            at = 0;
        } else {
            window.grow();
        }
    }
}
