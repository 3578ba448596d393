package dev.ablate.engine.train;

import java.util.ArrayList;
import java.util.List;

/** Ends one execution early, from any thread, and for good; other executions go on. */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Ends what goes on with this cancellation, and whatever begins with it later. Returns at once; further calls do nothing. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Says what is to happen when it is cancelled: on the thread that cancels, or at once if that has happened.
     *
     * @param action returns at once
     * @return closing it takes the action back
     */
    public Registration whenCancelled(Runnable action) {
        boolean due;
        synchronized (this) {
            due = cancelled;
            if (!due) {
                actions.add(action);
            }
        }
        if (due) {
            action.run();
        }
        return () -> forget(action);
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    /** An action that waits for a cancellation until this is closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
