package dev.ablate.mlflow.image;

import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.note.LoggedRun;
import java.util.List;
import java.util.Map;

/**
 * What the store has of a run beside its record and its points.
 *
 * @param provenance what it was begun with
 * @param files all of them by path, of which those that its trainer kept or its program logged are shown
 * @param logged what its program logged: the run itself, then further ones
 */
public record Stored(Provenance provenance, Map<String, byte[]> files, List<LoggedRun> logged) {

    /** That of an attempt. */
    public static Stored of(RunStore store, long attempt) {
        return new Stored(store.provenance(attempt), store.files(attempt), LoggedRun.of(store.notes(attempt, 0)));
    }

    /** What the program logged of the run itself. */
    LoggedRun main() {
        return logged.get(0);
    }
}
