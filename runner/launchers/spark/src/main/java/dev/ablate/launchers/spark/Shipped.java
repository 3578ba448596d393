package dev.ablate.launchers.spark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A file or a folder that executors can get, from the driver or from each other.
 *
 * @param place where it belongs, relative to a folder of the executor
 * @param pieces its {@link Bundle}, in pieces of which none needs much memory
 */
record Shipped(String place, List<Broadcast<byte[]>> pieces) implements Serializable {

    /** Puts it where it belongs, below a folder. */
    void unpack(Path folder) throws IOException {
        Bundle.read(new Pieces(pieces.iterator()), folder.resolve(place));
    }

    /** Each is asked for when those before it are read. */
    private static final class Pieces extends InputStream {

        private final Iterator<Broadcast<byte[]>> left;
        private ByteArrayInputStream piece = new ByteArrayInputStream(new byte[0]);

        Pieces(Iterator<Broadcast<byte[]>> left) {
            this.left = left;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            while (piece.available() == 0 && left.hasNext()) {
                piece = new ByteArrayInputStream(left.next().value());
            }
            return piece.read(bytes, from, length);
        }
    }
}
