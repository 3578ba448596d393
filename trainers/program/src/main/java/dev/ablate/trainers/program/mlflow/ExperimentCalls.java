package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.core.note.Note;
import java.util.List;

/** Calls about experiments: whatever a program calls its experiment, it is the one of this run. */
final class ExperimentCalls {

    /** The tag that keeps the name that was asked for. */
    static final String ASKED = "ablate.experiment";

    private final Runs runs;
    private String name = "ablate";

    ExperimentCalls(Runs runs) {
        this.runs = runs;
    }

    void addTo(Router router) {
        router.add("GET", "experiments/get-by-name", call -> named(call.required("experiment_name")));
        router.add("GET", "experiments/get", call -> Call.only("experiment", experiment()));
        router.add("POST", "experiments/create", call -> {
            named(call.required("name"));
            JsonObject made = new JsonObject();
            made.addProperty("experiment_id", Runs.EXPERIMENT);
            return made;
        });
        router.add("POST", "experiments/search", call -> listed());
        router.add("GET", "experiments/search", call -> listed());
        router.add("POST", "experiments/set-experiment-tag", call -> {
            String key = call.required("key");
            Limits.requireKey("tag", key);
            Limits.requireTag(call.text("value"));
            runs.main().log(List.of(new Note.Tag(ASKED + "." + key, call.text("value"))));
            return new JsonObject();
        });
    }

    private JsonObject listed() {
        JsonArray all = new JsonArray();
        all.add(experiment());
        return Call.only("experiments", all);
    }

    private JsonObject named(String asked) {
        if (!asked.equals(runs.main().tags().get(ASKED))) {
            runs.main().log(List.of(new Note.Tag(ASKED, asked)));
        }
        name = asked;
        return Call.only("experiment", experiment());
    }

    private JsonObject experiment() {
        JsonObject experiment = new JsonObject();
        experiment.addProperty("experiment_id", Runs.EXPERIMENT);
        experiment.addProperty("name", name);
        experiment.addProperty("artifact_location", "mlflow-artifacts:/" + Runs.EXPERIMENT);
        experiment.addProperty("lifecycle_stage", "active");
        experiment.addProperty("creation_time", 0);
        experiment.addProperty("last_update_time", 0);
        experiment.add("tags", new JsonArray());
        return experiment;
    }
}
