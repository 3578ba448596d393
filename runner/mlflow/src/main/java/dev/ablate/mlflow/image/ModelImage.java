package dev.ablate.mlflow.image;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a stored model as an MLflow model: the files of one folder, which Python loads with {@code mlflow.pyfunc.load_model}. */
public final class ModelImage {

    /** The file that says what the others are. */
    public static final String DESCRIPTION = "MLmodel";

    private static final String GRAPH = ModelGraphs.FILE.substring(ModelFiles.FOLDER.length());
    private static final String EXAMPLE = "input_example.json";

    /**
     * A Python version must be given, or its absence is warned of; another one than the reader's is warned of too. Nothing of
     * the model depends on it.
     */
    private static final String PYTHON = "3.11.7";

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    private ModelImage() {}

    /**
     * The files by path inside the folder; no requirements are pinned, as each that differs from what is installed is warned
     * of.
     *
     * @param stored all files of a run by path; none of a model where it has none, or one that only its trainer can bring back; older versions stored them as they are sent
     */
    public static Map<String, byte[]> of(Map<String, byte[]> stored) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        stored.forEach((path, content) -> {
            if (path.startsWith(ModelFiles.FOLDER)) {
                files.put(path.substring(ModelFiles.FOLDER.length()), content);
            }
        });
        byte[] described = files.get(ModelFiles.DESCRIPTION);
        if (described == null) {
            return files;
        }
        byte[] graph = files.get(GRAPH);
        // without a graph there is nothing in it that Python could load
        return graph == null ? Map.of() : drawn(ModelFiles.read(described), graph, files);
    }

    private static Map<String, byte[]> drawn(TrainedModel model, byte[] graph, Map<String, byte[]> files) {
        Map<String, byte[]> drawn = new LinkedHashMap<>();
        List<ModelGraphs.Input> inputs = ModelGraphs.inputs(graph, model);
        drawn.put(DESCRIPTION, bytes(description(inputs, ModelGraphs.outputs(graph))));
        drawn.put(EXAMPLE, bytes(GSON.toJson(example(inputs))));
        files.forEach((path, content) -> {
            if (!path.equals(ModelFiles.DESCRIPTION)) {
                drawn.put(path, content);
            }
        });
        return drawn;
    }

    /**
     * A description with what only the server knows: which run the model is of, and under which id it is logged.
     *
     * @param ids by key, instead of what a program may have written there
     */
    public static byte[] described(byte[] description, Map<String, String> ids) {
        StringBuilder text = new StringBuilder(new String(description, StandardCharsets.UTF_8)
                .replaceAll("(?m)^(" + String.join("|", ids.keySet()) + "):.*\\R", ""));
        ids.forEach((name, id) ->
                text.append(name).append(": ").append(GSON.toJson(id)).append('\n'));
        return bytes(text.toString());
    }

    /** YAML, in which every JSON text is a scalar too. */
    private static String description(List<ModelGraphs.Input> inputs, List<ModelGraphs.Output> outputs) {
        return String.join(
                "\n",
                "flavors:",
                "  onnx:",
                "    code: null",
                "    data: " + GRAPH,
                "    providers:",
                "    - CPUExecutionProvider",
                "  python_function:",
                "    data: " + GRAPH,
                "    loader_module: mlflow.onnx",
                "    python_version: " + PYTHON,
                "saved_input_example_info:",
                "  artifact_path: " + EXAMPLE,
                "  pandas_orient: split",
                "  type: dataframe",
                "signature:",
                "  inputs: "
                        + GSON.toJson(columns(inputs.stream()
                                        .map(input -> new ModelGraphs.Output(input.name(), false))
                                        .toList())
                                .toString()),
                "  outputs: " + GSON.toJson(columns(outputs).toString()),
                "  params: null",
                "");
    }

    private static JsonArray columns(List<ModelGraphs.Output> named) {
        JsonArray columns = new JsonArray();
        named.forEach(each -> {
            JsonObject column = new JsonObject();
            column.addProperty("type", each.text() ? "string" : "double");
            column.addProperty("name", each.name());
            column.addProperty("required", true);
            columns.add(column);
        });
        return columns;
    }

    private static JsonObject example(List<ModelGraphs.Input> inputs) {
        JsonArray names = new JsonArray();
        inputs.forEach(input -> names.add(input.name()));
        JsonArray row = new JsonArray();
        inputs.forEach(input -> row.add(new JsonPrimitive(input.example())));
        JsonArray rows = new JsonArray();
        rows.add(row);
        JsonObject table = new JsonObject();
        table.add("columns", names);
        table.add("data", rows);
        return table;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
