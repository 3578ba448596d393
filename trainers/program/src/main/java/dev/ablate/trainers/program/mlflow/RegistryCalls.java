package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.core.note.Note;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that register models: each is noted and answered, and nothing is registered, as that is for the end of a comparison. */
final class RegistryCalls {

    private static final String TAG = "ablate.registered.";

    private final Runs runs;

    /** By name, its versions. */
    private final Map<String, Map<String, JsonObject>> versions = new HashMap<>();

    RegistryCalls(Runs runs) {
        this.runs = runs;
    }

    void addTo(Router router) {
        router.add("POST", "registered-models/create", call -> registered(call.required("name")));
        router.add("GET", "registered-models/get", call -> registered(call.required("name")));
        router.add("POST", "model-versions/create", this::create);
        router.add("GET", "model-versions/get", call -> {
            JsonObject found =
                    versions.getOrDefault(call.required("name"), Map.of()).get(call.text("version"));
            if (found == null) {
                throw ApiError.missing("Model Version (name=" + call.text("name") + ", version=" + call.text("version")
                        + ") not found");
            }
            return Call.only("model_version", found);
        });
        router.add("GET", "model-versions/search", call -> listed("model_versions"));
        router.add("GET", "registered-models/search", call -> listed("registered_models"));
        router.add("POST", "registered-models/get-latest-versions", call -> listed("model_versions"));
        for (String done : List.of(
                "registered-models/set-tag",
                "registered-models/alias",
                "registered-models/update",
                "model-versions/set-tag",
                "model-versions/update",
                "model-versions/transition-stage")) {
            for (String method : List.of("POST", "PATCH")) {
                router.add(method, done, call -> new JsonObject());
            }
        }
    }

    private static JsonObject listed(String name) {
        return Call.only(name, new JsonArray());
    }

    private static JsonObject registered(String name) {
        JsonObject model = new JsonObject();
        model.addProperty("name", name);
        model.addProperty("creation_timestamp", 0);
        model.addProperty("last_updated_timestamp", 0);
        return Call.only("registered_model", model);
    }

    private JsonObject create(Call call) {
        String name = call.required("name");
        Map<String, JsonObject> known = versions.computeIfAbsent(name, none -> new LinkedHashMap<>());
        String number = Integer.toString(known.size() + 1);
        JsonObject version = new JsonObject();
        version.addProperty("name", name);
        version.addProperty("version", number);
        version.addProperty("creation_timestamp", 0);
        version.addProperty("last_updated_timestamp", 0);
        version.addProperty("source", call.text("source"));
        version.addProperty("run_id", call.text("run_id"));
        version.addProperty("model_id", call.text("model_id"));
        version.addProperty("status", "READY");
        known.put(number, version);
        ClientRun run = call.text("run_id").isEmpty() ? runs.main() : runs.get(call.text("run_id"));
        run.log(List.of(new Note.Tag(TAG + name.replaceAll("[^\\w. :/-]", "_"), call.text("source"))));
        return Call.only("model_version", version);
    }
}
