package dev.ablate.engine.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases as locks of the operating system on single bytes of one file, each at a place that follows from the lease's name.
 *
 * <p>The system gives a lock back when its process dies, however it dies. So there is no owner to be judged alive or dead:
 * no process ids, which are used again and differ between containers, and no heartbeat, which a sleeping laptop misses. The
 * file stays empty.
 *
 * <p>Where one process has the home alone, leases are between its threads, and need no file.
 */
final class Leases implements AutoCloseable {

    /**
     * One channel a file for the whole process: closing any of several would give back the locks of all of them.
     */
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Path file;
    private final BooleanSupplier alone;
    private final Set<FileLock> taken = new HashSet<>();

    /** The names of those that threads of this process have, where it has the home alone. */
    private final Set<String> names = new HashSet<>();

    private @Nullable Shared shared;
    private boolean closed;

    /** @param alone whether this process has the home alone, or will have it before it changes anything */
    Leases(Path file, BooleanSupplier alone) {
        this.alone = alone;
        this.file = file.toAbsolutePath().normalize();
    }

    private static final class Shared {
        private final FileChannel channel;
        private int users;

        private Shared(FileChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Takes a lease.
     *
     * @return empty while another thread or process has it
     */
    synchronized Optional<RunStore.Lease> take(String name) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (alone.getAsBoolean()) {
            return names.add(name) ? Optional.of(new Named(name)) : Optional.empty();
        }
        try {
            FileLock lock = channel().tryLock(place(name), 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            taken.add(lock);
            return Optional.of(() -> release(lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A lease of a thread of this process; closing it twice is closing it once. */
    private final class Named implements RunStore.Lease {

        private final String name;
        private boolean given;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            synchronized (Leases.this) {
                if (!given) {
                    given = true;
                    names.remove(name);
                }
            }
        }
    }

    /**
     * Whether somebody has a lease; where leases may not be taken, as in a folder that may only be read, this can be known all the same.
     */
    boolean isTaken(String name) {
        try {
            Optional<RunStore.Lease> lease = take(name);
            lease.ifPresent(RunStore.Lease::close);
            return lease.isEmpty();
        } catch (StoreException e) {
            try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = reading.tryLock(place(name), 1, true)) {
                return lock == null;
            } catch (NoSuchFileException nobody) {
                return false;
            } catch (IOException | OverlappingFileLockException unknown) {
                throw e;
            }
        }
    }

    private synchronized void release(FileLock lock) {
        if (taken.remove(lock)) {
            try {
                lock.release();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private FileChannel channel() throws IOException {
        if (shared == null) {
            synchronized (OPEN) {
                Shared open = OPEN.get(file);
                if (open == null) {
                    Path folder = file.getParent();
                    if (folder != null) {
                        Home.create(folder);
                    }
                    open = new Shared(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                    OPEN.put(file, open);
                }
                open.users++;
                shared = open;
            }
        }
        return shared.channel;
    }

    /** A byte's place from 62 bits of the name's SHA-256; two names with one place would only wait for each other. */
    private static long place(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 2;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private StoreException failure(IOException e) {
        return new StoreException(
                file + ": runs cannot be leased (" + e + "); check that its folder is yours and the disk has room", e);
    }

    /** Gives back all leases that were taken here and are still open. */
    @Override
    public synchronized void close() {
        closed = true;
        if (shared == null) {
            return;
        }
        Set.copyOf(taken).forEach(this::release);
        synchronized (OPEN) {
            shared.users--;
            if (shared.users == 0) {
                OPEN.remove(file);
                try {
                    shared.channel.close();
                } catch (IOException e) {
                    throw failure(e);
                }
            }
        }
        shared = null;
    }
}
