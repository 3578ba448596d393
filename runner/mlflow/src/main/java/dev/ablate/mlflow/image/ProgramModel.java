package dev.ablate.mlflow.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.engine.runs.note.LoggedRun;
import dev.ablate.worker.exchange.RunSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that a program logged with MLflow 3, whole: one that its program did not finish is files of its run.
 *
 * @param folder where its files lie among those of its run; no two of a run have the same
 * @param name what its program calls it
 * @param type may be empty
 * @param params by name
 * @param tags by name
 * @param files by path inside the folder
 */
public record ProgramModel(
        String folder,
        String name,
        String type,
        Map<String, String> params,
        Map<String, String> tags,
        Map<String, byte[]> files) {

    /** Before the folder: the tag of a run with the id that the program knows of the model. */
    private static final String TAG = "ablate.model.";

    private static final String DESCRIPTION = "logged-model.json";
    private static final String READY = "LOGGED_MODEL_READY";

    /**
     * The models of a run, by their folders.
     *
     * @param stored all files of an attempt by path
     */
    public static List<ProgramModel> of(LoggedRun run, Map<String, byte[]> stored) {
        List<ProgramModel> models = new ArrayList<>();
        run.tags().keySet().stream()
                .filter(ProgramModel::isTag)
                .map(tag -> tag.substring(TAG.length()))
                .sorted()
                .forEach(folder -> {
                    String root = RunSink.LOGGED + run.id() + "/" + folder + "/";
                    Map<String, byte[]> files = new LinkedHashMap<>();
                    stored.forEach((path, content) -> {
                        if (path.startsWith(root)) {
                            files.put(path.substring(root.length()), content);
                        }
                    });
                    JsonObject described = json(files.getOrDefault(DESCRIPTION, new byte[0]));
                    if (READY.equals(text(described, "status"))) {
                        models.add(new ProgramModel(
                                folder,
                                text(described, "name"),
                                text(described, "model_type"),
                                pairs(described, "params"),
                                pairs(described, "tags"),
                                files));
                    }
                });
        return models;
    }

    /** What it is, without what it holds. */
    public ProgramModel withoutFiles() {
        return new ProgramModel(folder, name, type, params, tags, Map.of());
    }

    /** Whether a tag says of a run that it has such a model. */
    public static boolean isTag(String tag) {
        return tag.startsWith(TAG);
    }

    /** Whether a file of a run is one of its. */
    boolean has(String path, byte[] content) {
        return path.startsWith(folder + "/") && Arrays.equals(files.get(path.substring(folder.length() + 1)), content);
    }

    private static JsonObject json(byte[] content) {
        try {
            return JsonParser.parseString(new String(content, StandardCharsets.UTF_8)) instanceof JsonObject object
                    ? object
                    : new JsonObject();
        } catch (JsonParseException e) {
            // a program may log any file under this name
            return new JsonObject();
        }
    }

    private static String text(JsonObject from, String name) {
        JsonElement found = from.get(name);
        return found != null && found.isJsonPrimitive() ? found.getAsString() : "";
    }

    private static Map<String, String> pairs(JsonObject from, String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (from.get(name) instanceof JsonArray all) {
            for (JsonElement each : all) {
                if (each instanceof JsonObject pair) {
                    pairs.put(text(pair, "key"), text(pair, "value"));
                }
            }
        }
        return pairs;
    }
}
