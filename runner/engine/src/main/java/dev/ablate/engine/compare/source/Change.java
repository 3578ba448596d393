package dev.ablate.engine.compare.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.data.DataPart;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.task.Version;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a stored run was trained with that a planned one is not, as the end of a sentence: {@code with other data}. */
public final class Change {

    /** More settings than this are only counted. */
    private static final int MOST_SETTINGS = 2;

    private static final String SEED = "seed";

    private static final String FEATURES = "data.features";

    /** What is not stored by name: a plugin's jar and what the data call their classes are hashed. */
    private static final String UNKNOWN = "with another version of a plugin, or other names of the classes";

    /** The same of a run of a version that did not store the columns. */
    private static final String UNKNOWN_COLUMNS = "with another version of a plugin, or other columns in the data";

    private static final String OTHER_FIGURES = "made by an Ablate that may give other figures";

    private static final String REORDERED = "with the columns of the data in another order";

    private Change() {}

    /**
     * Compares two runs that should be the same and have different keys.
     *
     * @param files of the comparison that the stored one belongs to
     */
    public static String of(PlannedRun planned, RunRecord stored, Map<String, byte[]> files, RunStore store) {
        Set<String> paths = new LinkedHashSet<>(stored.params().keySet());
        paths.addAll(planned.params().keySet());
        List<String> changed = paths.stream()
                .filter(path ->
                        !path.equals(SEED) && !value(stored.params(), path).equals(value(planned.params(), path)))
                .toList();
        byte[] data = store.files(stored.id()).get(DataPart.FILE);
        List<DataPart> parts = data == null ? List.of() : DataPart.read(data);
        List<String> columns = parts.isEmpty() ? List.of() : parts.get(0).columns();
        boolean reordered = isReordered(columns, columns(planned));
        // features that nobody names follow the columns
        if (reordered
                && changed.equals(List.of(FEATURES))
                && columns.equals(parts.get(0).features())
                && columns(planned).equals(planned.features())) {
            return REORDERED;
        }
        if (!changed.isEmpty()) {
            return "with other settings ("
                    + String.join(
                            ", ",
                            changed.stream()
                                    .limit(MOST_SETTINGS)
                                    .map(path -> path + ": " + value(stored.params(), path))
                                    .toList())
                    + (changed.size() > MOST_SETTINGS ? ", ..." : "") + ")";
        }
        if (data != null
                && !digests(parts)
                        .equals(digests(
                                RunData.of(planned.context()).described().parts()))) {
            return "with other data";
        }
        if (stored.results() != RunKey.RESULTS) {
            return store.provenance(stored.id())
                    .get("ablate")
                    .or(() -> version(files))
                    .filter(older -> !older.equals(Version.text()))
                    .map(older -> "made by Ablate " + older)
                    .orElse(OTHER_FIGURES);
        }
        if (columns.isEmpty()) {
            return UNKNOWN_COLUMNS;
        }
        return reordered ? REORDERED : columns.equals(columns(planned)) ? UNKNOWN : "with other columns in the data";
    }

    private static List<String> columns(PlannedRun planned) {
        return planned.dataset().examples().features();
    }

    private static boolean isReordered(List<String> columns, List<String> now) {
        return !columns.equals(now) && Set.copyOf(columns).equals(Set.copyOf(now));
    }

    private static String value(Map<String, String> params, String path) {
        return params.getOrDefault(path, "-");
    }

    private static List<String> digests(List<DataPart> parts) {
        return parts.stream().map(DataPart::digest).toList();
    }

    /** Of a run of a version that stored it for the comparison as a whole. */
    private static Optional<String> version(Map<String, byte[]> files) {
        byte[] environment = files.get("environment.json");
        if (environment == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonParser.parseString(new String(environment, StandardCharsets.UTF_8))
                            .getAsJsonObject()
                            .get("ablate"))
                    .map(JsonElement::getAsString);
        } catch (JsonParseException | IllegalStateException e) {
            // of a version that wrote it otherwise
            return Optional.empty();
        }
    }
}
