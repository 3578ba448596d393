package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is still to be run, in which order; asked by all workers.
 *
 * <p>It keeps to the plan's order, in which the first seed of every cell comes first. The other seeds of a cell wait for it,
 * since they are not run if it turns out deterministic.
 */
final class Schedule {

    /** How long a run that another process trains is left alone before it is looked at again. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Waiting> waiting = new ArrayList<>();

    /** Cells whose first run has ended. */
    private final Set<String> known = new HashSet<>();

    /** Trainers that run one at a time, and do. */
    private final Set<String> busy = new HashSet<>();

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
    Schedule(List<PlannedRun> runs) {
        Set<String> cells = new HashSet<>();
        for (PlannedRun run : runs) {
            waiting.add(new Waiting(run, cells.add(run.group()), System.nanoTime()));
        }
    }

    /** The next run, once there is one that may begin; empty if nothing is left to begin. */
    synchronized Optional<PlannedRun> next() {
        boolean interrupted = false;
        try {
            while (!halted && !waiting.isEmpty()) {
                long now = System.nanoTime();
                long patience = Long.MAX_VALUE;
                for (ListIterator<Waiting> each = waiting.listIterator(); each.hasNext(); ) {
                    Waiting candidate = each.next();
                    if (mayBegin(candidate)) {
                        if (candidate.from() - now <= 0) {
                            each.remove();
                            return Optional.of(begin(candidate.run()));
                        }
                        patience = Math.min(patience, candidate.from() - now);
                    }
                }
                try {
                    // without a deadline until another run ends
                    TimeUnit.NANOSECONDS.timedWait(this, patience);
                } catch (InterruptedException e) {
                    // left behind by a trainer: a worker is ended by halt()
                    interrupted = true;
                }
            }
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean mayBegin(Waiting candidate) {
        PlannedRun run = candidate.run();
        return (candidate.first() || known.contains(run.group()))
                && !(run.trainer().oneAtATime() && busy.contains(run.trainer().plugin()));
    }

    private PlannedRun begin(PlannedRun run) {
        if (run.trainer().oneAtATime()) {
            busy.add(run.trainer().plugin());
        }
        return run;
    }

    /** Puts a run back that another process is training. */
    synchronized void later(PlannedRun run) {
        busy.remove(run.trainer().plugin());
        waiting.add(new Waiting(run, !known.contains(run.group()), System.nanoTime() + PATIENCE_NANOS));
        notifyAll();
    }

    /** A run has ended; the other seeds of its cell are needed no more if it is deterministic. */
    synchronized void ended(PlannedRun run, boolean deterministic) {
        busy.remove(run.trainer().plugin());
        known.add(run.group());
        if (deterministic) {
            waiting.removeIf(other -> other.run().group().equals(run.group()));
        }
        notifyAll();
    }

    /** Nothing more is begun. */
    synchronized void halt() {
        halted = true;
        notifyAll();
    }
}
