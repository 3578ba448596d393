package dev.ablate.engine.train;

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
}
