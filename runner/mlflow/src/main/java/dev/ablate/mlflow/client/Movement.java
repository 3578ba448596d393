package dev.ablate.mlflow.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Knows whether a delivery gets anywhere.
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

    private boolean progressed;

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
        progressed = true;
        moved();
    }

    /**
     * Delivery broke off.
     *
     * @return whether the ledger got something new since it broke off before
     */
    public synchronized boolean failed() {
        most = Math.max(most, answers);
        answers = 0;
        boolean before = progressed;
        progressed = false;
        return before;
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
