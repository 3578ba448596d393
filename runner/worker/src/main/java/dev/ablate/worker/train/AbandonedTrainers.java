package dev.ablate.worker.train;

import dev.ablate.worker.context.RunContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which trainers are still occupied by runs that have failed, since their threads could not be ended. */
public final class AbandonedTrainers {

    /** The label of the run that is inside, by trainer; of those alone whose runs must not overlap. */
    private final Map<String, String> inside = new ConcurrentHashMap<>();

    /** A run's thread goes into its trainer. */
    void enter(RunContext run) {
        if (run.trainer().oneAtATime()) {
            inside.put(run.trainer().plugin(), run.label());
        }
    }

    /** A run's thread has come out of its trainer, however late. */
    void leave(RunContext run) {
        inside.remove(run.trainer().plugin(), run.label());
    }

    /**
     * Lets a run pass, unless its trainer is occupied.
     *
     * @throws RunFailure if the run's trainer runs one at a time, and the thread of another run is still inside
     */
    void requireFree(RunContext run) {
        String label = inside.get(run.trainer().plugin());
        if (label != null) {
            String reason = run.trainer().called() + " runs one at a time, and run " + label
                    + ", which timed out, still occupies it";
            throw new RunFailure(0, reason, false);
        }
    }
}
