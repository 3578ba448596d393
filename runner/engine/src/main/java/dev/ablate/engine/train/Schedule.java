package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is still to be run, in which order; asked by all workers.
 *
 * <p>It keeps to the plan's order, in which the first seed of every cell comes first. The other seeds of a cell wait for it,
 * since they are not run if it turns out deterministic. A trainer that runs one at a time is waited for, whichever execution it is
 * busy in.
 */
final class Schedule {

    /** How long a run that another process trains is left alone before it is looked at again. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Waiting> waiting = new ArrayList<>();

    /** Cells whose first run has ended. */
    private final Set<String> known = new HashSet<>();

    /** Shared with the schedules of other executions, and the monitor of all of them. */
    private final BusyTrainers busy;

    private boolean halted;

    /**
     * A run that has not begun.
     *
     * @param run which
     * @param first whether it is the first of its cell
     * @param from when it may begin, by {@link System#nanoTime}
     */
    private record Waiting(PlannedRun run, boolean first, long from) {}

    /**
     * @param runs by seed first, as a plan has them
     */
    Schedule(List<PlannedRun> runs, BusyTrainers busy) {
        this.busy = busy;
        Set<String> cells = new HashSet<>();
        for (PlannedRun run : runs) {
            waiting.add(new Waiting(run, cells.add(run.group()), System.nanoTime()));
        }
    }

    /** The next run, once there is one that may begin; empty if nothing is left to begin. */
    Optional<PlannedRun> next() {
        boolean interrupted = false;
        try {
            synchronized (busy) {
                while (!halted && !waiting.isEmpty()) {
                    long now = System.nanoTime();
                    Optional<PlannedRun> run = ready(now);
                    if (run.isPresent()) {
                        return run;
                    }
                    try {
                        // without a deadline until another run ends
                        TimeUnit.NANOSECONDS.timedWait(busy, patience(now));
                    } catch (InterruptedException e) {
                        // set by a trainer: a worker is ended by halt()
                        interrupted = true;
                    }
                }
                return Optional.empty();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the first run that may begin now, and its trainer. */
    private Optional<PlannedRun> ready(long now) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting candidate = each.next();
            if (isNext(candidate) && candidate.from() - now <= 0 && busy.take(candidate.run())) {
                each.remove();
                return Optional.of(candidate.run());
            }
        }
        return Optional.empty();
    }

    /** How long until a run that was put back is looked at again. */
    private long patience(long now) {
        return waiting.stream()
                .filter(this::isNext)
                .mapToLong(candidate -> candidate.from() - now)
                .filter(nanos -> nanos > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The first of its cell, or another whose first is known. */
    private boolean isNext(Waiting candidate) {
        return candidate.first() || known.contains(candidate.run().group());
    }

    /** Puts a run back that another execution or process is training. */
    void later(PlannedRun run) {
        synchronized (busy) {
            waiting.add(new Waiting(run, !known.contains(run.group()), System.nanoTime() + PATIENCE_NANOS));
            busy.release(run);
        }
    }

    /** A run has ended; the other seeds of its cell are needed no more if it is deterministic. */
    void ended(PlannedRun run, boolean deterministic) {
        synchronized (busy) {
            known.add(run.group());
            if (deterministic) {
                waiting.removeIf(other -> other.run().group().equals(run.group()));
            }
            busy.release(run);
        }
    }

    /** Gives the trainer of a run back that ended with a breakdown. */
    void abandon(PlannedRun run) {
        busy.release(run);
    }

    /** Nothing more is begun. */
    void halt() {
        synchronized (busy) {
            halted = true;
            busy.notifyAll();
        }
    }
}
