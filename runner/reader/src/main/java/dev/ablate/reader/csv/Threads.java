package dev.ablate.reader.csv;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of one reading: the caller's and, for a file of several chunks, some more, which end before the caller goes on. */
final class Threads {

    private final Job job;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Threads(Job job) {
        this.job = job;
    }

    /**
     * Does all of a job.
     *
     * @throws InterruptedIOException if the caller is interrupted; it stays so
     * @throws IOException if the source cannot be read
     */
    static void run(Job job) throws IOException {
        new Threads(job).run();
    }

    private void run() throws IOException {
        List<Thread> others = new ArrayList<>();
        int count = Math.min(job.cut().threads(), job.chunks());
        try {
            for (int i = 1; i < count; i++) {
                Thread other = new Thread(this::work, "csv-" + i);
                other.setDaemon(true);
                other.start();
                others.add(other);
            }
            work();
        } finally {
            await(others);
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw rethrown(failed);
        }
    }

    private void work() {
        try {
            new ChunkReader(job).readAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure.compareAndSet(null, e);
        job.turns().end();
    }

    /** Waits until threads have ended; they do so sooner if the caller is interrupted meanwhile, which it stays. */
    private void await(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(e);
                }
            }
        }
        // whoever is interrupted while the last one ends is not woken as interrupted
        if (interrupted || Thread.interrupted()) {
            fail(new InterruptedException());
            Thread.currentThread().interrupt();
        }
    }

    private static IOException rethrown(Throwable failed) {
        // others find the file closed when a thread is interrupted that reads it, and may say so first
        if (failed instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("the reading was interrupted");
            interrupted.initCause(failed);
            return interrupted;
        }
        if (failed instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failed instanceof Error error) {
            throw error;
        }
        return (IOException) failed;
    }
}
