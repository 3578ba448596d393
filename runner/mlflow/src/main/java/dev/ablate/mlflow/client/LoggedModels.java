package dev.ablate.mlflow.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Models as MLflow 3 has them: things of their own, each linked to the run that made it. */
public final class LoggedModels {

    private static final String READY = "LOGGED_MODEL_READY";
    private static final int PAGE = 50;

    /** As it stands in a path. */
    private static final Pattern ID = Pattern.compile("[\\w-]+");

    /** No run has more; a server that goes on and on is given up. */
    private static final int MOST_MODELS = 1000;

    private final Rest rest;

    LoggedModels(Rest rest) {
        this.rest = rest;
    }

    /**
     * A model as the server has it.
     *
     * @param id the server's
     * @param name as it was given
     * @param artifacts where its files lie
     * @param ready whether it may be loaded
     * @param created in milliseconds of the epoch
     * @param tags by name
     */
    public record LoggedModel(
            String id, String name, String artifacts, boolean ready, long created, Map<String, String> tags) {}

    /**
     * The models that a run made, the first made first.
     *
     * @throws ServerFailure {@link ServerFailure.Kind#UNKNOWN} if the server does not know what a logged model is
     */
    public List<LoggedModel> of(String experiment, String run) {
        List<LoggedModel> found = new ArrayList<>();
        String token = "";
        do {
            JsonObject request = new JsonObject();
            JsonArray experiments = new JsonArray();
            experiments.add(experiment);
            request.add("experiment_ids", experiments);
            request.addProperty("filter", "source_run_id = '" + run + "'");
            request.addProperty("max_results", PAGE);
            if (!token.isEmpty()) {
                request.addProperty("page_token", token);
            }
            JsonObject page = rest.post("logged-models/search", request);
            List<JsonObject> models = Rest.objects(page, "models");
            models.forEach(model -> found.add(model(model)));
            String next = Rest.text(page, "next_page_token");
            token = next.equals(token) ? "" : next;
            if (!token.isEmpty() && (models.isEmpty() || found.size() > MOST_MODELS)) {
                throw rest.foreign();
            }
        } while (!token.isEmpty());
        found.sort(Comparator.comparingLong(LoggedModel::created).thenComparing(LoggedModel::id));
        return found;
    }

    /**
     * A model that is to be made.
     *
     * @param name without what MLflow refuses in one
     * @param type such as {@code onnx}; may be empty
     * @param params by name
     * @param tags by name
     */
    public record Wanted(String name, String type, Map<String, String> params, Map<String, String> tags) {}

    /** Makes a model; not idempotent: after a failure that is {@link ServerFailure#passing} there may be one or none. */
    public LoggedModel create(String experiment, String run, Wanted wanted) {
        JsonObject request = new JsonObject();
        request.addProperty("experiment_id", experiment);
        request.addProperty("name", wanted.name());
        request.addProperty("model_type", wanted.type());
        request.addProperty("source_run_id", run);
        request.add("params", Rest.pairs(wanted.params()));
        request.add("tags", Rest.pairs(wanted.tags()));
        return model(Rest.object(rest.post("logged-models", request), "model"));
    }

    /** Says that all files of a model are there. */
    public void finish(String id) {
        JsonObject request = new JsonObject();
        request.addProperty("model_id", id);
        request.addProperty("status", READY);
        rest.send("PATCH", "logged-models/" + id, request);
    }

    /** Takes a model away; the server keeps its files. */
    public void delete(String id) {
        rest.send("DELETE", "logged-models/" + id, null);
    }

    /** What a run says that it made, by the models' ids; some may have been deleted since. */
    public List<String> linked(String run) {
        return linked(rest.get("runs/get", Map.of("run_id", run)));
    }

    /** Likewise, of a server's answer. */
    static List<String> linked(JsonObject answer) {
        JsonObject found = Rest.object(answer, "run");
        return Rest.objects(Rest.object(found, "outputs"), "model_outputs").stream()
                .map(output -> Rest.text(output, "model_id"))
                .filter(id -> ID.matcher(id).matches())
                .toList();
    }

    /** A model by its id; empty if it was deleted. */
    public Optional<LoggedModel> find(String id) {
        try {
            return Optional.of(model(Rest.object(rest.get("logged-models/" + id, Map.of()), "model")));
        } catch (ServerFailure e) {
            if (e.kind() == ServerFailure.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Has a run list a model among what it made; refused if it does already. */
    public void link(String run, String id, long step) {
        JsonObject output = new JsonObject();
        output.addProperty("model_id", id);
        output.addProperty("step", step);
        JsonArray outputs = new JsonArray();
        outputs.add(output);
        JsonObject request = new JsonObject();
        request.addProperty("run_id", run);
        request.add("models", outputs);
        rest.post("runs/outputs", request);
    }

    private static LoggedModel model(JsonObject model) {
        JsonObject info = Rest.object(model, "info");
        String created = Rest.text(info, "creation_timestamp_ms");
        return new LoggedModel(
                Rest.text(info, "model_id"),
                Rest.text(info, "name"),
                Rest.text(info, "artifact_uri"),
                Rest.text(info, "status").equals(READY),
                created.matches("\\d{1,18}") ? Long.parseLong(created) : 0,
                Rest.tags(info));
    }
}
