package dev.ablate.trainers.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file into which a run's process writes its answers, each at a place of its own: numbers of 64 bits, row-major.
 *
 * <p>Both sides keep it open. A file that is made again for each answer waits for the disk, as long as some answers take.
 */
final class AnswersFile implements AutoCloseable {

    /** Its name in the folder of the run. */
    static final String NAME = "answers";

    private static final int BLOCK = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

    AnswersFile(Path folder) {
        try {
            channel = FileChannel.open(
                    folder.resolve(NAME),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads as many numbers as there is room for.
     *
     * @param from the byte at which they begin
     * @throws PythonFailure if so many are not there
     */
    void read(long from, double[] into) {
        try {
            int at = 0;
            while (at < into.length) {
                int count = Math.min(into.length - at, BLOCK / Double.BYTES);
                block.clear().limit(count * Double.BYTES);
                long begin = from + (long) at * Double.BYTES;
                while (block.hasRemaining()) {
                    if (channel.read(block, begin + block.position()) < 0) {
                        throw new PythonFailure("answers that are not there");
                    }
                }
                block.flip();
                block.asDoubleBuffer().get(into, at, count);
                at += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
