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
        double[] row = new double[rows.width()];
        try (Writer writer = new Writer(file, "(" + rows.size() + ", " + rows.width() + ")")) {
            for (int i = 0; i < rows.size(); i++) {
                rows.copyRow(i, row);
                for (double value : row) {
                    writer.put(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code [n]}. */
    static void write(Path file, double[] values) {
        try (Writer writer = new Writer(file, "(" + values.length + ",)")) {
            for (double value : values) {
                writer.put(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads as many values as there is room for, whatever their shape.
     *
     * @throws PythonFailure if the file has another number of values, or others than of 64 bits
     */
    static void read(Path file, double[] into) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(block);
            block.flip();
            int begin = MAGIC.length + 2 + (block.getShort(MAGIC.length) & 0xffff);
            String text = new String(block.array(), 0, Math.min(begin, block.limit()), StandardCharsets.US_ASCII);
            boolean fits = text.contains("'<f8'") && text.contains("'fortran_order': False");
            if (!fits || channel.size() - begin != (long) Double.BYTES * into.length) {
                throw new PythonFailure("answers that cannot be read: " + text.strip());
            }
            block.position(begin);
            int at = 0;
            while (at < into.length) {
                for (; block.remaining() >= Double.BYTES; at++) {
                    into[at] = block.getDouble();
                }
                block.compact();
                channel.read(block);
                block.flip();
            }
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

        void put(double value) throws IOException {
            if (block.remaining() < Double.BYTES) {
                flush();
            }
            block.putDouble(value);
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
