package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import java.util.List;

/**
 * What became of a plan's runs.
 *
 * @param outcomes one a run that is finished, failed or killed, in the plan's order; a deterministic variant appears once, at the
 *     first seed
 * @param pending runs that were submitted and go on elsewhere, in the plan's order; executing the plan again fetches what they gave
 * @param jobs those that have them, each with its launcher, in a few words
 */
public record Execution(List<Outcome> outcomes, List<PlannedRun> pending, List<String> jobs) {

    /** Without a word for jobs. */
    public Execution(List<Outcome> outcomes, List<PlannedRun> pending) {
        this(outcomes, pending, List.of());
    }

    /** Copies the lists. */
    public Execution {
        outcomes = List.copyOf(outcomes);
        pending = List.copyOf(pending);
        jobs = List.copyOf(jobs);
    }
}
