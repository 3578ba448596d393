package dev.ablate.mlflow.client;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MLflow's registry of models: names, and under each the versions that were put there. */
public final class Registry {

    private final Rest rest;

    Registry(Rest rest) {
        this.rest = rest;
    }

    /**
     * A registered model: a name, which people can change; it has no id.
     *
     * @param name what it is called
     * @param created when it was made, in milliseconds of the epoch; 0 where the server does not say it
     */
    public record Model(String name, long created) {}

    /**
     * A version of a registered model.
     *
     * @param model what the registered model is called
     * @param version its number
     * @param description what a person reads
     * @param tags by name
     */
    public record Version(String model, String version, String description, Map<String, String> tags) {}

    /** The versions that come from a run, whatever they are called, the first first. */
    public List<Version> versions(String run) {
        JsonObject found =
                rest.get("model-versions/search", Map.of("filter", "run_id='" + run + "'", "max_results", "100"));
        return Rest.objects(found, "model_versions").stream()
                .map(each -> new Version(
                        Rest.text(each, "name"),
                        Rest.text(each, "version"),
                        Rest.text(each, "description"),
                        Rest.tags(each)))
                .sorted(Comparator.comparingInt((Version each) -> each.version().length())
                        .thenComparing(Version::version))
                .toList();
    }

    /** The registered model of a name. */
    public Optional<Model> find(String name) {
        try {
            JsonObject found = Rest.object(rest.get("registered-models/get", Map.of("name", name)), "registered_model");
            String created = Rest.text(found, "creation_timestamp");
            return Optional.of(new Model(name, created.matches("\\d{1,18}") ? Long.parseLong(created) : 0));
        } catch (ServerFailure e) {
            if (e.kind() == ServerFailure.Kind.MISSING) {
                return Optional.empty();
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
     * @return its number
     */
    public String add(
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
        return Rest.text(Rest.object(rest.post("model-versions/create", request), "model_version"), "version");
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
