package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Models as MLflow 3 has them; their files are stored as files of the run that made them, in a folder of the model's name. */
final class Models {

    /** What a model is called, its params, its tags, and the last values of metrics that were logged of it. */
    static final String DESCRIPTION = "logged-model.json";

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

        /** What was measured of it, by metric and data set. */
        private final Map<List<String>, JsonObject> metrics = new LinkedHashMap<>();

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

        /** Adds a value of a metric, as a client logs it. */
        private void measured(JsonObject metric) {
            JsonObject kept = metric.deepCopy();
            kept.remove("run_uuid");
            kept.addProperty("run_id", run.id());
            List<String> of = Stream.of("key", "dataset_name", "dataset_digest")
                    .map(name -> Call.text(metric, name))
                    .toList();
            JsonObject before = metrics.get(of);
            if (before == null || Call.whole(before, "step") <= Call.whole(kept, "step")) {
                metrics.put(of, kept);
            }
        }

        private JsonArray metrics() {
            JsonArray all = new JsonArray();
            metrics.values().forEach(all::add);
            return all;
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

    /**
     * Notes values that were logged of a model, where they say of which.
     *
     * @param metrics as clients log them
     */
    void measured(List<JsonObject> metrics) {
        Set<Model> changed = new LinkedHashSet<>();
        for (JsonObject metric : metrics) {
            Model model = all.get(Call.text(metric, "model_id"));
            if (model != null) {
                model.measured(metric);
                changed.add(model);
            }
        }
        changed.forEach(this::store);
    }

    /** Stores what is known of a model beside its files: there is no other place for it in a run. */
    void store(Model model) {
        JsonObject json = new JsonObject();
        json.addProperty("name", model.name);
        json.addProperty("model_type", model.type);
        json.addProperty("status", model.status);
        json.add("params", Call.pairs(model.params));
        json.add("tags", Call.pairs(model.tags));
        json.add("metrics", model.metrics());
        try {
            Path file = Files.createTempFile("ablate-model", ".json");
            try {
                Files.writeString(file, json.toString());
                model.run.notes().artifact(model.folder + "/" + DESCRIPTION, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        data.add("metrics", model.metrics());
        JsonObject json = new JsonObject();
        json.add("info", info);
        json.add("data", data);
        return json;
    }
}
