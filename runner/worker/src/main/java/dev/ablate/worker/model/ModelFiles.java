package dev.ablate.worker.model;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.TrainedModel.Scale;
import dev.ablate.worker.prepare.RowEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A trained model as files of a run: a description, which says all of dense layers, and what the trainer of another model wrote. */
public final class ModelFiles {

    /** Where a run keeps them; what begins so, and nothing else, is of its model. */
    public static final String FOLDER = "model/";

    /** The file that describes the model: features and target, scales, layers, how a tie is decided, and an example. */
    public static final String DESCRIPTION = "model.json";

    /** The file that the model's trainer wrote, where it is not made of dense layers. */
    public static final String WRITTEN = "model.bin";

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .create();

    private ModelFiles() {}

    /** As it stands in the file; what older versions did not write is null. */
    private record Description(
            List<String> features,
            @Nullable RowEncoding encoding,
            String target,
            @Nullable String unit,
            @Nullable List<String> classes,
            @Nullable Decision decision,
            List<Scale> scales,
            List<Layer> layers,
            Scale answerScale,
            boolean firesAtZero,
            List<Double> example,
            @Nullable String trainer) {

        static Description of(TrainedModel model) {
            return new Description(
                    model.features(),
                    model.encoding(),
                    model.target(),
                    model.unit(),
                    model.classes(),
                    model.decision(),
                    model.scales(),
                    model.layers(),
                    model.answerScale(),
                    model.firesAtZero(),
                    model.example(),
                    model.trainer());
        }

        TrainedModel model() {
            Decision known =
                    decision != null ? decision : new Decision(Decision.DEFAULT.threshold(), firesAtZero ? 1 : 0);
            return new TrainedModel(
                    features,
                    encoding,
                    target,
                    unit == null ? "" : unit,
                    classes == null ? List.of() : classes,
                    known,
                    scales,
                    layers,
                    answerScale,
                    example,
                    trainer);
        }
    }

    /** The file of a model of dense layers, by path. */
    public static Map<String, byte[]> of(TrainedModel model) {
        return Map.of(FOLDER + DESCRIPTION, described(model));
    }

    /**
     * The files of a model that its trainer alone can bring back, by path.
     *
     * @param written what the model wrote
     */
    public static Map<String, byte[]> of(TrainedModel model, byte[] written) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(FOLDER + DESCRIPTION, described(model));
        files.put(FOLDER + WRITTEN, written);
        return Collections.unmodifiableMap(files);
    }

    private static byte[] described(TrainedModel model) {
        return GSON.toJson(Description.of(model)).getBytes(StandardCharsets.UTF_8);
    }

    /** How a row of raw values becomes the columns that a model sees, as it stands in its description; empty where these are the same. */
    public static Optional<String> encoding(TrainedModel model) {
        return Optional.ofNullable(model.encoding()).map(GSON::toJson);
    }

    /** The model that a {@link #DESCRIPTION} describes, to the bit. */
    public static TrainedModel read(byte[] description) {
        return GSON.fromJson(new String(description, StandardCharsets.UTF_8), Description.class)
                .model();
    }

    /**
     * The model among all files of a run.
     *
     * @param stored by path
     * @return empty if there is none, or an older version stored it without a description
     */
    public static Optional<TrainedModel> find(Map<String, byte[]> stored) {
        return Optional.ofNullable(stored.get(FOLDER + DESCRIPTION)).map(ModelFiles::read);
    }
}
