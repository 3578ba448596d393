package dev.ablate.runner.mlflow.client;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** MLflow's registry of models: names, and under each the versions that were put there. */
public final class Registry {

    private final Rest rest;

    Registry(Rest rest) {
        this.rest = rest;
    }

    /**
     * A version of a registered model.
     *
     * @param version its number
     * @param description what a person reads
     * @param tags by name
     */
    public record Version(String version, String description, Map<String, String> tags) {}

    /** The versions of a name that come from a run, the first first; none if there is no such name. */
    public List<Version> versions(String name, String run) {
        String filter = "name='" + name + "' and run_id='" + run + "'";
        JsonObject found = rest.get("model-versions/search", Map.of("filter", filter, "max_results", "100"));
        return Rest.objects(found, "model_versions").stream()
                .map(each -> new Version(Rest.text(each, "version"), Rest.text(each, "description"), Rest.tags(each)))
                .sorted(Comparator.comparingInt((Version each) -> each.version().length())
                        .thenComparing(Version::version))
                .toList();
    }

    /** Whether there is a name. */
    public boolean has(String name) {
        try {
            rest.get("registered-models/get", Map.of("name", name));
            return true;
        } catch (ServerFailure e) {
            if (e.kind() == ServerFailure.Kind.MISSING) {
                return false;
            }
            throw e;
        }
    }

    /** Makes a name; refused if there is one. */
    public void create(String name) {
        JsonObject request = new JsonObject();
        request.addProperty("name", name);
        rest.post("registered-models/create", request);
    }

    /**
     * Puts a model under a name; not idempotent.
     *
     * @param source where its files lie
     * @param run whose it is
     * @param model the logged model's id; empty where there is none
     */
    public void add(
            String name, String source, String run, String model, String description, Map<String, String> tags) {
        JsonObject request = new JsonObject();
        request.addProperty("name", name);
        request.addProperty("source", source);
        request.addProperty("run_id", run);
        if (!model.isEmpty()) {
            request.addProperty("model_id", model);
        }
        request.addProperty("description", description);
        request.add("tags", Rest.pairs(tags));
        rest.post("model-versions/create", request);
    }

    /** Changes what a person reads. */
    public void describe(String name, String version, String description) {
        JsonObject request = new JsonObject();
        request.addProperty("name", name);
        request.addProperty("version", version);
        request.addProperty("description", description);
        rest.send("PATCH", "model-versions/update", request);
    }

    /** Takes a version away. */
    public void remove(String name, String version) {
        JsonObject request = new JsonObject();
        request.addProperty("name", name);
        request.addProperty("version", version);
        rest.send("DELETE", "model-versions/delete", request);
    }
}
