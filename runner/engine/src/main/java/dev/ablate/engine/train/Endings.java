package dev.ablate.engine.train;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Runs that are trained, and wait for the disk, on a thread of its own: no trainer waits with them. */
final class Endings {

    /** Empty: there are no more. */
    private final BlockingQueue<Optional<Ending>> queue = new LinkedBlockingQueue<>();

    private final Consumer<Throwable> breakDown;
    private final Thread thread = new Thread(this::work, "train-ends");

    /** @param breakDown hears what is thrown */
    Endings(Consumer<Throwable> breakDown) {
        this.breakDown = breakDown;
    }

    /** What a run waits for, and what is done then; it may throw anything. */
    interface Ending {
        void come();
    }

    /** Begins to wait. */
    void start() {
        thread.start();
    }

    /** Waits for one more. */
    void add(Ending ending) {
        queue.add(Optional.of(ending));
    }

    /** Says that there are no more; the thread ends with the last one. */
    Thread last() {
        queue.add(Optional.empty());
        return thread;
    }

    private void work() {
        for (Optional<Ending> next = take(); next.isPresent(); next = take()) {
            try {
                next.get().come();
            } catch (RuntimeException | Error e) {
                breakDown.accept(e);
            }
        }
    }

    private Optional<Ending> take() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // set by a listener: the thread ends with the last run
                Thread.interrupted();
            }
        }
    }
}
