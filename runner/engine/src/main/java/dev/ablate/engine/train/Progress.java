package dev.ablate.engine.train;

import dev.ablate.engine.plan.PlannedRun;

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

    /** A run ended, or was reused. */
    void ends(Outcome outcome);
}
