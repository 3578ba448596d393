package dev.ablate.worker.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.ablate.core.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A part of the data of a run, as it is described to others: what it is, not its rows.
 *
 * @param context what it was for: {@code train} or {@code test}
 * @param name of the dataset, as the spec has it
 * @param digest the first 36 hex digits of the content hash of these very rows
 * @param source who made or published the data; may be empty
 * @param features names, in order
 * @param target the name of what is predicted
 * @param rows how many
 * @param contradictory how many of them another row contradicts
 * @param columns the features of the whole dataset in its order, of which {@code features} are some; empty where an older version wrote it
 */
public record DataPart(
        String context,
        String name,
        String digest,
        String source,
        List<String> features,
        String target,
        int rows,
        int contradictory,
        List<String> columns) {

    /** Where a run keeps its parts. */
    public static final String FILE = "datasets.json";

    /** Enough to distinguish any two, and no more than trackers take. */
    private static final int DIGITS = 36;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Copies the lists. */
    @SuppressWarnings("ConstantValue")
    public DataPart {
        features = List.copyOf(features);
        // a file of an older version has none
        columns = columns == null ? List.of() : List.copyOf(columns);
    }

    /**
     * Describes a part.
     *
     * @param data its rows alone, with the run's own features
     * @param contradictory how many of its rows another one of them contradicts
     * @param columns the features of the whole dataset
     */
    public static DataPart of(String context, String name, Dataset data, int contradictory, List<String> columns) {
        return new DataPart(
                context,
                name,
                data.contentHash().substring(0, DIGITS),
                data.source(),
                data.examples().features(),
                data.target(),
                data.examples().size(),
                contradictory,
                columns);
    }

    /** Parts as the content of a file. */
    public static byte[] write(List<DataPart> parts) {
        return GSON.toJson(parts).getBytes(StandardCharsets.UTF_8);
    }

    /** The parts in a file that {@link #write} wrote. */
    public static List<DataPart> read(byte[] file) {
        return GSON.fromJson(new String(file, StandardCharsets.UTF_8), new TypeToken<List<DataPart>>() {});
    }
}
