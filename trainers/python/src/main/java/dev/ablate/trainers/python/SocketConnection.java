package dev.ablate.trainers.python;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/** A way to a process that a server has forked, which says at last how it has ended. */
final class SocketConnection implements Connection {

    private final SocketChannel channel;
    private final LongConsumer end;

    /**
     * Has a process forked.
     *
     * @throws IOException if there is no server
     */
    SocketConnection(Path socket, LongConsumer end) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        this.end = end;
    }

    /** Not that of {@code Channels}, which keeps others from writing while it reads, up to Java 18. */
    @Override
    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(into, from, length));
            }
        };
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        // an interrupt would close the channel
        boolean interrupted = Thread.interrupted();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void end(long process) {
        end.accept(process);
    }

    @Override
    public OptionalInt code() {
        return OptionalInt.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
