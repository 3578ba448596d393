package dev.ablate.engine.provenance;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the runs of a comparison were begun with: what they share once, and what differs as a list. Which command asks, and where,
 * does not matter.
 */
public final class SharedProvenance {

    /** The file of a comparison that says it. */
    public static final String FILE = "environment.json";

    /** What has several parts, one a line. */
    private static final List<String> LISTS = List.of("plugins", "libraries");

    private static final Map<String, String> TITLES = titles();

    /** By name, each value that some run has, sorted; empty first, where it is not known of some run. */
    private final Map<String, List<Optional<String>>> values = new LinkedHashMap<>();

    private SharedProvenance(Collection<Provenance> runs) {
        Set<Provenance> distinct = new LinkedHashSet<>(runs);
        for (String name : Provenance.NAMES) {
            List<Optional<String>> found = distinct.stream()
                    .flatMap(run -> over(run, name))
                    .distinct()
                    .sorted(Comparator.comparing(value -> value.orElse("")))
                    .toList();
            if (!name.equals(Provenance.GIT_PATCH) && found.stream().anyMatch(Optional::isPresent)) {
                values.put(name, found);
            }
        }
    }

    /** Of the runs of a comparison, in any order. */
    public static SharedProvenance of(Collection<Provenance> runs) {
        return new SharedProvenance(runs);
    }

    /** Of the runs of a comparison that the store has. */
    public static SharedProvenance of(RunStore store, String comparison) {
        return of(store.provenances(comparison));
    }

    /**
     * The content of {@link #FILE}. Where nothing is known of any run, as in a store of an older version, it is what was stored
     * before.
     */
    public static Optional<byte[]> file(RunStore store, String comparison) {
        SharedProvenance shared = of(store, comparison);
        return shared.values.isEmpty()
                ? Optional.ofNullable(store.files(comparison).get(FILE))
                : Optional.of(shared.json().getBytes(StandardCharsets.UTF_8));
    }

    /** What a run was begun with, and what it was resumed with. */
    private static Stream<Optional<String>> over(Provenance run, String name) {
        return Stream.concat(
                Stream.of(run.get(name)),
                IntStream.rangeClosed(1, run.resumptions())
                        .mapToObj(time -> run.get(Provenance.resumed(time, name)))
                        .filter(Optional::isPresent)
                        .map(value -> value.filter(text -> !text.isEmpty())));
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.setSerializeNulls(true);
            json.beginObject();
            for (Map.Entry<String, List<Optional<String>>> entry : values.entrySet()) {
                json.name(entry.getKey());
                List<Optional<String>> all = entry.getValue();
                if (all.size() > 1) {
                    json.beginArray();
                }
                for (Optional<String> value : all) {
                    write(json, entry.getKey(), value);
                }
                if (all.size() > 1) {
                    json.endArray();
                }
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void write(JsonWriter json, String name, Optional<String> value) throws IOException {
        if (value.isEmpty()) {
            json.nullValue();
        } else if (LISTS.contains(name)) {
            json.beginArray();
            for (String line : value.get().split("\n", -1)) {
                json.value(line);
            }
            json.endArray();
        } else if (name.equals("processors")) {
            json.value(Long.parseLong(value.get()));
        } else {
            json.value(value.get());
        }
    }

    /** For a person, by title; all but the libraries, which are many. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            if (!name.equals("libraries")) {
                facts.put(
                        TITLES.getOrDefault(name, name),
                        all.stream()
                                .map(value -> value.orElse("not known").replace("\n", "; "))
                                .collect(Collectors.joining(" | ")));
            }
        });
        return facts;
    }

    private static Map<String, String> titles() {
        return Map.ofEntries(
                Map.entry("ablate", "Ablate"),
                Map.entry("java", "Java"),
                Map.entry("virtual_machine", "virtual machine"),
                Map.entry("operating_system", "operating system"),
                Map.entry("operating_system_version", "operating system version"),
                Map.entry(Provenance.GIT_COMMIT, "git commit"),
                Map.entry(Provenance.GIT_STATE, "git tree"),
                Map.entry(Provenance.GIT_PATCH_SHA256, "SHA-256 of the patch"));
    }
}
