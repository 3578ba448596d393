package dev.ablate.reader.csv;

import java.io.IOException;
import java.io.InputStream;

/** A source from a position to its last byte. */
final class SourceStream extends InputStream {

    private final Source source;
    private long position;

    SourceStream(Source source, long position) {
        this.source = source;
        this.position = position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = source.read(into, at, length, position);
        position += Math.max(0, count);
        return count;
    }
}
