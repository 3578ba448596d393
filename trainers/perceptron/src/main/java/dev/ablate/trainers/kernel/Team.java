package dev.ablate.trainers.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on the parts of a task together, the caller's among them; whoever is free takes the next parts.
 *
 * <p>The threads stay from task to task and wait in between, so that a task allocates nothing. A team of one has no thread of its own.
 */
final class Team implements AutoCloseable {

    /** Many parts that may be worked on in any order. */
    interface Task {

        /**
         * Works on a part.
         *
         * @param part from 0
         * @param thread whose turn it is, from 0; no other has this number at the same time
         */
        void work(int part, int thread);
    }

    /** How many parts are taken at a time, so that a thread goes through neighbours. */
    private static final int TAKEN = 4;

    private static final Task NOTHING = (part, thread) -> {};

    private final Thread[] helpers;
    private final AtomicInteger next = new AtomicInteger();

    // all below are changed with the lock of this alone

    private Task task = NOTHING;
    private int parts;

    /** Counts the tasks, so that a helper sees that there is a new one. */
    private int round;

    private int busy;
    private boolean closed;
    private @Nullable Throwable failure;

    Team(int size) {
        this.helpers = new Thread[size - 1];
        for (int k = 0; k < helpers.length; k++) {
            int thread = k + 1;
            helpers[k] = new Thread(() -> help(thread), "gradient-" + thread);
            helpers[k].setDaemon(true);
            helpers[k].start();
        }
    }

    int size() {
        return helpers.length + 1;
    }

    /** Works on all parts, and returns when all are done. */
    void run(int parts, Task task) {
        if (helpers.length == 0) {
            for (int part = 0; part < parts; part++) {
                task.work(part, 0);
            }
            return;
        }
        begin(parts, task);
        try {
            takePartIn(parts, task, 0);
        } finally {
            awaitHelpers();
        }
        throwFailure();
    }

    private void takePartIn(int parts, Task task, int thread) {
        for (int from = next.getAndAdd(TAKEN); from < parts; from = next.getAndAdd(TAKEN)) {
            int to = Math.min(from + TAKEN, parts);
            for (int part = from; part < to; part++) {
                task.work(part, thread);
            }
        }
    }

    private synchronized void begin(int parts, Task task) {
        this.parts = parts;
        this.task = task;
        next.set(0);
        busy = helpers.length;
        round++;
        notifyAll();
    }

    /** An interrupt has to wait for the end of the task, which is near, and is found by whoever looks then. */
    private synchronized void awaitHelpers() {
        boolean interrupted = false;
        while (busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
            throw new IllegalStateException("a thread of the team failed", thrown);
        }
    }

    private void help(int thread) {
        int seen = 0;
        while (awaitRound(seen)) {
            seen++;
            Throwable thrown = null;
            try {
                takePartIn(parts, task, thread);
            } catch (Throwable e) {
                thrown = e;
            }
            finish(thrown);
        }
    }

    private synchronized boolean awaitRound(int seen) {
        while (round == seen && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return !closed;
    }

    private synchronized void finish(@Nullable Throwable thrown) {
        if (thrown != null) {
            failure = thrown;
        }
        busy--;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
