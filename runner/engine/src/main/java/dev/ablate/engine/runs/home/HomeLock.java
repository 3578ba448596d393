package dev.ablate.engine.runs.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A home's lock file while this process holds it: it names the process, and a thread renews it until it is closed.
 *
 * <p>Locks of the operating system reach from one host to another on few network file systems. This file is made only where there is
 * none, and its renewal says that its process is alive. It is renewed through a channel that stays open: once another process has put
 * its own file there, this one writes into a file that has no name any more.
 */
final class HomeLock implements AutoCloseable {

    /** The lock's name in a home. */
    static final String NAME = "home.lock";

    private final Path file;
    private final HomeHolder holder;
    private final LockTiming timing;
    private final FileChannel channel;
    private final Thread thread = new Thread(this::renewAgain, "home-lock");

    private long renewals;

    /** When it was last known to be this process's, by the clock of {@link System#nanoTime}. */
    private long known = System.nanoTime();

    /** What stands in the file's place; null while it is this process's. */
    private @Nullable String lost;

    private boolean closed;

    private HomeLock(Path file, HomeHolder holder, LockTiming timing, FileChannel channel) {
        this.file = file;
        this.holder = holder;
        this.timing = timing;
        this.channel = channel;
    }

    /**
     * Makes the file, if there is none.
     *
     * @return empty if there is one
     */
    static Optional<HomeLock> make(Path file, HomeHolder holder, LockTiming timing) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
        HomeLock lock = new HomeLock(file, holder, timing, channel);
        try {
            lock.renew();
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
        if (lock.lost != null) {
            // it took so long that another took it for abandoned
            channel.close();
            return Optional.empty();
        }
        lock.thread.setDaemon(true);
        lock.thread.start();
        return Optional.of(lock);
    }

    /** The text of a lock's file; empty if there is none. */
    static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void renewAgain() {
        while (true) {
            try {
                Thread.sleep(timing.renewal().toMillis());
            } catch (InterruptedException closing) {
                return;
            }
            try {
                renew();
            } catch (IOException later) {
                // who needs the home asks again, and hears of it if it fails then, too
            }
        }
    }

    private synchronized void renew() throws IOException {
        if (closed || lost != null) {
            return;
        }
        long begun = System.nanoTime();
        Optional<IOException> failure = Optional.empty();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(holder.renewed(renewals++).bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            // on a network file system nobody else sees it before
            channel.force(true);
        } catch (IOException e) {
            // as where the file was replaced, on some
            failure = Optional.of(e);
        }
        String there = text(file).orElse("");
        if (!isOurs(there)) {
            lost = there;
        } else if (failure.isPresent()) {
            throw failure.get();
        } else {
            known = begun;
        }
    }

    private boolean isOurs(String text) {
        return HomeHolder.read(text)
                .filter(found -> found.id().equals(holder.id()))
                .isPresent();
    }

    /**
     * Makes sure that the home is still this process's, by asking again where that was not known for a while.
     *
     * @throws HomeInUseException if it is not
     * @throws IOException if that cannot be known
     */
    synchronized void require() throws IOException {
        if (lost == null && Duration.ofNanos(System.nanoTime() - known).compareTo(timing.known()) > 0) {
            renew();
        }
        String there = lost;
        if (there != null) {
            throw new HomeInUseException("the home " + file.getParent() + " is no longer used by this process: "
                    + HomeHolder.read(there)
                            .map(other ->
                                    other.words(holder) + " has taken it over, after this one was not heard of for "
                                            + timing.stale().toSeconds() + " s")
                            .orElse("its lock was removed")
                    + "; run the same command again: what was stored is safe");
        }
    }

    /** Gives the home to the next one. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            channel.close();
            if (isOurs(text(file).orElse(""))) {
                Files.deleteIfExists(file);
            }
        }
    }
}
