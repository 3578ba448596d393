package dev.ablate.cli.app;

import dev.ablate.cli.argument.Gate;
import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.QuestionArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.source.Results;
import dev.ablate.engine.compare.source.ResultsFile;
import dev.ablate.engine.compare.source.StoredRuns;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunKey;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Predictor;
import dev.ablate.engine.train.RawParameters;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Compares runs that are there: of a spec, picked by their keys, or from a file. */
public final class Comparer {

    /** What names a run. */
    public static final String KEY = "[0-9a-f]{8,64}";

    private final Console console;
    private final Planning planning;
    private final RunStore store;
    private final Forms forms;
    private final StoredComparisons comparisons;
    private final ShippedExperiments experiments;

    @Inject
    Comparer(
            Console console,
            Planning planning,
            RunStore store,
            Forms forms,
            StoredComparisons comparisons,
            ShippedExperiments experiments) {
        this.comparisons = comparisons;
        this.experiments = experiments;
        this.console = console;
        this.planning = planning;
        this.store = store;
        this.forms = forms;
    }

    /** Compares the finished runs of a plan, with what they answer, and their weights in raw units. */
    public static Comparison compare(Plan plan, List<Outcome> outcomes) {
        Map<RunKey, List<Double>> predictions = new LinkedHashMap<>();
        Map<RunKey, Map<String, Double>> raw = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            PlannedRun run = outcome.run();
            if (outcome.record().status() == RunStatus.FINISHED) {
                predictions.put(
                        run.key(),
                        Predictor.of(plan.features(), run, outcome.record()).answers(plan.predict()));
                RawParameters.of(run, outcome.record()).ifPresent(parameters -> raw.put(run.key(), parameters));
            }
        }
        return Comparison.of(plan, outcomes, predictions, raw);
    }

    /** Does what {@code ablate compare} was asked for. */
    public int compare(
            List<String> what,
            LayerArguments layers,
            QuestionArguments question,
            GateArguments gates,
            OutputArguments output)
            throws IOException {
        output.check();
        String first = what.get(0);
        Optional<ComparisonRecord> known = what.size() == 1 ? storedAlone(first) : Optional.empty();
        if (known.isPresent()) {
            refuseLayers(layers, output);
            return ofComparison(known.get(), question, gates, output);
        }
        if (what.size() == 1 && !first.toLowerCase(Locale.ROOT).endsWith(".csv") && !first.matches(KEY)) {
            if (question.any()) {
                throw new UsageException(
                        "a spec says itself what is compared: --baseline, --metric, --cell, --same-within, --test"
                                + " and --test-train-ratio go with a CSV file or with runs");
            }
            return ofSpec(first, layers, gates, output);
        }
        refuseLayers(layers, output);
        if (what.size() == 1 && !first.matches(KEY)) {
            return ofFile(Path.of(first), question, gates, output);
        }
        return ofRuns(what, question, gates, output);
    }

    private static void refuseLayers(LayerArguments layers, OutputArguments output) {
        if (layers.any()) {
            throw new UsageException("--set, --seeds and --repeats go with a spec alone");
        }
        if (output.series()) {
            throw new UsageException("--series goes with a spec alone");
        }
    }

    /** What is in the store alone: a comparison named by its key, or by its name where there is no spec of that name. */
    Optional<ComparisonRecord> storedAlone(String what) {
        return experiments.knows(what) ? Optional.empty() : comparisons.find(what);
    }

    /** Compares the runs of a comparison as the store has them, whatever became of its spec and its data. */
    int ofComparison(ComparisonRecord comparison, QuestionArguments asked, GateArguments gates, OutputArguments output)
            throws IOException {
        List<String> keys = comparison.members().stream()
                .filter(member -> member.run().status() == RunStatus.FINISHED)
                .map(member -> member.run().key().hex())
                .toList();
        if (keys.isEmpty()) {
            throw new UsageException("no run of " + comparison.name() + " has finished");
        }
        return ofRuns(keys, asked, gates, output);
    }

    private int ofSpec(String spec, LayerArguments layers, GateArguments gated, OutputArguments output)
            throws IOException {
        Stored stored = stored(spec, layers);
        List<Gate> gates = gated.of(stored.report().findings().question());
        write(stored.report().after(remarks("compare", stored, spec, layers)), output);
        return Gate.hold(gates, stored.report().findings(), console) ? ExitCode.DONE : ExitCode.GATE;
    }

    /**
     * What is in the store of a spec.
     *
     * @param planned the spec
     * @param report what its runs say that have ended
     * @param ended how many have
     */
    record Stored(Planned planned, Report report, int ended) {}

    /** What else is stored of a spec whose runs are shown, with the commands that show it. */
    List<String> remarks(String verb, Stored stored, String spec, LayerArguments layers) {
        Plan plan = stored.planned().plan();
        return stored.ended() == 0
                ? comparisons.instead(verb, plan, spec, layers)
                : comparisons.withMoreSeeds(verb, plan, spec, layers);
    }

    /** Compares the runs of a spec that have ended, and trains nothing. */
    Stored stored(String spec, LayerArguments layers) {
        Planned planned = comparisons.orStored(spec, () -> planning.plannedAgain(spec, layers.overrides()));
        List<Outcome> outcomes = new ArrayList<>();
        int missing = 0;
        Set<String> settled = new HashSet<>();
        for (PlannedRun run : planned.plan().runs()) {
            Optional<RunRecord> ended = store.find(run.key())
                    .filter(record -> record.status() == RunStatus.FINISHED || record.status() == RunStatus.FAILED);
            ended.ifPresent(record -> outcomes.add(new Outcome(run, record, true)));
            if (ended.filter(RunRecord::deterministic).isPresent()) {
                settled.add(run.group());
            }
            missing += ended.isPresent() || settled.contains(run.group()) ? 0 : 1;
        }
        Comparison comparison = compare(planned.plan(), outcomes);
        return new Stored(
                planned,
                Report.ofStored(comparison, layers.invocation(console.program(), spec), missing),
                outcomes.size());
    }

    private int ofFile(Path file, QuestionArguments asked, GateArguments gates, OutputArguments output)
            throws IOException {
        console.doing("reading " + file);
        ResultsFile read = ResultsFile.read(file);
        List<Measure> measures = asked.measures(
                read.columns().stream().filter(ResultsFile::mayBeMetric).toList(), read::metricColumns);
        Results results = read.results(measures.stream().map(Measure::name).toList(), asked.cells());
        String name = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.csv$", "");
        Question question = asked.question(name, results, measures, OptionalDouble.empty());
        if (question.cells().stream().noneMatch(cell -> isCompared(cell, question, results.observations()))) {
            throw new UsageException(
                    "no other variant is in a cell together with the baseline '" + question.baseline()
                            + "'; these columns are the cell: "
                            + String.join(", ", question.cells().get(0).keySet())
                            + "\n    a column that distinguishes variants must be called otherwise, or its values belong into 'variant'");
        }
        return print(question, results, "in " + file, gates, output);
    }

    private static boolean isCompared(Map<String, String> cell, Question question, List<Observation> runs) {
        List<String> there = runs.stream()
                .filter(run -> run.cell().equals(cell))
                .map(Observation::variant)
                .distinct()
                .toList();
        return question.variants().size() == 1 || (there.size() > 1 && there.contains(question.baseline()));
    }

    private int ofRuns(List<String> keys, QuestionArguments asked, GateArguments gates, OutputArguments output)
            throws IOException {
        if (!asked.cells().isEmpty()) {
            throw new UsageException("--cell goes with a CSV file alone");
        }
        List<RunRecord> runs = keys.stream().map(this::run).distinct().toList();
        if (runs.size() < 2) {
            throw new UsageException("one run cannot be compared with itself: name at least two");
        }
        Results results = results(runs);
        Set<String> known = new LinkedHashSet<>();
        runs.forEach(run -> known.addAll(run.metrics().keySet()));
        List<Measure> measures = asked.measures(List.copyOf(known), () -> List.copyOf(known));
        OptionalDouble overlap = StoredRuns.overlap(runs)
                ? runs.stream()
                        .filter(run -> run.trainRows() > 0)
                        .mapToDouble(run -> (double) run.testRows() / run.trainRows())
                        .max()
                : OptionalDouble.empty();
        return print(asked.question("runs", results, measures, overlap), results, "from the store", gates, output);
    }

    private Results results(List<RunRecord> runs) {
        Map<RunKey, String> names = new LinkedHashMap<>();
        for (ComparisonRecord comparison : store.comparisons()) {
            comparison
                    .members()
                    .forEach(member -> names.putIfAbsent(member.run().key(), member.cell()));
        }
        try {
            return StoredRuns.of(runs, names);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private RunRecord run(String digits) {
        if (!digits.matches(KEY)) {
            throw new UsageException(
                    "'" + digits + "' is no run: a run is named by at least 8 hex digits of its key (ablate list runs)."
                            + " A CSV file or a spec is compared by itself");
        }
        return only(store, digits);
    }

    /**
     * The one run whose key begins with these digits.
     *
     * @throws UsageException if there is none, or more than one
     */
    static RunRecord only(RunStore store, String digits) {
        List<RunRecord> found = store.findByPrefix(digits);
        if (found.size() != 1) {
            throw new UsageException((found.isEmpty() ? "no run" : "more than one run") + " begins with '" + digits
                    + "' (ablate list runs)");
        }
        return found.get(0);
    }

    private int print(Question question, Results results, String source, GateArguments gated, OutputArguments output)
            throws IOException {
        List<Gate> gates = gated.of(question);
        console.doing("comparing " + Numbers.count(results.observations().size(), "run"));
        Findings findings = Findings.of(question, results.observations());
        write(Report.of(findings, results.differences(), source), output);
        return Gate.hold(gates, findings, console) ? ExitCode.DONE : ExitCode.GATE;
    }

    private void write(Report report, OutputArguments output) throws IOException {
        output.write(console, forms.of(report, output, Tracking.NONE));
    }
}
