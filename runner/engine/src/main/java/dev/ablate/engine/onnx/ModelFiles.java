package dev.ablate.engine.onnx;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trained model as files of a run: a graph for programs, and a description that says all of the model. */
public final class ModelFiles {

    /** Where a run keeps them; what begins so, and nothing else, is of its model. */
    public static final String FOLDER = "model/";

    /** The file that says all of the model: features and target, scales, layers, how a tie is decided, and an example. */
    public static final String DESCRIPTION = "model.json";

    /** The file with the model as an ONNX graph. */
    public static final String GRAPH = "model.onnx";

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .create();

    private ModelFiles() {}

    /** The files by path inside the folder. */
    public static Map<String, byte[]> of(TrainedModel model) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(DESCRIPTION, GSON.toJson(model).getBytes(StandardCharsets.UTF_8));
        files.put(GRAPH, OnnxGraph.of(model));
        return Collections.unmodifiableMap(files);
    }

    /** The model that a {@link #DESCRIPTION} describes, to the bit. */
    public static TrainedModel read(byte[] description) {
        return GSON.fromJson(new String(description, StandardCharsets.UTF_8), TrainedModel.class);
    }
}
