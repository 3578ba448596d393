package dev.ablate.runner.mlflow.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether a delivery gets anywhere.
 *
 * <p>What the ledger has counts, and so does an answer of the server; but not the same answers again and again, before the same
 * failure. From any thread.
 */
public final class Movement {

    private final LongSupplier nanoseconds;
    private long last;
    private boolean ever;

    /** Answers since the last failure, and the most that there were before an earlier one. */
    private long answers;

    private long most;

    Movement() {
        this(System::nanoTime);
    }

    /** @param nanoseconds from any beginning, never falling */
    Movement(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        moved();
    }

    /** The server answered. */
    synchronized void answered() {
        ever = true;
        answers++;
        if (answers > most) {
            moved();
        }
    }

    /** The ledger has something new: no failure takes it back. */
    public synchronized void recorded() {
        answers = 0;
        most = 0;
        moved();
    }

    /** Delivery broke off. */
    public synchronized void failed() {
        most = Math.max(most, answers);
        answers = 0;
    }

    /** A new wait begins. */
    public synchronized void begin() {
        recorded();
    }

    /** How long nothing has moved. */
    public synchronized Duration idle() {
        return Duration.ofNanos(nanoseconds.getAsLong() - last);
    }

    /** Whether there ever was an answer. */
    public synchronized boolean ever() {
        return ever;
    }

    private synchronized void moved() {
        last = nanoseconds.getAsLong();
    }
}
