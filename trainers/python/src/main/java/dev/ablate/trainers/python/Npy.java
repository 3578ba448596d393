package dev.ablate.trainers.python;

import dev.ablate.core.data.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files of NumPy's format, version 1.0, of numbers of 64 bits: {@code <f8}, row-major. */
final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int BLOCK = 1 << 16;

    private Npy() {}

    /** Writes {@code [n, d]}. */
    static void write(Path file, Matrix rows) {
        int width = rows.width();
        // many at a time: to begin to write takes as long as to write a row
        double[] some = new double[width * Math.max(1, BLOCK / Double.BYTES / Math.max(1, width))];
        try (Writer writer = new Writer(file, "(" + rows.size() + ", " + width + ")")) {
            int written = 0;
            while (written < rows.size()) {
                int count = rows.copyRows(written, some);
                writer.put(some, count * width);
                written += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code [n]}. */
    static void write(Path file, double[] values) {
        try (Writer writer = new Writer(file, "(" + values.length + ",)")) {
            writer.put(values, values.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

        Writer(Path file, String shape) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            String text = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
            // values begin at a multiple of 64
            int room = -(MAGIC.length + 2 + text.length() + 1) & 63;
            block.put(MAGIC);
            block.putShort((short) (text.length() + room + 1));
            block.put((text + " ".repeat(room) + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        /** Writes the first so many. */
        void put(double[] values, int length) throws IOException {
            int at = 0;
            while (at < length) {
                if (block.remaining() < Double.BYTES) {
                    flush();
                }
                int count = Math.min(length - at, block.remaining() / Double.BYTES);
                block.asDoubleBuffer().put(values, at, count);
                block.position(block.position() + count * Double.BYTES);
                at += count;
            }
        }

        private void flush() throws IOException {
            block.flip();
            while (block.hasRemaining()) {
                channel.write(block);
            }
            block.clear();
        }

        @Override
        public void close() throws IOException {
            flush();
            channel.close();
        }
    }
}
