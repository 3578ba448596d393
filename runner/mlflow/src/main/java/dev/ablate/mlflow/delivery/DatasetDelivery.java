package dev.ablate.mlflow.delivery;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ablate.mlflow.client.Capabilities;
import dev.ablate.mlflow.client.RunInputs;
import dev.ablate.mlflow.client.RunInputs.Input;
import dev.ablate.mlflow.client.RunInputs.Linked;
import dev.ablate.worker.data.DataPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Links one run in MLflow to the data that it was trained and tested on. */
final class DatasetDelivery {

    /** MLflow's bound; a table of so many columns is shown without them. */
    private static final int LONGEST_SCHEMA = 1_000_000;

    private final Channel channel;
    private final RunInputs inputs;
    private final String run;

    /** What the server took. */
    private List<Input> sent = List.of();

    /** @param run its id in MLflow */
    DatasetDelivery(Channel channel, String run) {
        this.channel = channel;
        this.inputs = channel.connection().inputs();
        this.run = run;
    }

    /** Links what is not linked yet; a replay changes nothing. */
    void send(List<DataPart> parts) {
        List<Input> wanted = parts.stream().map(DatasetDelivery::input).toList();
        if (!wanted.equals(sent)
                && channel.capabilities().attempt(Capabilities.Capability.DATASETS, () -> inputs.log(run, wanted))) {
            sent = wanted;
        }
    }

    /**
     * What the run is not linked to, in words.
     *
     * @param linked what it is linked to, as just read
     */
    List<String> differences(List<DataPart> parts, List<Linked> linked) {
        if (parts.isEmpty() || channel.capabilities().unsupported(Capabilities.Capability.DATASETS)) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        for (DataPart part : parts) {
            if (!linked.contains(new Linked(part.context(), part.name(), part.digest()))) {
                differences.add("dataset " + part.name() + " (" + part.context() + ") is missing");
            }
        }
        if (!differences.isEmpty()) {
            sent = List.of();
        }
        return differences;
    }

    private static Input input(DataPart part) {
        JsonObject tags = new JsonObject();
        tags.addProperty("mlflow.source.name", "ablate");
        tags.addProperty("dataset", part.name());
        tags.addProperty("source", part.source());
        JsonObject source = new JsonObject();
        source.add("tags", tags);
        JsonObject profile = new JsonObject();
        profile.addProperty("num_rows", part.rows());
        profile.addProperty("contradictory_rows", part.contradictory());
        String schema = schema(part);
        return new Input(
                part.context(),
                part.name(),
                part.digest(),
                // a dataset that a program made, the one kind that Python's client reads back wherever it came from
                "code",
                source.toString(),
                schema.length() > LONGEST_SCHEMA ? "" : schema,
                profile.toString());
    }

    private static String schema(DataPart part) {
        JsonArray columns = new JsonArray();
        Stream.concat(part.features().stream(), Stream.of(part.target())).forEach(name -> {
            JsonObject column = new JsonObject();
            column.addProperty("type", "double");
            column.addProperty("name", name);
            column.addProperty("required", true);
            columns.add(column);
        });
        JsonObject schema = new JsonObject();
        schema.add("mlflow_colspec", columns);
        return schema.toString();
    }
}
