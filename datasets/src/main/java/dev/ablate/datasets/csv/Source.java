package dev.ablate.datasets.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    @Override
    void close() throws IOException;

    /**
     * The bytes of a file; those of a pipe, which gives each once, are all read at once.
     *
     * @throws IOException if it cannot be opened
     */
    static Source of(Path file) throws IOException {
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
