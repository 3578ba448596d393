package dev.ablate.cli.app;

import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import java.util.Locale;

/** How runs stand, in a person's words. */
public final class RunStates {

    private RunStates() {}

    /** Running, finished, failed or killed: what is recorded as running and trained by nobody was killed. */
    public static RunStatus of(RunStore store, RunRecord run) {
        return run.status() == RunStatus.RUNNING && !store.isTrained(run.key()) ? RunStatus.KILLED : run.status();
    }

    /** {@link #of} in one word. */
    public static String word(RunStore store, RunRecord run) {
        return of(store, run).name().toLowerCase(Locale.ROOT);
    }
}
