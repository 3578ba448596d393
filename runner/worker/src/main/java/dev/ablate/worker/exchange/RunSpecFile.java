package dev.ablate.worker.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.StopRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The file of a task: a {@link RunSpec} in JSON, with its checksum. */
public final class RunSpecFile {

    /** What the names of such files end with. */
    public static final String ENDING = ".task";

    /** What the names of their results end with. */
    public static final String RESULT_ENDING = ".result";

    private static final int FORMAT = 3;
    private static final String KIND = "ablate_task";

    private RunSpecFile() {}

    /** Where the result of a task belongs: beside it, under its name. */
    public static Path result(Path task) {
        String name = String.valueOf(task.getFileName());
        String bare = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return task.resolveSibling(bare + RESULT_ENDING);
    }

    /**
     * Writes a task, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if that is not possible
     */
    public static void write(RunSpec run, Path file) {
        JsonObject json = new JsonObject();
        json.addProperty(KIND, FORMAT);
        json.addProperty("label", run.label());
        json.addProperty("key", run.key().hex());
        json.addProperty("seed", run.seed());
        json.add("dataset", PlainJson.of(run.dataset()));
        json.addProperty("source", run.source());
        json.add("features", PlainJson.texts(run.features()));
        json.add("prepare", PrepareJson.of(run.prepare()));
        run.split().ifPresent(split -> json.add("split", SplitJson.of(split)));
        JsonObject scale = new JsonObject();
        scale.addProperty("features", run.scale().features().name());
        scale.addProperty("target", run.scale().target().name());
        json.add("scale", scale);
        json.add("trainer", PlainJson.of(run.trainer()));
        JsonObject decision = new JsonObject();
        decision.addProperty("threshold", run.decision().threshold());
        decision.addProperty("tie", run.decision().tie());
        json.add("decision", decision);
        run.stop().ifPresent(stop -> json.add("stop", of(stop)));
        run.timeout().ifPresent(timeout -> json.addProperty("timeout_ms", timeout.toMillis()));
        json.addProperty("weights", run.weights());
        run.every().ifPresent(every -> json.addProperty("every", every));
        json.add("metrics", PlainJson.texts(run.metrics()));
        json.addProperty("leaves", run.leaves());
        json.add("params", PlainJson.texts(run.params()));
        json.add("provenance", PlainJson.texts(run.provenance()));
        // of half a task no result comes, and it is written again
        new SealedFile(json, List.of()).write(file, false);
    }

    private static JsonObject of(StopRule stop) {
        JsonObject json = new JsonObject();
        json.addProperty("name", stop.when().name());
        stop.when().part().ifPresent(part -> json.addProperty("part", part.name()));
        json.addProperty("updates", stop.updates());
        if (stop instanceof StopRule.Bound bound) {
            json.addProperty("below", bound.below());
            json.addProperty("bound", bound.bound());
        } else if (stop instanceof StopRule.NoBetter better) {
            json.addProperty("goal", better.goal().name());
            json.addProperty("min_delta", better.minDelta());
            json.addProperty("best", better.best());
        }
        return json;
    }

    /**
     * Reads a task.
     *
     * @throws ExchangeException if it is missing, not a task, of another version, cut off or damaged
     */
    public static RunSpec read(Path file) {
        return SealedFile.read(file, KIND, FORMAT, "task", (json, parts) -> run(json));
    }

    /**
     * Reads what the file of a task holds.
     *
     * @param name what messages call the file
     * @throws ExchangeException if it is not a task, of another version, cut off or damaged
     */
    public static RunSpec read(byte[] bytes, String name) {
        return SealedFile.read(bytes, name, KIND, FORMAT, "task", (json, parts) -> run(json));
    }

    private static RunSpec run(JsonObject json) {
        JsonObject scale = json.getAsJsonObject("scale");
        JsonObject decision = json.getAsJsonObject("decision");
        return new RunSpec(
                json.get("label").getAsString(),
                new RunKey(json.get("key").getAsString()),
                json.get("seed").getAsLong(),
                PlainJson.plugin(json.getAsJsonObject("dataset")),
                json.get("source").getAsString(),
                PlainJson.texts(json.getAsJsonArray("features")),
                PrepareJson.read(json.getAsJsonObject("prepare")),
                Optional.ofNullable(json.getAsJsonObject("split")).map(SplitJson::read),
                new ScaleSettings(method(scale, "features"), method(scale, "target")),
                PlainJson.plugin(json.getAsJsonObject("trainer")),
                new Decision(
                        decision.get("threshold").getAsDouble(),
                        decision.get("tie").getAsInt()),
                Optional.ofNullable(json.getAsJsonObject("stop")).map(RunSpecFile::stop),
                Optional.ofNullable(json.get("timeout_ms"))
                        .map(JsonElement::getAsLong)
                        .map(Duration::ofMillis),
                json.get("weights").getAsBoolean(),
                json.has("every") ? OptionalLong.of(json.get("every").getAsLong()) : OptionalLong.empty(),
                PlainJson.texts(json.getAsJsonArray("metrics")),
                json.get("leaves").getAsString(),
                PlainJson.texts(json.getAsJsonObject("params")),
                PlainJson.texts(json.getAsJsonObject("provenance")));
    }

    private static ScaleSettings.Method method(JsonObject scale, String what) {
        return ScaleSettings.Method.valueOf(scale.get(what).getAsString());
    }

    private static StopRule stop(JsonObject json) {
        MeasuredMetric when = new MeasuredMetric(
                json.get("name").getAsString(),
                Optional.ofNullable(json.get("part")).map(part -> Part.valueOf(part.getAsString())));
        long updates = json.get("updates").getAsLong();
        return json.has("bound")
                ? new StopRule.Bound(
                        when,
                        json.get("below").getAsBoolean(),
                        json.get("bound").getAsDouble(),
                        updates)
                : new StopRule.NoBetter(
                        when,
                        Goal.valueOf(json.get("goal").getAsString()),
                        json.get("min_delta").getAsDouble(),
                        updates,
                        json.get("best").getAsBoolean());
    }
}
