package dev.ablate.engine.train;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.engine.plan.PlannedRun;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * How long a run with a time limit is waited for: while it is in time, and then until its thread has heard that it is not.
 *
 * <p>Not final, as a test may count the time of a run from a place in it.
 */
class Patience {

    private final Duration afterInterrupt;

    /**
     * @param afterInterrupt how long a trainer may take to end once it was interrupted
     */
    Patience(Duration afterInterrupt) {
        this.afterInterrupt = afterInterrupt;
    }

    /**
     * Waits for what a run that has just begun learns, or throws what it threw.
     *
     * @throws TimeoutException if it takes longer than its limit
     */
    <T> T withinLimit(PlannedRun run, Future<T> learned, Duration limit) throws TimeoutException {
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
            // the task gives no null, which the future's type does not know
            return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(task, limit));
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
}
