package dev.ablate.trainers.program.mlflow;

import dev.ablate.core.note.RunNotes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The run itself, and the further ones that its program begins. */
final class Runs {

    /** The id of the one experiment that there is. */
    static final String EXPERIMENT = "1";

    private final Map<String, ClientRun> all = new LinkedHashMap<>();
    private final ClientRun main;

    /** Whether somebody uses the run itself. */
    private boolean taken;

    Runs(RunNotes notes) {
        this.main = new ClientRun(newId(), notes, "run", 0);
        all.put(main.id(), main);
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    ClientRun main() {
        return main;
    }

    /** Notes that somebody uses the run itself: what is made from now on is a further one. */
    void take() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    /**
     * Begins a further run.
     *
     * @param parent the id of the run below which it stands; below the run itself where there is no such run
     */
    ClientRun begin(String parent, String name, long start) {
        RunNotes above = all.getOrDefault(parent, main).notes();
        ClientRun run =
                new ClientRun(newId(), above.child(name, start), name.isEmpty() ? "run-" + all.size() : name, start);
        all.put(run.id(), run);
        return run;
    }

    /** @throws ApiError if there is no such run */
    ClientRun get(String id) {
        ClientRun run = all.get(id);
        if (run == null) {
            throw ApiError.missing("Run with id=" + id + " not found");
        }
        return run;
    }

    List<ClientRun> all() {
        return List.copyOf(all.values());
    }
}
