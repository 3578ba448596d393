package dev.ablate.datasets.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A place in a file, as an editor shows it.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(long line, long column) {

    private static final int BLOCK = 1 << 16;

    /**
     * Where a cell begins.
     *
     * @param index of the cell in its row
     * @throws IOException if the source cannot be read
     */
    public static Place of(Source source, RowText row, int index) throws IOException {
        byte[] before = new byte[row.offsets().get(index)];
        int count = 0;
        while (count < before.length) {
            count += Math.max(1, source.read(before, count, before.length - count, row.position() + count));
        }
        String[] lines = new String(before, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1);
        String last = lines[lines.length - 1];
        return new Place(
                1 + lineEnds(source, row.position()) + lines.length - 1, 1 + last.codePointCount(0, last.length()));
    }

    /** How many line ends stand before a position at which a line begins. */
    private static long lineEnds(Source source, long position) throws IOException {
        long ends = 0;
        try (InputStream in = new BufferedInputStream(new SourceStream(source, 0), BLOCK)) {
            int before = 0;
            for (long at = 0; at < position; at++) {
                int b = in.read();
                ends += b == '\r' || (b == '\n' && before != '\r') ? 1 : 0;
                before = b;
            }
        }
        return ends;
    }

    /**
     * Where a source is not UTF-8 for the first time; only {@code \n} counts as a line end, and a byte order mark as a character.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<Place> notUtf8(Source source) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.allocate(BLOCK);
        CharBuffer out = CharBuffer.allocate(BLOCK);
        long position = 0;
        Place at = new Place(1, 1);
        while (true) {
            int count = source.read(in.array(), in.position(), in.remaining(), position);
            boolean last = count < 0;
            position += Math.max(0, count);
            CoderResult result =
                    decoder.decode(in.limit(in.position() + Math.max(0, count)).rewind(), out, last);
            in.compact();
            at = at.behind(out.flip());
            out.clear();
            if (result.isError()) {
                return Optional.of(at);
            }
            if (last) {
                return Optional.empty();
            }
        }
    }

    private Place behind(CharBuffer text) {
        long lines = line;
        long columns = column;
        while (text.hasRemaining()) {
            char c = text.get();
            if (c == '\n') {
                lines++;
                columns = 1;
            } else if (!Character.isLowSurrogate(c)) {
                columns++;
            }
        }
        return new Place(lines, columns);
    }

    /** {@code line:column}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
