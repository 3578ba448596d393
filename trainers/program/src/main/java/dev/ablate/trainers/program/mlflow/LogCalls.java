package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.core.note.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls that log: each is stored as a whole before it is answered, or refused as a whole. */
final class LogCalls {

    private static final String MODELS = "mlflow.log-model.history";

    private final Runs runs;
    /** Before the name of a metric: the tag with the data set that it was measured on. */
    private static final String MEASURED_ON = "ablate.dataset.";

    private final Models models;
    private final Consumer<Note.Metric> values;

    /** @param values takes each value of the run itself */
    LogCalls(Runs runs, Models models, Consumer<Note.Metric> values) {
        this.runs = runs;
        this.models = models;
        this.values = values;
    }

    void addTo(Router router) {
        router.add("POST", "runs/log-metric", call -> log(call, List.of(call.body()), Map.of(), Map.of()));
        router.add("POST", "runs/log-parameter", call -> log(call, List.of(), pair(call), Map.of()));
        router.add("POST", "runs/set-tag", call -> log(call, List.of(), Map.of(), pair(call)));
        router.add("POST", "runs/log-batch", this::batch);
        router.add("POST", "runs/delete-tag", this::deleteTag);
        router.add("POST", "runs/log-inputs", this::inputs);
        router.add("POST", "runs/outputs", this::outputs);
        router.add("POST", "runs/log-model", this::model);
        router.add("GET", "metrics/get-history", this::history);
    }

    private static Map<String, String> pair(Call call) {
        return Map.of(call.required("key"), call.text("value"));
    }

    private JsonObject batch(Call call) {
        List<JsonObject> metrics = call.objects("metrics");
        Map<String, String> params = new LinkedHashMap<>();
        for (JsonObject param : call.objects("params")) {
            String key = Call.text(param, "key");
            String value = Call.text(param, "value");
            requireSame(key, value, params.put(key, value));
        }
        Map<String, String> tags = Call.pairs(call.body(), "tags");
        Limits.requireCount("metrics", metrics.size(), Limits.MOST_METRICS);
        Limits.requireCount("params", params.size(), Limits.MOST_PAIRS);
        Limits.requireCount("tags", tags.size(), Limits.MOST_PAIRS);
        Limits.requireCount("entities", metrics.size() + params.size() + tags.size(), Limits.MOST_ENTITIES);
        return log(call, metrics, params, tags);
    }

    private static Note.Metric metric(JsonObject json) {
        String key = Call.text(json, "key");
        Limits.requireKey("metric", key);
        String text = Call.text(json, "value");
        try {
            return new Note.Metric(
                    key, Call.whole(json, "step"), Call.whole(json, "timestamp"), Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw ApiError.invalid("Got invalid value '" + text + "' for metric '" + key
                    + "'. Please specify value as a valid double (64-bit floating point)");
        }
    }

    private JsonObject log(Call call, List<JsonObject> measured, Map<String, String> params, Map<String, String> tags) {
        List<Note.Metric> metrics = measured.stream().map(LogCalls::metric).toList();
        ClientRun run = runs.get(call.run());
        runs.take();
        List<Note> notes = new ArrayList<>(metrics);
        params.forEach((key, value) -> {
            Limits.requireKey("param", key);
            Limits.requireParam(value);
            requireSame(key, value, run.params().get(key));
            notes.add(new Note.Param(key, value));
        });
        tags.forEach((key, value) -> {
            Limits.requireKey("tag", key);
            Limits.requireTag(value);
            notes.add(new Note.Tag(key, value));
        });
        for (JsonObject metric : measured) {
            measuredOn(metric)
                    .filter(tag -> !tag.value().equals(run.tags().get(tag.name())))
                    .filter(tag -> !notes.contains(tag))
                    .ifPresent(notes::add);
        }
        if (!notes.isEmpty()) {
            run.log(notes);
        }
        models.measured(measured);
        if (run == runs.main()) {
            metrics.forEach(values);
        }
        return new JsonObject();
    }

    private static Optional<Note.Tag> measuredOn(JsonObject metric) {
        String name = Call.text(metric, "dataset_name");
        String digest = Call.text(metric, "dataset_digest");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Note.Tag(
                        MEASURED_ON + Call.text(metric, "key"), digest.isEmpty() ? name : name + " (" + digest + ")"));
    }

    private static void requireSame(String key, String value, @Nullable String before) {
        if (before != null && !before.equals(value)) {
            throw ApiError.invalid("Changing param values is not allowed. Param with key='" + key
                    + "' was already logged with value='" + before + "'. Attempted logging new value '" + value + "'.");
        }
    }

    private JsonObject deleteTag(Call call) {
        ClientRun run = runs.get(call.run());
        String key = call.required("key");
        if (!run.tags().containsKey(key)) {
            throw ApiError.missing("No tag with name: " + key + " in run with id " + run.id());
        }
        run.log(List.of(new Note.Untag(key)));
        return new JsonObject();
    }

    private JsonObject inputs(Call call) {
        ClientRun run = runs.get(call.run());
        runs.take();
        List<Note> notes = new ArrayList<>();
        List<JsonObject> used = call.objects("datasets");
        for (JsonObject input : used) {
            if (!(input.get("dataset") instanceof JsonObject dataset)) {
                throw ApiError.invalid("Missing value for required parameter 'dataset'.");
            }
            Map<String, String> details = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> entry : dataset.entrySet()) {
                if (entry.getValue().isJsonPrimitive() && !entry.getKey().equals("name")) {
                    details.put(entry.getKey(), entry.getValue().getAsString());
                }
            }
            details.put("context", Call.pairs(input, "tags").getOrDefault("mlflow.data.context", ""));
            notes.add(new Note.Input(Call.text(dataset, "name"), details));
        }
        if (!notes.isEmpty()) {
            run.log(notes);
        }
        used.forEach(run::input);
        return new JsonObject();
    }

    private JsonObject outputs(Call call) {
        ClientRun run = runs.get(call.run());
        call.objects("models").forEach(run::output);
        return new JsonObject();
    }

    /** Of models up to MLflow 2 a run keeps a list in a tag. */
    private JsonObject model(Call call) {
        ClientRun run = runs.get(call.run());
        runs.take();
        try {
            JsonElement model = JsonParser.parseString(call.required("model_json"));
            String before = run.tags().getOrDefault(MODELS, "[]");
            JsonArray all = JsonParser.parseString(before).getAsJsonArray();
            all.add(model);
            Limits.requireTag(all.toString());
            run.log(List.of(new Note.Tag(MODELS, all.toString())));
        } catch (JsonParseException | IllegalStateException e) {
            throw ApiError.invalid("Malformed model info. It is not JSON: " + e.getMessage());
        }
        return new JsonObject();
    }

    private JsonObject history(Call call) {
        JsonArray all = new JsonArray();
        runs.get(call.run()).history(call.required("metric_key")).forEach(value -> all.add(ClientRun.json(value)));
        return Call.only("metrics", all);
    }
}
