package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.worker.spec.RunKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs picked from the store: those that differ in nothing but the seed are one variant. */
public final class StoredRuns {

    private static final String SEED = "seed";
    private static final String FOLD = "fold";

    private StoredRuns() {}

    /**
     * The runs as results.
     *
     * @param runs in the order in which their variants are to be shown, each once
     * @param names what runs were called where they were run; a name that fits two groups, and none, is replaced by what distinguishes the
     *     group apart
     * @throws RequestException if two runs of one seed differ in nothing that is recorded by name, or two were trained by programs that
     *     give other figures for one plan; the message says so
     */
    public static Results of(List<RunRecord> runs, Map<RunKey, String> names) {
        requireOneProgram(runs);
        Map<Map<String, String>, List<RunRecord>> groups = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            Map<String, String> settings = new LinkedHashMap<>(run.params());
            settings.remove(SEED);
            settings.remove(FOLD);
            groups.computeIfAbsent(settings, none -> new ArrayList<>()).add(run);
        }
        Set<String> differing = differing(groups.keySet());
        Map<Map<String, String>, String> labels = labels(groups, differing, names);
        List<Observation> observations = new ArrayList<>();
        groups.forEach((settings, members) -> {
            Map<Pair, RunKey> seen = new LinkedHashMap<>();
            for (RunRecord run : members) {
                Pair pair = pair(run);
                RunKey first = seen.putIfAbsent(pair, run.key());
                if (first != null) {
                    throw new RequestException(
                            "runs " + first.brief() + " and "
                                    + run.key().brief() + " have the same settings and " + pair.inWords()
                                    + ": they differ in the data, or in the version of Ablate or a plugin, and cannot be distinguished");
                }
                observations.add(observation(labels.getOrDefault(settings, ""), pair, run));
            }
        });
        List<Plan.Difference> differences = differing.stream()
                .map(path -> new Plan.Difference(path, valuesOf(path, labels)))
                .toList();
        return Results.of(observations, differences);
    }

    /** A difference between versions of Ablate must not pass for one between variants. */
    private static void requireOneProgram(List<RunRecord> runs) {
        RunRecord first = runs.get(0);
        Optional<RunRecord> other =
                runs.stream().filter(run -> run.results() != first.results()).findFirst();
        if (other.isPresent()) {
            RunRecord older = first.results() < other.get().results() ? first : other.get();
            throw new RequestException("runs " + first.key().brief() + " and "
                    + other.get().key().brief()
                    + " were trained by versions of Ablate that may give other figures for one"
                    + " experiment, so they cannot be compared; run the experiment of "
                    + older.key().brief() + " again");
        }
    }

    /** Whether another seed held back other rows, so that the training parts overlap. */
    public static boolean overlap(List<RunRecord> runs) {
        return runs.stream().anyMatch(StoredRuns::overlaps);
    }

    private static boolean overlaps(RunRecord run) {
        return run.testRows() > 0
                && !"last".equals(run.params().get("data.split.take"))
                && !"experiment".equals(run.params().get("data.split.per"));
    }

    private static Map<String, String> valuesOf(String path, Map<Map<String, String>, String> labels) {
        Map<String, String> values = new LinkedHashMap<>();
        labels.forEach((settings, label) -> {
            String value = settings.get(path);
            if (value != null) {
                values.put(label, value);
            }
        });
        return values;
    }

    private static Set<String> differing(Set<Map<String, String>> groups) {
        Set<String> paths = new LinkedHashSet<>();
        groups.forEach(settings -> paths.addAll(settings.keySet()));
        paths.removeIf(path -> groups.stream()
                        .map(settings -> Optional.ofNullable(settings.get(path)))
                        .distinct()
                        .count()
                < 2);
        return paths;
    }

    private static Map<Map<String, String>, String> labels(
            Map<Map<String, String>, List<RunRecord>> groups, Set<String> differing, Map<RunKey, String> names) {
        Map<Map<String, String>, String> labels = new LinkedHashMap<>();
        groups.forEach((settings, members) -> labels.put(
                settings,
                members.stream()
                        .map(run -> names.getOrDefault(run.key(), ""))
                        .findFirst()
                        .orElse("")));
        List<String> given = List.copyOf(labels.values());
        labels.replaceAll((settings, label) -> label.isEmpty() || Collections.frequency(given, label) > 1
                ? differing.stream()
                        .filter(settings::containsKey)
                        .map(path -> path + "=" + settings.get(path))
                        .collect(Collectors.joining(", "))
                : label);
        return labels;
    }

    private static Pair pair(RunRecord run) {
        long seed = Long.parseLong(run.params().getOrDefault(SEED, "0"));
        return Optional.ofNullable(run.params().get(FOLD))
                .map(fold -> Pair.of(seed, Integer.parseInt(fold)))
                .orElse(Pair.of(seed));
    }

    private static Observation observation(String variant, Pair pair, RunRecord run) {
        return new Observation(
                variant,
                Map.of(),
                pair,
                Optional.of(run.key()),
                run.status() == RunStatus.RUNNING ? RunStatus.KILLED : run.status(),
                run.error(),
                run.deterministic(),
                OptionalLong.of(run.updates()),
                OptionalInt.of(run.trainRows()),
                OptionalInt.of(run.testRows()),
                Optional.of(overlaps(run) ? pair.inWords() : ""),
                run.metrics(),
                run.parameters());
    }
}
