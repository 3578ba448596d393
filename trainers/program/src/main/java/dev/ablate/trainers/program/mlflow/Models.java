package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Models as MLflow 3 has them; their files are stored as files of the run that made them, in a folder of the model's name. */
final class Models {

    private final Map<String, Model> all = new LinkedHashMap<>();

    /** The folders of models, by the run's id. */
    private final Map<String, Set<String>> folders = new HashMap<>();

    /** One model. */
    static final class Model {

        private final String id;
        private final String name;
        private final String type;
        private final ClientRun run;
        private final String folder;
        private final long created;
        private final Map<String, String> params = new LinkedHashMap<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private String status = "LOGGED_MODEL_PENDING";

        private Model(String name, String type, ClientRun run, String folder, long created) {
            this.id = "m-" + UUID.randomUUID().toString().replace("-", "");
            this.name = name;
            this.type = type;
            this.run = run;
            this.folder = folder;
            this.created = created;
        }

        String id() {
            return id;
        }

        /** The run that made it. */
        ClientRun run() {
            return run;
        }

        /** Where its files lie among those of its run. */
        String folder() {
            return folder;
        }

        Map<String, String> params() {
            return params;
        }

        Map<String, String> tags() {
            return tags;
        }

        void status(String now) {
            status = now;
        }
    }

    /** Begins a model of a run. */
    Model begin(String name, String type, ClientRun run) {
        String given = name.isEmpty() ? "model" : name.replaceAll("[/\\\\:.%\"']", "_");
        Set<String> taken = folders.computeIfAbsent(run.id(), none -> new HashSet<>());
        String folder = given;
        for (int k = 2; !taken.add(folder); k++) {
            folder = given + "-" + k;
        }
        Model model = new Model(given, type, run, folder, run.start());
        all.put(model.id(), model);
        return model;
    }

    /** @throws ApiError if there is no such model */
    Model get(String id) {
        Model model = all.get(id);
        if (model == null) {
            throw ApiError.missing("Logged model with ID '" + id + "' not found.");
        }
        return model;
    }

    List<Model> all() {
        return List.copyOf(all.values());
    }

    /** Where its files are sent to. */
    String address(Model model) {
        return "mlflow-artifacts:/" + Runs.EXPERIMENT + "/models/" + model.id() + "/artifacts";
    }

    JsonObject json(Model model) {
        JsonObject info = new JsonObject();
        info.addProperty("model_id", model.id);
        info.addProperty("experiment_id", Runs.EXPERIMENT);
        info.addProperty("name", model.name);
        info.addProperty("creation_timestamp_ms", model.created);
        info.addProperty("last_updated_timestamp_ms", model.created);
        info.addProperty("artifact_uri", address(model));
        info.addProperty("status", model.status);
        info.addProperty("model_type", model.type);
        info.addProperty("source_run_id", model.run.id());
        info.add("tags", Call.pairs(model.tags));
        JsonObject data = new JsonObject();
        data.add("params", Call.pairs(model.params));
        data.add("metrics", new JsonArray());
        JsonObject json = new JsonObject();
        json.add("info", info);
        json.add("data", data);
        return json;
    }
}
