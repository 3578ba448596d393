package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;
import java.util.function.Supplier;

/** Hears how an execution goes; called by several threads, and must return at once. */
public interface Progress {

    /** Hears nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begins(PlannedRun run) {}

        @Override
        public void at(PlannedRun run, long update, long total) {}

        @Override
        public void ends(Outcome outcome) {}
    };

    /** A run begins to train, or goes on after an interruption. */
    void begins(PlannedRun run);

    /** A run has made {@code update} of {@code total} updates; reported at the steps of its grid. */
    void at(PlannedRun run, long update, long total);

    /**
     * Runs are waited for that are trained elsewhere; called every few seconds.
     *
     * @param jobs where they are, which takes a while to ask for
     */
    default void waits(Supplier<String> jobs) {}

    /** A run ended, or was reused. */
    void ends(Outcome outcome);
}
