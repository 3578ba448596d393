package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import java.util.HashSet;
import java.util.Set;

/**
 * Which trainers that run one at a time do so just now, in any execution.
 *
 * <p>The schedules of all executions use its monitor, so that those that wait hear when a trainer is free again.
 */
final class BusyTrainers {

    private final Set<String> busy = new HashSet<>();

    /** Takes the run's trainer, if it may run now. */
    synchronized boolean take(PlannedRun run) {
        return !run.trainer().oneAtATime() || busy.add(run.trainer().plugin());
    }

    /** Gives the run's trainer back, and wakes whoever waits for it. */
    synchronized void release(PlannedRun run) {
        if (run.trainer().oneAtATime()) {
            busy.remove(run.trainer().plugin());
        }
        notifyAll();
    }
}
