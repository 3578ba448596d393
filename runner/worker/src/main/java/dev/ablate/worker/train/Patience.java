package dev.ablate.worker.train;

import dev.ablate.worker.context.RunContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a run with a time limit is waited for: while it is in time, and then until its thread has heard that it is not.
 *
 * <p>Not final, as a test may count the time of a run from a place in it.
 */
public class Patience {

    private final Duration afterInterrupt;

    /**
     * @param afterInterrupt how long a trainer may take to end once it was interrupted
     */
    public Patience(Duration afterInterrupt) {
        this.afterInterrupt = afterInterrupt;
    }

    /**
     * Waits for what a run that has just begun learns, or throws what it threw.
     *
     * @throws TimeoutException if it takes longer than its limit
     */
    protected <T> T withinLimit(RunContext run, Future<T> learned, Duration limit) throws TimeoutException {
        return result(learned, limit);
    }

    /**
     * Waits for a run that was interrupted, or throws what it threw.
     *
     * @throws TimeoutException if its trainer does not listen
     */
    final <T> T onceInterrupted(Future<T> learned) throws TimeoutException {
        return result(learned, afterInterrupt);
    }

    private static <T> T result(Future<T> task, Duration limit) throws TimeoutException {
        try {
            return uninterrupted(task, limit);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Waits on when this thread is interrupted, and leaves it interrupted. */
    private static <T> T uninterrupted(Future<T> task, Duration limit) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    // the task gives no null, which the future's type does not know
                    return Objects.requireNonNull(task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
