package dev.ablate.engine.train;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a plan is to be executed; no result depends on it.
 *
 * @param jobs runs at a time, at least 1
 * @param only variants to run; empty: all
 * @param force run again what is finished
 * @param retryFailed run again what has failed
 * @param stopAtFailure begin nothing after a failure
 * @param detached leave what a launcher trains where it is, and return
 */
public record ExecutionOptions(
        int jobs, Set<String> only, boolean force, boolean retryFailed, boolean stopAtFailure, boolean detached) {

    /** Waits for what a launcher trains. */
    public ExecutionOptions(int jobs, Set<String> only, boolean force, boolean retryFailed, boolean stopAtFailure) {
        this(jobs, only, force, retryFailed, stopAtFailure, false);
    }

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException if there is less than one job
     */
    public ExecutionOptions {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
        only = Set.copyOf(only);
    }

    /** Of which status runs are that have ended and are run again. */
    public Set<RunStatus> again() {
        if (force) {
            return EnumSet.allOf(RunStatus.class);
        }
        return retryFailed ? EnumSet.of(RunStatus.FAILED) : EnumSet.noneOf(RunStatus.class);
    }

    /** The runs of a plan that are wanted, in its order. */
    public List<PlannedRun> wanted(Plan plan) {
        return plan.runs().stream()
                .filter(run -> only.isEmpty() || only.contains(run.variant()))
                .toList();
    }
}
