package dev.ablate.reader.csv;

import java.io.IOException;
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

    /** The place behind a text that begins a file. */
    static Place behind(CharSequence text) {
        return new Place(1, 1).behind(CharBuffer.wrap(text));
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
