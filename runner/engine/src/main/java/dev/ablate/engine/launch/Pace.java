package dev.ablate.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits between two looks: shortly at first, longer and longer. A file that comes ends a long wait sooner.
 */
final class Pace {

    private static final long FIRST_MILLIS = 10;

    /** Each look asks the scheduler, which many people ask. */
    private static final long SOONEST_MILLIS = 1_000;

    private static final long LONGEST_MILLIS = 2_000;

    /** Between two glances at a folder, which ask its file system alone. */
    private static final long GLANCE_MILLIS = 100;

    private final Path folder;
    private final long soonest;
    private final Semaphore woken = new Semaphore(0);
    private long millis;

    /** Looks for files that come into a folder, which need not be there yet. */
    Pace(Path folder) {
        this(folder, FIRST_MILLIS, SOONEST_MILLIS);
    }

    /**
     * @param first how long the first wait is
     * @param soonest how long a wait is at least that a file ends
     */
    Pace(Path folder, long first, long soonest) {
        this.folder = folder;
        this.millis = first;
        this.soonest = soonest;
    }

    /** Ends the wait that goes on, or the next one. */
    void wake() {
        woken.release();
    }

    /** Waits for the next look; true if the thread was interrupted, which it is no more. */
    boolean isInterrupted() {
        try {
            await();
            millis = Math.min(LONGEST_MILLIS, millis + millis / 4 + 1);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void await() throws InterruptedException {
        Optional<Object> before = state();
        long waited = 0;
        while (waited < millis && (waited < soonest || state().equals(before))) {
            long next = Math.min(GLANCE_MILLIS, millis - waited);
            if (woken.tryAcquire(next, TimeUnit.MILLISECONDS)) {
                return;
            }
            waited += next;
        }
    }

    private Optional<Object> state() {
        try {
            return Optional.of(Files.getLastModifiedTime(folder));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Waits a little whether it was woken or not; false if the thread was interrupted, and stays so. */
    boolean pauses() {
        try {
            TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
