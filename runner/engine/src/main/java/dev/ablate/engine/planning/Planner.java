package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Sweep;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.FoldMetrics;
import dev.ablate.engine.plan.GroupedData;
import dev.ablate.engine.plan.NoRows;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.plan.TestFile;
import dev.ablate.engine.planning.OpenDatasets.Opened;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.prepare.JoinedRows;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.StopRule;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a spec into a plan: looks every name up, opens the data, and reports everything that is wrong at once. */
public final class Planner {

    private final Catalog catalog;

    /** With what there is to choose from. */
    public Planner(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Plans a spec; opens its datasets, and trains nothing.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if one of them forbids to run
     */
    public Plan plan(Spec spec, Problems problems) {
        return draft(spec, problems).plan();
    }

    /**
     * The spec with all layers applied and all defaults, as YAML, for a person to read: behind each leaf what the environment
     * made of it, if it has a part in it, and its origin if wished.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if one of them forbids to run
     */
    public String render(Spec spec, boolean origins, Problems problems) {
        return draft(spec, problems).rendering().withUsed(origins);
    }

    /**
     * Both in one: the plan, and the spec behind it.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if one of them forbids to run
     */
    public Planned planned(Spec spec, Problems problems) {
        Draft draft = draft(spec, problems);
        return new Planned(draft.plan(), draft.rendering().withOrigins());
    }

    /**
     * The data of a spec, whatever is wrong with what is to be learned from them: each dataset once.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if a dataset cannot be opened
     */
    public List<Dataset> datasets(Spec spec, Problems problems) {
        OpenDatasets datasets = new OpenDatasets(catalog);
        List<Dataset> opened = spec.cells().stream()
                .flatMap(cell -> datasets.open(cell.dataset(), problems).data().stream())
                .distinct()
                .toList();
        problems.throwIfErrors();
        return opened;
    }

    Draft draft(Spec spec, Problems problems) {
        RunProblems found = new RunProblems(spec.cells());
        List<Opened> datasets = datasets(spec, found);
        Set<Task> tasks = datasets.stream()
                .flatMap(dataset -> dataset.data().stream())
                .flatMap(data -> data.schema().task().stream())
                .collect(Collectors.toUnmodifiableSet());
        Set<Part> parts = parts(spec, datasets);
        UsableMetrics usable = UsableMetrics.of(catalog);
        Optional<StopRule> stop = stop(spec, usable, tasks, parts);
        TestChoice test = TestSelection.of(spec, problems);
        TestSelection.checkBayes(spec, problems);
        LauncherChoice launcher = LauncherChoice.of(spec, catalog, problems);
        String baseline = baseline(spec, problems);
        Predicted predicted = new Predicted(spec);
        VariantBinder binder = new VariantBinder(catalog, spec, usable.metrics(), stop);
        List<CellPlan> cells = new ArrayList<>();
        for (int i = 0; i < datasets.size(); i++) {
            cell(spec, spec.cells().get(i), datasets.get(i), predicted, binder, found)
                    .ifPresent(cells::add);
        }
        DeclaredMetrics declared =
                DeclaredMetrics.of(cells, spec.cells().size() * spec.variants().size());
        MetricNames names = new MetricNames(usable, declared, tasks, parts, problems);
        // what is wrong with it can be said now that it is known what trainers declare
        new StopChoice(names, problems).of(spec.stop());
        List<ComparedMetric> metrics = new MetricChoice(tasks, names, problems).of(spec.compare());
        Optional<Across> across = TestSelection.across(spec, metrics, names.known(), problems);
        Map<String, String> metricLeaves = metricLeaves(metrics, stop, usable.metrics(), problems);
        usable.warn(problems);
        found.report(problems);
        predicted.refuseDifferent(problems);
        refuseTooMany(spec, problems);
        new AlikeRuns(problems).refuse(cells);
        RegisterChoice.check(spec, cells, problems);
        problems.throwIfErrors();

        Coding.report(cells, spec, problems);
        DataWarnings.report(cells, problems);
        Cautions.ofSteps(spec, stop, cells, problems);
        Preparing.report(cells, problems);
        Cautions.ofTrainers(spec, cells, problems);
        Cautions.ofBias(cells, problems);
        Cautions.ofDummies(cells, problems);
        Cautions.ofSeeds(spec, test, seedsAt(spec), problems);
        Draft draft = new Draft(
                spec,
                cells,
                predicted.features(),
                predicted.rows(),
                baseline,
                usable.metrics(),
                metrics,
                metricLeaves,
                stop,
                test,
                across,
                launcher,
                problems);
        if (spec.folds() > 0) {
            FoldMetrics.refuse(spec, draft.plan(), problems);
            problems.throwIfErrors();
        }
        return draft;
    }

    /** The parts of the data that all cells have; none where there are no rows. */
    private static Set<Part> parts(Spec spec, List<Opened> datasets) {
        if (datasets.stream().anyMatch(Opened::isNone)) {
            return EnumSet.noneOf(Part.class);
        }
        Set<Part> parts = EnumSet.of(Part.TRAIN);
        if (spec.cells().stream().allMatch(cell -> cell.split().isPresent())) {
            parts.add(Part.TEST);
        }
        if (spec.cells().stream()
                .allMatch(cell ->
                        cell.split().filter(split -> split.validation() > 0).isPresent())) {
            parts.add(Part.VALIDATION);
        }
        return parts;
    }

    /** When runs end early, which their keys contain; empty if that is wrong, of which nothing is said yet. */
    private static Optional<StopRule> stop(Spec spec, UsableMetrics usable, Set<Task> tasks, Set<Part> parts) {
        Problems unsaid = new Problems();
        DeclaredMetrics none = new DeclaredMetrics(List.of(), true);
        return new StopChoice(new MetricNames(usable, none, tasks, parts, unsaid), unsaid).of(spec.stop());
    }

    /**
     * What counts for the keys of all runs: the jars of metrics that are compared or stopped by, and do not come with the program. A
     * run that was measured without one, or by another version of it, is another run, so that no comparison has a hole.
     */
    private static Map<String, String> metricLeaves(
            List<ComparedMetric> compared, Optional<StopRule> stop, Metrics metrics, Problems problems) {
        Map<String, String> leaves = new TreeMap<>();
        Stream.concat(
                        compared.stream().map(ComparedMetric::metric),
                        stop.stream().map(StopRule::when))
                .flatMap(metric -> metrics.find(metric.name()).stream())
                .distinct()
                .forEach(metric -> {
                    try {
                        metric.jarHash()
                                .ifPresent(hash -> leaves.put("compare.metrics." + metric.name() + ".sha256", hash));
                    } catch (PluginException e) {
                        problems.add(new Problem(
                                Problem.Severity.ERROR,
                                Optional.empty(),
                                String.valueOf(e.getMessage()),
                                "",
                                List.of()));
                    }
                });
        return leaves;
    }

    private List<Opened> datasets(Spec spec, RunProblems found) {
        OpenDatasets datasets = new OpenDatasets(catalog);
        GroupedData grouped = new GroupedData();
        TestFile files = new TestFile();
        List<Opened> opened = new ArrayList<>();
        for (Spec.Cell cell : spec.cells()) {
            Problems own = new Problems();
            Opened alone = datasets.open(cell.dataset(), own);
            Opened whole = alone.isNone() ? alone : withTestFile(alone, cell, datasets, files, own);
            opened.add(
                    whole.isNone()
                            ? whole
                            : new Opened(
                                    whole.bound(),
                                    whole.data().flatMap(data -> grouped.of(data, cell.split(), own)),
                                    whole.keyLeaves()));
            // what is wrong with it is reported where it is named, whatever cells it has
            found.addEvident(own);
        }
        return opened;
    }

    /** With the rows of a test part that is a file of its own, if there is one. */
    private static Opened withTestFile(
            Opened opened, Spec.Cell cell, OpenDatasets datasets, TestFile files, Problems problems) {
        Optional<Setting> file = cell.split().flatMap(Spec.Split::testFile);
        if (file.isEmpty() || opened.data().isEmpty()) {
            return opened;
        }
        Problems ofFile = new Problems();
        Optional<Dataset> test = files.block(cell.dataset(), file.get(), problems)
                .flatMap(block -> datasets.open(block, ofFile).data());
        ofFile.all().forEach(problem -> problems.add(problem.noting("in the file of data.split.test_file")));
        Optional<Dataset> joined = test.flatMap(
                held -> files.join(opened.data().get(), held, cell.split().orElseThrow(), problems));
        return new Opened(opened.bound(), joined, opened.keyLeaves());
    }

    /** A cell; empty if something is wrong in it, which is reported. */
    private static Optional<CellPlan> cell(
            Spec spec, Spec.Cell cell, Opened dataset, Predicted predicted, VariantBinder binder, RunProblems found) {
        Problems inAll = new Problems();
        Optional<List<String>> features = dataset.data().flatMap(data -> predicted.in(data, inAll));
        if (dataset.isNone()) {
            NoRows.check(spec, cell, inAll);
        } else {
            cell.split().ifPresent(split -> dataset.data().ifPresent(data -> DataSettings.check(split, data, inAll)));
        }
        found.add(cell, inAll);
        List<VariantPlan> variants = new ArrayList<>();
        for (Spec.Variant variant : cell.variants()) {
            Problems own = new Problems();
            binder.bind(cell, variant, dataset, predicted, features, own).ifPresent(variants::add);
            found.add(cell, variant, own);
        }
        if (!variants.isEmpty()) {
            Problems others = new Problems();
            Preparing.refuseOtherRows(variants, others);
            found.add(cell, others);
        }
        return dataset.bound()
                .flatMap(bound -> dataset.data()
                        .map(data -> new CellPlan(
                                cell,
                                bound,
                                data,
                                cell.split().map(split -> DataSettings.of(split, JoinedRows.heldHash(data))),
                                List.copyOf(variants))));
    }

    private static String baseline(Spec spec, Problems problems) {
        List<String> names = spec.variants().stream().map(Spec.Variant::name).toList();
        Optional<Spec.Word> word = spec.compare().baseline();
        if (word.isPresent() && !names.contains(word.get().text())) {
            problems.add(Suggestion.unknown(
                    word.get().at(), "no variant", word.get().text(), Suggestion.there(names), names));
        }
        return word.map(Spec.Word::text).orElse(names.get(0));
    }

    private static void refuseTooMany(Spec spec, Problems problems) {
        long cells = spec.sweep().map(Sweep::size).orElse(1L);
        int variants = spec.variants().size();
        int seeds = spec.seeds().size();
        int folds = spec.folds();
        long runs = cells * variants * seeds * Math.max(1, folds);
        if (runs <= spec.run().maxRuns()) {
            return;
        }
        Optional<Position> at =
                spec.run().maxRunsAt().or(() -> spec.sweep().map(Sweep::at)).or(() -> seedsAt(spec));
        String message = (spec.sweep().isPresent() ? Phrases.counted(cells, "cell") + ", " : "")
                + Phrases.counted(variants, "variant")
                + (folds == 0 ? " and " : ", ") + Phrases.counted(seeds, "seed")
                + (folds == 0 ? "" : " and " + Phrases.counted(folds, "fold")) + " make "
                + Phrases.counted(runs, "run") + ", more than run.max_runs: "
                + String.format(Locale.ROOT, "%,d", spec.run().maxRuns());
        problems.add(new Problem(
                Problem.Severity.ERROR,
                at,
                message,
                runs <= Integer.MAX_VALUE ? "write run: { max_runs: " + runs + " } if that is meant" : "",
                List.of()));
    }

    private static Optional<Position> seedsAt(Spec spec) {
        return spec.origins().stream()
                .filter(leaf -> leaf.path().equals("seeds") || leaf.path().equals("seeds.count"))
                .map(leaf -> leaf.value().at())
                .findFirst();
    }
}
