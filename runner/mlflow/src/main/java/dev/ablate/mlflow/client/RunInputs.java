package dev.ablate.mlflow.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** The datasets that runs are linked to. */
public final class RunInputs {

    private static final String CONTEXT = "mlflow.data.context";

    private final Rest rest;

    RunInputs(Rest rest) {
        this.rest = rest;
    }

    /**
     * A dataset as a run used it.
     *
     * @param context what for: {@code train}, {@code test}
     * @param name at most 500 characters
     * @param digest at most 36 characters
     * @param sourceType a kind of source that MLflow knows
     * @param source JSON, as the kind has it
     * @param schema JSON; empty if there is none
     * @param profile JSON
     */
    public record Input(
            String context,
            String name,
            String digest,
            String sourceType,
            String source,
            String schema,
            String profile) {}

    /** Links a run to datasets; one that is linked already stays as it is. */
    public void log(String run, List<Input> inputs) {
        JsonArray datasets = new JsonArray();
        for (Input input : inputs) {
            JsonObject dataset = new JsonObject();
            dataset.addProperty("name", input.name());
            dataset.addProperty("digest", input.digest());
            dataset.addProperty("source_type", input.sourceType());
            dataset.addProperty("source", input.source());
            if (!input.schema().isEmpty()) {
                dataset.addProperty("schema", input.schema());
            }
            dataset.addProperty("profile", input.profile());
            JsonObject used = new JsonObject();
            used.add("tags", Rest.pairs(Map.of(CONTEXT, input.context())));
            used.add("dataset", dataset);
            datasets.add(used);
        }
        JsonObject request = new JsonObject();
        request.addProperty("run_id", run);
        request.add("datasets", datasets);
        rest.post("runs/log-inputs", request);
    }

    /**
     * A dataset that a run is linked to.
     *
     * <p>What else there is of it belongs to all runs that use it, and is as the first of them described it.
     *
     * @param context what for: {@code train}, {@code test}
     */
    public record Linked(String context, String name, String digest) {}

    /** What a run is linked to, as the server returns it with the run. */
    static List<Linked> of(Service.Run run) {
        return run.getInputs().getDatasetInputsList().stream()
                .map(used -> new Linked(
                        context(used),
                        used.getDataset().getName(),
                        used.getDataset().getDigest()))
                .toList();
    }

    private static String context(Service.DatasetInput used) {
        return used.getTagsList().stream()
                .filter(tag -> tag.getKey().equals(CONTEXT))
                .map(Service.InputTag::getValue)
                .findFirst()
                .orElse("");
    }
}
