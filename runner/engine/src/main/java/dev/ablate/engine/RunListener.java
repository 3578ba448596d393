package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Progress;
import java.util.List;

/**
 * Hears how an experiment's run goes. Runs are reported by several threads, all else by the one that runs the experiment; each call must
 * return at once, except {@link #compared}.
 */
public interface RunListener extends Progress {

    /** So many runs of a plan are to be trained, or reused, from now on. */
    default void training(Plan plan, int runs) {}

    @Override
    default void begins(PlannedRun run) {}

    @Override
    default void at(PlannedRun run, long update, long total) {}

    @Override
    default void ends(Outcome outcome) {}

    /** The last of the runs has ended, or was cancelled. */
    default void trained(Plan plan, List<Outcome> outcomes) {}

    /** What is done from now on, for one who waits: {@code comparing 20 runs}. */
    default void doing(String what) {}

    /** A sentence that is worth reading: what becomes of a model in a registry. */
    default void remarks(String sentence) {}

    /** The answer is there, and stored; delivery may still go on, which {@link ExperimentResult#tracked} does not know yet. */
    default void compared(ExperimentResult result) {}

    /** Delivery alone is waited for from now on, and ends early if the run is cancelled. */
    default void delivering() {}
}
