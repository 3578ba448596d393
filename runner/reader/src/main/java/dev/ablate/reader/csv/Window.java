package dev.ablate.reader.csv;

import java.io.IOException;
import java.util.Arrays;

/**
 * A part of a source in memory, which grows where a row is longer than it.
 *
 * <p>Behind the last byte stand a line end and zeros that do not count: whoever reads a cell stops there at the latest, and whoever
 * reads eight bytes at once finds them.
 */
final class Window {

    /** A row that is longer than this many bytes is taken for one whose quote is never closed. */
    private static final int LONGEST_ROW = 1 << 26;

    private static final int BEHIND = 16;

    private final Source source;
    private final int length;

    private byte[] bytes;
    private long position;
    private int end;

    /**
     * @param length of the part, before it grows
     */
    Window(Source source, int length) {
        this.source = source;
        this.length = length;
        this.bytes = new byte[length + BEHIND];
    }

    /** The bytes; those from {@link #end} on do not count. */
    byte[] bytes() {
        return bytes;
    }

    /** Where in the source the first byte is. */
    long position() {
        return position;
    }

    /** How many bytes there are. */
    int end() {
        return end;
    }

    /** Whether the source ends with them. */
    boolean isLast() {
        return position + end >= source.size();
    }

    /** Whether a row that begins at an index may still end farther behind. */
    boolean canGrow(int from) {
        return !isLast() && end - from < LONGEST_ROW;
    }

    /**
     * Moves to another part of the source, as long as the window was first.
     *
     * @throws IOException if it cannot be read
     */
    void moveTo(long position) throws IOException {
        this.position = position;
        this.end = 0;
        if (bytes.length > length + BEHIND) {
            bytes = new byte[length + BEHIND];
        }
        fill();
    }

    /**
     * Reads on, at least as many bytes as there are, or all that is left.
     *
     * @throws IOException if it cannot be read
     */
    void grow() throws IOException {
        bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(2L * bytes.length, source.size() - position + BEHIND)));
        fill();
    }

    private void fill() throws IOException {
        int whole = (int) Math.min(bytes.length - BEHIND, source.size() - position);
        while (end < whole) {
            int count = source.read(bytes, end, whole - end, position + end);
            if (count < 0) {
                throw new IOException("it has become shorter since it was opened");
            }
            end += count;
        }
        bytes[end] = '\n';
        Arrays.fill(bytes, end + 1, end + BEHIND, (byte) 0);
    }
}
