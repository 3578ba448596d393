package dev.ablate.runner.cli;

import dev.ablate.runner.runs.RunRecord;
import dev.ablate.runner.runs.RunStatus;
import dev.ablate.runner.runs.RunStore;
import java.util.Locale;

/** How runs stand, in a person's words. */
final class RunStates {

    private RunStates() {}

    /** Running, finished, failed or killed: what is recorded as running and trained by nobody was killed. */
    static RunStatus of(RunStore store, RunRecord run) {
        return run.status() == RunStatus.RUNNING && !store.isTrained(run.key()) ? RunStatus.KILLED : run.status();
    }

    /** {@link #of} in one word. */
    static String word(RunStore store, RunRecord run) {
        return of(store, run).name().toLowerCase(Locale.ROOT);
    }
}
