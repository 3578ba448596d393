package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.core.note.Note;
import dev.ablate.core.note.RunNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run as its clients see it; what they log is stored, and then shown. */
final class ClientRun {

    /** Where a run's name stands among its tags. */
    static final String NAME = "mlflow.runName";

    private final String id;
    private final RunNotes notes;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, String> params = new LinkedHashMap<>();
    private final Map<String, List<Note.Metric>> metrics = new LinkedHashMap<>();
    private final JsonArray inputs = new JsonArray();
    private final JsonArray outputs = new JsonArray();
    private final Set<String> models = new LinkedHashSet<>();
    private final long start;
    private String status = "RUNNING";
    private long end;
    private String user = "";

    /** @param start in milliseconds since 1970; 0 where it is not known */
    ClientRun(String id, RunNotes notes, String name, long start) {
        this.id = id;
        this.notes = notes;
        this.start = start;
        tags.put(NAME, name);
    }

    String id() {
        return id;
    }

    RunNotes notes() {
        return notes;
    }

    String name() {
        return tags.getOrDefault(NAME, "");
    }

    String status() {
        return status;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    Map<String, String> tags() {
        return tags;
    }

    Map<String, String> params() {
        return params;
    }

    void user(String name) {
        user = name;
    }

    void rename(String name) {
        tags.put(NAME, name);
    }

    void status(String now, long at) {
        status = now;
        end = at;
    }

    /** Stores notes; then they are shown. */
    void log(List<Note> all) {
        notes.add(all);
        for (Note note : all) {
            if (note instanceof Note.Metric metric) {
                metrics.computeIfAbsent(metric.name(), none -> new ArrayList<>())
                        .add(metric);
            } else if (note instanceof Note.Param param) {
                params.put(param.name(), param.value());
            } else if (note instanceof Note.Tag tag) {
                tags.put(tag.name(), tag.value());
            } else if (note instanceof Note.Untag tag) {
                tags.remove(tag.name());
            }
        }
    }

    void input(JsonObject used) {
        inputs.add(used);
    }

    void output(JsonObject model) {
        if (models.add(Call.text(model, "model_id"))) {
            outputs.add(model);
        }
    }

    /** All values of a metric, in the order in which they came. */
    List<Note.Metric> history(String name) {
        return metrics.getOrDefault(name, List.of());
    }

    /** Of each metric the value of its last step; of these the latest in time, of these the greatest. */
    Map<String, Note.Metric> latest() {
        Map<String, Note.Metric> latest = new LinkedHashMap<>();
        metrics.forEach((name, values) -> values.forEach(value -> latest.merge(name, value, ClientRun::later)));
        return latest;
    }

    /** The value that MLflow shows of two. */
    static Note.Metric later(Note.Metric one, Note.Metric other) {
        if (one.step() != other.step()) {
            return one.step() > other.step() ? one : other;
        }
        if (one.time() != other.time()) {
            return one.time() > other.time() ? one : other;
        }
        return one.value() > other.value() ? one : other;
    }

    /** @param experiment the id of its experiment */
    JsonObject json(String experiment) {
        JsonObject data = new JsonObject();
        JsonArray values = new JsonArray();
        latest().values().forEach(metric -> values.add(json(metric)));
        data.add("metrics", values);
        data.add("params", Call.pairs(params));
        data.add("tags", Call.pairs(tags));
        JsonObject run = new JsonObject();
        run.add("info", info(experiment));
        run.add("data", data);
        run.add("inputs", Call.only("dataset_inputs", inputs));
        run.add("outputs", Call.only("model_outputs", outputs));
        return run;
    }

    JsonObject info(String experiment) {
        JsonObject info = new JsonObject();
        info.addProperty("run_id", id);
        info.addProperty("run_uuid", id);
        info.addProperty("run_name", name());
        info.addProperty("experiment_id", experiment);
        info.addProperty("user_id", user);
        info.addProperty("status", status);
        info.addProperty("start_time", start);
        if (end > 0) {
            info.addProperty("end_time", end);
        }
        info.addProperty("artifact_uri", ArtifactFiles.address(experiment, id));
        info.addProperty("lifecycle_stage", "active");
        return info;
    }

    static JsonObject json(Note.Metric metric) {
        JsonObject json = new JsonObject();
        json.addProperty("key", metric.name());
        if (Double.isFinite(metric.value())) {
            json.addProperty("value", metric.value());
        } else {
            json.addProperty("value", Double.toString(metric.value()));
        }
        json.addProperty("timestamp", metric.time());
        json.addProperty("step", metric.step());
        return json;
    }
}
