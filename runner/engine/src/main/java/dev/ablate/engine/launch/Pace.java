package dev.ablate.engine.launch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits between two looks: shortly at first, longer and longer, and no more once it was woken. */
final class Pace {

    private static final long FIRST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 2_000;

    private final Semaphore woken = new Semaphore(0);
    private long millis = FIRST_MILLIS;

    /** Ends the wait that goes on, and all that follow. */
    void wake() {
        woken.release();
    }

    /** Waits for the next look; true if the thread was interrupted, which it is no more. */
    boolean isInterrupted() {
        try {
            if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.release();
            }
            millis = Math.min(LONGEST_MILLIS, millis + millis / 4 + 1);
            return false;
        } catch (InterruptedException e) {
            return true;
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
