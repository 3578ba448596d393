package dev.ablate.runner.train;

import dev.ablate.runner.plan.Plan;
import java.util.List;

/** Trains what a plan needs and the store does not have. */
public interface Executor {

    /**
     * Runs the plan; the first seed of every variant comes first, and a variant that turns out deterministic is not run again
     * for its other seeds.
     *
     * @return one outcome a run that is finished, failed or killed, in the plan's order; a deterministic variant appears once, at
     *     the first seed
     */
    List<Outcome> execute(Plan plan, Orders orders, Progress progress);

    /** Ends what is running, which is recorded as killed, and begins nothing more; {@link #execute} then returns. From any thread. */
    void cancel();
}
