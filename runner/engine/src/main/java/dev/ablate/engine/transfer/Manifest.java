package dev.ablate.engine.transfer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of runs says of them beyond their results.
 *
 * @param runs in the order in which they are stored
 * @param comparisons whose runs they are
 */
record Manifest(List<Run> runs, List<Compared> comparisons) {

    private static final String KIND = "ablate_runs";
    private static final int FORMAT = 1;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    Manifest {
        runs = List.copyOf(runs);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * A run.
     *
     * @param key its key
     * @param results the number of results in its key
     * @param params what it depends on, by dotted path
     */
    record Run(String key, int results, Map<String, String> params) {}

    /**
     * A comparison, as {@link dev.ablate.engine.runs.ComparisonRecord} and what was published of it have it.
     *
     * @param created in milliseconds since 1970
     * @param ended in milliseconds since 1970; null where it has not ended
     * @param files by path, in base64
     * @param registered what is to be in a registry of models; null: nothing
     */
    record Compared(
            String key,
            String name,
            String experiment,
            boolean tracked,
            long created,
            @Nullable Long ended,
            List<String> variants,
            String note,
            String sentence,
            List<Member> members,
            List<Effect> effects,
            Map<String, String> files,
            @Nullable Registered registered) {}

    /** A run in a comparison; {@code predictions} is null where there are none. */
    record Member(
            String key,
            String variant,
            String cell,
            String pair,
            @Nullable String predictions) {}

    /** An effect; its numbers as Java writes them, null where there is none. */
    record Effect(
            String metric,
            String variant,
            Map<String, String> cell,
            String verdict,
            @Nullable String difference,
            @Nullable String p,
            @Nullable String low,
            @Nullable String high) {}

    /** A registered model. */
    record Registered(String name, String run, String description) {}

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty(KIND, FORMAT);
        GSON.toJsonTree(this).getAsJsonObject().entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
        return GSON.toJson(json) + "\n";
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if the text is not one of this format; the message goes on after the file's name
     */
    static Manifest read(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            int format = json.get(KIND).getAsInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException(
                        "is a file of runs of format " + format + ", and this version of Ablate reads " + FORMAT);
            }
            Manifest manifest = GSON.fromJson(json, Manifest.class);
            manifest.check();
            return manifest;
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("does not say which runs it holds (" + e + ")", e);
        }
    }

    /** No member of a comparison is missing. */
    private void check() {
        Set<String> keys = new HashSet<>();
        runs.forEach(run -> {
            if (!keys.add(run.key()) || run.params().containsValue(null)) {
                throw new IllegalArgumentException("describes run " + run.key() + " twice, or without its params");
            }
        });
        for (Compared comparison : comparisons) {
            for (Member member : comparison.members()) {
                if (!keys.contains(member.key())) {
                    throw new IllegalArgumentException(
                            "has comparison " + comparison.name() + " without its run " + member.key());
                }
            }
        }
    }
}
