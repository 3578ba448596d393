package dev.ablate.reader.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Finds the places of cells; those of one row after the other without going through the file again. */
public final class Places {

    private static final int BLOCK = 1 << 16;

    private final Source source;

    /** A position that was reached, and how many line ends stand before it. */
    private long reached;

    private long ends;

    public Places(Source source) {
        this.source = source;
    }

    /**
     * Where a cell begins.
     *
     * @param index of the cell in its row
     * @throws IOException if the source cannot be read
     */
    public Place of(RowText row, int index) throws IOException {
        byte[] before = new byte[row.offsets().get(index)];
        int count = 0;
        while (count < before.length) {
            count += Math.max(1, source.read(before, count, before.length - count, row.position() + count));
        }
        String[] lines = new String(before, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1);
        String last = lines[lines.length - 1];
        return new Place(line(row.position()) + lines.length - 1, 1 + last.codePointCount(0, last.length()));
    }

    /**
     * The line (from 1) that begins at a position.
     *
     * @throws IOException if the source cannot be read
     */
    public long line(long position) throws IOException {
        if (position < reached) {
            reached = 0;
            ends = 0;
        }
        try (InputStream in = new BufferedInputStream(new SourceStream(source, reached), BLOCK)) {
            // a line begins where the last count ended
            int before = 0;
            for (; reached < position; reached++) {
                int b = in.read();
                ends += b == '\r' || (b == '\n' && before != '\r') ? 1 : 0;
                before = b;
            }
        }
        return ends + 1;
    }
}
