package dev.ablate.runner.mlflow.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A lock that processes and threads respect; it is given back when the work is done, or its process dies. */
final class LockFile {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final Duration patience;

    /**
     * Touches nothing yet.
     *
     * @param patience how long to wait for somebody else's work
     */
    LockFile(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /** What is done while holding the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException, LocalServerException;
    }

    /**
     * Waits for the lock and works.
     *
     * @param waiting run once, if somebody else has it
     * @throws IOException if the file cannot be written, or patience has ended
     */
    <T> T holding(Runnable waiting, Work<T> work) throws IOException, InterruptedException, LocalServerException {
        long end = System.nanoTime() + patience.toNanos();
        boolean told = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!locks(channel)) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                if (System.nanoTime() - end > 0) {
                    throw new IOException("somebody else has held " + file + " for " + patience.toSeconds() + " s");
                }
                Thread.sleep(PAUSE.toMillis());
            }
            return work.run();
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherThread) {
            return false;
        }
    }
}
