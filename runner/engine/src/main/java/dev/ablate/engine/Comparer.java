package dev.ablate.engine;

import dev.ablate.engine.catalog.FormatOptions;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.source.At;
import dev.ablate.engine.compare.source.LateChecksum;
import dev.ablate.engine.compare.source.LoggedResults;
import dev.ablate.engine.compare.source.Origin;
import dev.ablate.engine.compare.source.QuestionSource;
import dev.ablate.engine.compare.source.Results;
import dev.ablate.engine.compare.source.ResultsFile;
import dev.ablate.engine.compare.source.Roles;
import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.compare.source.SharedPairs;
import dev.ablate.engine.compare.source.StoredRuns;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.LoggedRuns;
import dev.ablate.worker.spec.RunKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares runs that no spec speaks for: picked by their keys, or from a file. */
public final class Comparer {

    /** Ends of the names of files of runs. */
    private static final Pattern FILE = Pattern.compile("(?i)\\.(csv|tsv|txt)(\\.gz)?$");

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{8,64}");

    private final RunStore store;
    private final KnownMetrics metrics;

    /** @param metrics what is known of those that plugins measure */
    Comparer(RunStore store, KnownMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** Whether this is the name of a file of runs: CSV, which may be called otherwise and be packed. */
    public static boolean isFile(String text) {
        return FILE.matcher(text).find();
    }

    /** Whether these are digits that may name a run or a comparison. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /**
     * The runs of a comparison as the store has them, whatever became of its spec and its data.
     *
     * @throws RequestException if none has finished, or the question does not fit
     */
    public RunsComparison ofComparison(ComparisonRecord comparison, QuestionSource asked) {
        List<String> keys = comparison.members().stream()
                .filter(member -> member.run().status() == RunStatus.FINISHED)
                .map(member -> member.run().key().hex())
                .toList();
        if (keys.isEmpty()) {
            throw new RequestException("no run of " + comparison.name() + " has finished");
        }
        return ofRuns(keys, asked);
    }

    /**
     * The runs in a CSV file.
     *
     * @param written how it is written, as far as that is not found: options of the dataset {@code table}, each {@code KEY=VALUE}
     * @param roles which columns say variant and pair
     * @throws dev.ablate.engine.problem.SpecException with everything that is wrong with the file
     * @throws RequestException if the question does not fit
     */
    public RunsComparison ofFile(Path file, List<String> written, Roles roles, QuestionSource asked) {
        LateChecksum checksum = LateChecksum.of(file);
        ResultsFile read = ResultsFile.read(
                file, FormatOptions.of(Map.of(), written), roles, asked.across().isPresent());
        List<Measure> measures = asked.measures(
                read.columns().stream().filter(read::mayBeMetric).toList(), read::metricColumns, metrics);
        Results results = read.results(measures.stream().map(Measure::name).toList(), asked.cells());
        String name = FILE.matcher(String.valueOf(file.getFileName())).replaceFirst("");
        Question question = asked.question(name, results, measures, metrics, OptionalDouble.empty());
        if (question.variants().size() > 1 && !isCompared(question, results.observations())) {
            throw new RequestException(
                    "no other variant is in a cell together with the baseline '" + question.baseline()
                            + "'; these columns are the cell: "
                            + String.join(", ", question.cells().get(0).keySet())
                            + "\n    a column that distinguishes variants must be called otherwise, or its values belong into 'variant'");
        }
        if (roles.pair().isPresent()) {
            SharedPairs.require(question, results.observations());
        }
        List<String> remarks = new ArrayList<>(read.remarks());
        remarks.addAll(results.remarks());
        return new RunsComparison(question, results, "in " + file, origin(file, written, roles, checksum), remarks);
    }

    /**
     * The runs of an experiment on a tracking server, whoever logged them.
     *
     * @param filter what was asked of the server; empty: all runs
     * @param at which of a metric's values counts
     * @throws RequestException if the question does not fit, or the runs do not say what they are
     */
    public RunsComparison ofLogged(LoggedRuns runs, Optional<String> filter, Roles roles, At at, QuestionSource asked) {
        if (roles.cluster().isPresent()) {
            throw new RequestException(
                    "--cluster-by goes with a CSV file alone: runs that were logged are not scores of items");
        }
        LoggedResults read = new LoggedResults(runs, roles, at);
        List<Measure> measures = asked.measures(read.metrics(), read::metrics, metrics);
        Results results = read.results(measures, asked.cells());
        Question question = asked.question(runs.experiment(), results, measures, metrics, OptionalDouble.empty());
        SharedPairs.require(question, results.observations());
        Map<String, String> said = new LinkedHashMap<>();
        said.put("experiment's id", runs.id());
        filter.ifPresent(text -> said.put("filter", text));
        said.putAll(read.facts());
        Map<String, String> found = new LinkedHashMap<>();
        found.put("experiment", runs.experiment());
        found.put("server", runs.server().toString());
        return new RunsComparison(
                question,
                results,
                "in the experiment " + runs.experiment() + " at " + runs.server(),
                new Origin(said, () -> found),
                results.remarks());
    }

    private static Origin origin(Path file, List<String> written, Roles roles, LateChecksum checksum) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("file", String.valueOf(file.getFileName()));
        if (!written.isEmpty()) {
            asked.put("read as", String.join(" ", written));
        }
        asked.putAll(roles.facts());
        return new Origin(asked, () -> Map.of("checksum", checksum.text()));
    }

    /** Whether another variant is in a cell together with the baseline. */
    private static boolean isCompared(Question question, List<Observation> runs) {
        Map<Boolean, Set<Map<String, String>>> cells = runs.stream()
                .collect(Collectors.partitioningBy(
                        run -> run.variant().equals(question.baseline()),
                        Collectors.mapping(Observation::cell, Collectors.toSet())));
        return !Collections.disjoint(cells.getOrDefault(true, Set.of()), cells.getOrDefault(false, Set.of()));
    }

    /**
     * Runs of the store.
     *
     * @param keys at least 8 digits of each
     * @throws RequestException if there are no such runs, or they cannot be compared
     */
    public RunsComparison ofRuns(List<String> keys, QuestionSource asked) {
        if (asked.across().isPresent()) {
            throw new RequestException("--across goes with a CSV file, or with runs on a tracking server");
        }
        if (!asked.cells().isEmpty()) {
            throw new RequestException("--cell goes with a CSV file alone");
        }
        List<RunRecord> runs = keys.stream().map(this::run).distinct().toList();
        if (runs.size() < 2) {
            throw new RequestException("one run cannot be compared with itself: name at least two");
        }
        Results results = results(runs);
        Set<String> known = new LinkedHashSet<>();
        runs.forEach(run -> known.addAll(run.metrics().keySet()));
        List<Measure> measures = asked.measures(List.copyOf(known), () -> List.copyOf(known), metrics);
        OptionalDouble overlap = StoredRuns.overlap(runs)
                ? runs.stream()
                        .filter(run -> run.trainRows() > 0)
                        .mapToDouble(run -> (double) run.testRows() / run.trainRows())
                        .max()
                : OptionalDouble.empty();
        String named = runs.stream().map(run -> run.key().brief()).collect(Collectors.joining(", "));
        return new RunsComparison(
                asked.question("runs", results, measures, metrics, overlap),
                results,
                "from the store",
                new Origin(Map.of("runs", named), Map::of),
                results.remarks());
    }

    private Results results(List<RunRecord> runs) {
        Map<RunKey, String> names = new LinkedHashMap<>();
        for (ComparisonRecord comparison : store.comparisons()) {
            comparison
                    .members()
                    .forEach(member -> names.putIfAbsent(member.run().key(), member.cell()));
        }
        return StoredRuns.of(runs, names);
    }

    private RunRecord run(String digits) {
        if (!isKey(digits)) {
            throw new RequestException("'" + digits
                    + "' is not a run: a run is named by at least 8 hex digits of its key (ablate list runs)."
                    + " A CSV file or a spec is compared by itself");
        }
        return only(store, digits);
    }

    /**
     * The one run whose key begins with these digits.
     *
     * @throws RequestException if there is none, or more than one
     */
    static RunRecord only(RunStore store, String digits) {
        List<RunRecord> found = store.findByPrefix(digits);
        if (found.size() != 1) {
            throw new RequestException((found.isEmpty() ? "no run" : "more than one run") + " begins with '" + digits
                    + "' (ablate list runs)");
        }
        return found.get(0);
    }

    /** What the runs say. */
    public static Report report(RunsComparison asked) {
        Findings findings = Findings.of(asked.question(), asked.results().observations());
        return Report.of(findings, asked.results().differences(), asked.source());
    }
}
