package dev.ablate.mlflow.image;

import dev.ablate.engine.report.Palette;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.StoredEffect;
import dev.ablate.engine.tracking.Answer;
import dev.ablate.worker.exchange.RunSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Draws what the store knows as runs in MLflow: one parent a comparison, one child a member. */
public final class RunImages {

    /** Names of tags that Ablate finds its runs by. */
    public static final String ROLE = "ablate.role";

    public static final String COMPARISON = "ablate.comparison";
    public static final String KEY = "ablate.key";
    public static final String ERROR = "ablate.error";
    private static final String NAME = "ablate.name";
    static final String PARENT = "mlflow.parentRunId";

    private static final String NOTE = "mlflow.note.content";
    private static final int LONGEST_PARAM = 6000;
    private static final int LONGEST_TAG = 8000;

    private RunImages() {}

    /** The parent of a comparison to which nothing is added any more. */
    public static RunImage parent(RunStore store, ComparisonRecord comparison) {
        return parent(comparison, store.effects(comparison.key()), store.files(comparison.key()), true);
    }

    /** The parent of a comparison whose runs may still be added or trained. */
    public static RunImage begunParent(ComparisonRecord comparison) {
        return parent(comparison, List.of(), Map.of(), false);
    }

    /** The parent that holds what was found out of runs that no spec speaks for. */
    public static RunImage answer(Answer answer, Instant now) {
        Texts texts = new Texts();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(ROLE, "parent");
        tags.put(COMPARISON, answer.key());
        tags.put("mlflow.source.name", "ablate");
        String label = texts.label(answer.name(), tags);
        tags.put(NOTE, texts.within(answer.note(), LONGEST_TAG, "note.md"));
        Map<String, byte[]> files = new LinkedHashMap<>(answer.files());
        files.putAll(texts.files);
        return new RunImage(
                label, now, tags, Map.of(), metrics(answer.effects()), files, RunStatus.FINISHED, Optional.of(now));
    }

    private static RunImage parent(
            ComparisonRecord comparison, List<StoredEffect> effects, Map<String, byte[]> files, boolean settled) {
        Texts texts = new Texts();
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(ROLE, "parent");
        tags.put(COMPARISON, comparison.key());
        tags.put("mlflow.source.name", "ablate");
        String label = texts.label(comparison.name(), tags);
        if (!comparison.note().isEmpty()) {
            tags.put(NOTE, texts.within(comparison.note(), LONGEST_TAG, "note.md"));
        }
        all.putAll(texts.files);
        return new RunImage(
                label,
                comparison.created(),
                tags,
                Map.of(),
                metrics(effects),
                all,
                settled ? status(comparison.members()) : RunStatus.RUNNING,
                settled ? Optional.of(end(comparison)) : Optional.empty());
    }

    /**
     * A child.
     *
     * @param stored what else the store has of the run
     * @param parent the parent's id in MLflow
     * @param abandoned whether a run that has not ended is trained by nobody, and counts as killed
     */
    public static RunImage child(
            ComparisonRecord comparison, Member member, Stored stored, String parent, boolean abandoned) {
        RunRecord run = member.run();
        Texts texts = new Texts();
        Map<String, String> tags = new LinkedHashMap<>(identity(comparison, member, parent, texts));
        tags.putAll(CodeTags.of(stored.provenance()));
        String label = texts.label(label(member), tags);
        run.error().ifPresent(error -> tags.put(ERROR, texts.within(error, LONGEST_TAG, "error.txt")));
        Map<String, String> params = new LinkedHashMap<>();
        Keys keys = new Keys(run.params().keySet());
        run.params().forEach((path, value) -> {
            String key = keys.of(path);
            params.put(key, texts.within(value, LONGEST_PARAM, "params/" + Keys.file(key) + ".txt"));
        });
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (member.predictions().isPresent()) {
            files.put("predictions.json", member.predictions().get().getBytes(StandardCharsets.UTF_8));
            tags.put("mlflow.loggedArtifacts", "[{\"path\": \"predictions.json\", \"type\": \"table\"}]");
        }
        stored.files().forEach((path, content) -> {
            if (path.startsWith(RunSink.KEPT)) {
                files.put(path, content);
            }
        });
        LoggedImages.add(stored, tags, params, files, texts);
        files.putAll(texts.files);
        boolean killed = run.status() == RunStatus.RUNNING && abandoned;
        return new RunImage(
                label, run.start(), tags, params, Map.of(), files, killed ? RunStatus.KILLED : run.status(), run.end());
    }

    /** What a child is called: {@code bias/seed=42}. */
    static String label(Member member) {
        return member.cell() + "/" + member.pair().label();
    }

    private static Map<String, String> identity(
            ComparisonRecord comparison, Member member, String parent, Texts texts) {
        int position = Math.max(0, comparison.variants().indexOf(member.variant()));
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(ROLE, "child");
        tags.put(COMPARISON, comparison.key());
        tags.put(KEY, member.run().key().hex());
        tags.put("ablate.variant", texts.within(member.variant(), LONGEST_TAG, "variant.txt"));
        tags.put("ablate.cell", texts.within(member.cell(), LONGEST_TAG, "cell.txt"));
        member.pair().seed().ifPresent(seed -> tags.put("ablate.seed", Long.toString(seed)));
        member.pair().fold().ifPresent(fold -> tags.put("ablate.fold", Integer.toString(fold)));
        tags.put(PARENT, parent);
        tags.put("mlflow.runColor", Palette.colour(position));
        tags.put("mlflow.source.name", "ablate");
        return tags;
    }

    private static RunStatus status(List<Member> members) {
        List<RunStatus> all =
                members.stream().map(member -> member.run().status()).toList();
        if (all.contains(RunStatus.FAILED)) {
            return RunStatus.FAILED;
        }
        return all.contains(RunStatus.KILLED) || all.contains(RunStatus.RUNNING)
                ? RunStatus.KILLED
                : RunStatus.FINISHED;
    }

    /** When the last of its runs ended: a comparison that is asked for again, and trains nothing, has not ended again. */
    private static Instant end(ComparisonRecord comparison) {
        Stream<Instant> ends = comparison.members().stream().flatMap(member -> member.run().end().stream());
        return Stream.concat(ends, Stream.of(comparison.created()))
                .max(Instant::compareTo)
                .orElse(comparison.created());
    }

    /** The keys of the metrics that are compared, the primary first, as far as it is known. */
    public static List<String> compared(List<StoredEffect> effects) {
        Set<String> metrics = new LinkedHashSet<>();
        effects.forEach(effect -> metrics.add(effect.metric()));
        Keys keys = new Keys(metrics);
        return metrics.stream().map(keys::of).toList();
    }

    /** {@code comparison/<metric>/<group>/difference} and the like. */
    private static Map<String, Double> metrics(List<StoredEffect> effects) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (StoredEffect effect : effects) {
            StringBuilder prefix = new StringBuilder("comparison/" + effect.metric() + "/" + effect.variant());
            effect.cell()
                    .forEach((path, value) -> prefix.append('/')
                            .append(path.substring(path.lastIndexOf('.') + 1))
                            .append('=')
                            .append(value));
            put(found, prefix + "/difference", effect.difference());
            put(found, prefix + "/p", effect.p());
            put(found, prefix + "/low", effect.low());
            put(found, prefix + "/high", effect.high());
        }
        Keys keys = new Keys(found.keySet());
        Map<String, Double> results = new LinkedHashMap<>();
        found.forEach((name, value) -> results.put(keys.of(name), value));
        return results;
    }

    private static void put(Map<String, Double> results, String name, OptionalDouble value) {
        value.ifPresent(number -> results.put(name, number));
    }

    /** Texts within MLflow's bounds: it cuts a longer one without a word, so the whole of it goes into a file. */
    static final class Texts {

        private final Map<String, byte[]> files = new LinkedHashMap<>();

        /** The whole texts by path. */
        Map<String, byte[]> files() {
            return files;
        }

        /** The name of a run; the whole of one that is too long is added to its tags. */
        String label(String name, Map<String, String> tags) {
            String label = Keys.label(name);
            if (!label.equals(name)) {
                tags.put(NAME, within(name, LONGEST_TAG, "name.txt"));
            }
            return label;
        }

        String within(String text, int longest, String path) {
            if (text.length() <= longest) {
                return text;
            }
            files.put(path, text.getBytes(StandardCharsets.UTF_8));
            String rest = "\n\n... (the whole text: " + path + ")";
            int end = longest - rest.length();
            int line = text.lastIndexOf('\n', end);
            if (line > end / 2) {
                end = line;
            } else if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(0, end) + rest;
        }
    }
}
