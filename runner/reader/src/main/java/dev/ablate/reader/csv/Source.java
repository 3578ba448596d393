package dev.ablate.reader.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Bytes that are read by position, by several threads at once. */
public interface Source extends AutoCloseable {

    /** How many bytes there are. */
    long size();

    /**
     * Reads some bytes.
     *
     * @param into where they go, from index {@code at} on
     * @param length how many at most, at least 1
     * @param position of the first of them, from 0
     * @return how many were read, at least 1; -1 behind the last
     * @throws IOException if they cannot be read
     */
    int read(byte[] into, int at, int length, long position) throws IOException;

    /**
     * The first bytes.
     *
     * @param most how many at most
     * @throws IOException if they cannot be read
     */
    default byte[] bytes(int most) throws IOException {
        byte[] first = new byte[(int) Math.min(most, size())];
        int count = 0;
        while (count < first.length) {
            int more = read(first, count, first.length - count, count);
            if (more < 0) {
                return Arrays.copyOf(first, count);
            }
            count += more;
        }
        return first;
    }

    /** The first bytes alone. */
    default Source first(long size) {
        return new Beginning(this, size);
    }

    @Override
    void close() throws IOException;

    /**
     * The bytes of a file; those of a pipe, which gives each once, are all read at once, and those of a gzip file are unpacked.
     *
     * @throws java.util.zip.ZipException if it begins as a gzip file does, and is none
     * @throws IOException if it cannot be opened
     */
    static Source of(Path file) throws IOException {
        Source source = opened(file);
        byte[] magic = source.bytes(2);
        if (magic.length < 2 || magic[0] != (byte) 0x1F || magic[1] != (byte) 0x8B) {
            return source;
        }
        try (source;
                InputStream unpacked = new GZIPInputStream(new SourceStream(source, 0), 1 << 16)) {
            return of(unpacked.readAllBytes());
        }
    }

    private static Source opened(Path file) throws IOException {
        // files of the system say that they are empty, and are not
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return of(Files.readAllBytes(file));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileSource(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** These bytes, which must not be changed any more. */
    static Source of(byte[] bytes) {
        return new MemorySource(bytes);
    }

    /** A file as it was long when it was opened. */
    record FileSource(FileChannel channel, long size) implements Source {

        @Override
        public int read(byte[] into, int at, int length, long position) throws IOException {
            return channel.read(ByteBuffer.wrap(into, at, length), position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A source without its last bytes. */
    record Beginning(Source whole, long size) implements Source {

        @Override
        public int read(byte[] into, int at, int length, long position) throws IOException {
            int most = (int) Math.min(length, size - position);
            return most <= 0 ? -1 : whole.read(into, at, most, position);
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }

    /** Bytes in memory. */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record MemorySource(byte[] bytes) implements Source {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(byte[] into, int at, int length, long position) {
            if (position >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(length, bytes.length - position);
            System.arraycopy(bytes, (int) position, into, at, count);
            return count;
        }

        @Override
        public void close() {}
    }
}
