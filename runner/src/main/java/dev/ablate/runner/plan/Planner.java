package dev.ablate.runner.plan;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.Decision;
import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundDataset;
import dev.ablate.runner.catalog.BoundTrainer;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.catalog.Catalog;
import dev.ablate.runner.catalog.PluginException;
import dev.ablate.runner.catalog.Version;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Setting;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.SpecException;
import dev.ablate.runner.spec.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a spec into a plan: looks names up, opens the data, checks what can be checked, and gives each run its key. */
public final class Planner {

    private final Catalog catalog;

    /** With what there is to choose from. */
    public Planner(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The plan of a spec.
     *
     * @param problems what reading the spec found; what planning finds is added
     * @throws SpecException with everything that is wrong, of reading and of planning
     */
    public Plan plan(Spec spec, Problems problems) {
        Optional<Bound<BoundDataset>> source = catalog.dataset(spec.dataset(), problems);
        Optional<Dataset> dataset = source.flatMap(bound -> open(bound, problems));
        List<Optional<Bound<BoundTrainer>>> trainers = spec.variants().stream()
                .map(variant -> catalog.trainer(variant.trainer(), spec.decide(), problems))
                .toList();
        String baseline = baseline(spec, problems);
        checkNumberOfRuns(spec, problems);
        if (dataset.isEmpty() || trainers.stream().anyMatch(Optional::isEmpty)) {
            dataset.ifPresent(data -> new MetricsReader(data, problems).read(spec.compare()));
            problems.throwIfErrors();
            throw new IllegalStateException("a plugin is missing, and nothing was said");
        }

        Dataset data = dataset.get();
        FeaturesReader features = new FeaturesReader(data.examples().features(), problems);
        List<String> columns = features.read(baseFeatures(spec));
        List<PlannedVariant> variants = new ArrayList<>();
        for (int i = 0; i < trainers.size(); i++) {
            Spec.Variant variant = spec.variants().get(i);
            Bound<BoundTrainer> trainer = trainers.get(i).orElseThrow();
            List<String> own = variant.features().isEmpty() ? columns : features.read(variant.features());
            trainer.check(data.task(), own, problems);
            variants.add(new PlannedVariant(variant, trainer, own));
        }
        features.check(
                spec, columns, variants.stream().map(PlannedVariant::features).toList());
        List<ComparedMetric> metrics = new MetricsReader(data, problems).read(spec.compare());
        warnOfContradictions(source.orElseThrow(), data, problems);

        Map<String, String> texts = new LinkedHashMap<>();
        for (PlannedVariant variant : variants) {
            keyText(spec, source.orElseThrow(), data, variant, problems)
                    .ifPresent(text -> texts.put(variant.name(), text));
        }
        refuseAlike(variants, texts, problems);
        problems.throwIfErrors();

        Map<String, Map<String, String>> params = new LinkedHashMap<>();
        variants.forEach(variant -> params.put(variant.name(), params(spec, source.orElseThrow(), variant)));
        return new Plan(
                spec.name(),
                spec.description(),
                Keys.ofComparison(spec.name(), baseline, texts),
                data,
                variants.stream().map(PlannedVariant::name).toList(),
                baseline,
                spec.seeds(),
                runs(spec, data, variants, texts, params),
                metrics,
                columns,
                spec.predict().stream().map(Spec.Row::values).toList(),
                Differences.between(params),
                spec.run(),
                spec.track(),
                ResolvedSpec.render(spec, source.orElseThrow(), variants, baseline, metrics)
                        .text(),
                problems.warnings());
    }

    /**
     * The spec with all layers and defaults applied, as YAML with each leaf's origin behind it.
     *
     * @throws SpecException with everything that is wrong
     */
    public String renderWithOrigins(Spec spec, Problems problems) {
        Plan plan = plan(spec, problems);
        Bound<BoundDataset> source = catalog.dataset(spec.dataset(), problems).orElseThrow();
        List<PlannedVariant> variants = spec.variants().stream()
                .map(variant -> new PlannedVariant(
                        variant,
                        catalog.trainer(variant.trainer(), spec.decide(), problems)
                                .orElseThrow(),
                        plan.features()))
                .toList();
        return ResolvedSpec.render(spec, source, variants, plan.baseline(), plan.metrics())
                .withOrigins();
    }

    private static Optional<Dataset> open(Bound<BoundDataset> source, Problems problems) {
        try {
            return Optional.of(source.component().open());
        } catch (DataException e) {
            problems.add(source.problem(e));
        } catch (PluginException e) {
            problems.add(Problem.error(source.pluginAt(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<Setting> baseFeatures(Spec spec) {
        return spec.origins().stream()
                .filter(setting -> setting.path().equals("data.features"))
                .findFirst();
    }

    private static String baseline(Spec spec, Problems problems) {
        List<String> names = spec.variants().stream().map(Spec.Variant::name).toList();
        Optional<Spec.Word> word = spec.compare().baseline();
        if (word.isPresent() && !names.contains(word.get().text())) {
            problems.add(Problem.error(
                            word.get().at(),
                            "no variant " + Problem.quoted(word.get().text()) + " to be the baseline")
                    .suggesting(Suggestion.didYouMean(word.get().text(), names))
                    .noting("variants: " + String.join(", ", names)));
            return names.get(0);
        }
        return word.map(Spec.Word::text).orElse(names.get(0));
    }

    private static void checkNumberOfRuns(Spec spec, Problems problems) {
        long runs = (long) spec.variants().size() * spec.seeds().size();
        if (runs > spec.run().maxRuns()) {
            String message =
                    spec.variants().size() + " variants over " + spec.seeds().size() + " seeds are " + runs
                            + " runs, and run.max_runs is " + spec.run().maxRuns()
                            + "; raise it, or take out variants or seeds";
            problems.add(new Problem(Problem.Severity.ERROR, spec.run().maxRunsAt(), message, "", List.of()));
        }
    }

    private static void warnOfContradictions(Bound<BoundDataset> source, Dataset data, Problems problems) {
        Contradictions contradictions = Contradictions.in(data.examples(), data.task());
        if (!contradictions.rows().isEmpty()) {
            String rows = contradictions.rows().size() + " rows contradict each other (same features, different "
                    + data.target() + ")";
            problems.add(Problem.warning(
                    source.pluginAt(),
                    data.task() == Task.BINARY_CLASSIFICATION
                            ? rows + ": no model gets more than " + contradictions.mostRight() + " of "
                                    + data.examples().size() + " right"
                            : rows));
        }
    }

    private static Optional<String> keyText(
            Spec spec, Bound<BoundDataset> source, Dataset data, PlannedVariant variant, Problems problems) {
        Map<String, String> leaves = new LinkedHashMap<>();
        Optional<Map<String, String>> dataset = source.keyLeaves(problems);
        Optional<Map<String, String>> trainer = variant.trainer().keyLeaves(problems);
        if (dataset.isEmpty() || trainer.isEmpty()) {
            return Optional.empty();
        }
        leaves.put("ablate", Version.text());
        leaves.putAll(dataset.get());
        leaves.put("dataset.sha256", data.contentHash());
        leaves.put("data.features", CanonicalText.texts(variant.features()));
        leaves.putAll(trainer.get());
        leaves.putAll(settings(spec));
        return Optional.of(Keys.text(leaves));
    }

    /** What else a run's record depends on. */
    private static Map<String, String> settings(Spec spec) {
        Map<String, String> leaves = new LinkedHashMap<>();
        Decision decide = spec.decide();
        leaves.put("decide.threshold", CanonicalText.number(decide.threshold()));
        leaves.put("decide.tie", Integer.toString(decide.tie()));
        leaves.put("track.weights", Boolean.toString(spec.track().weights()));
        spec.track().every().ifPresent(every -> leaves.put("track.every", Long.toString(every)));
        return leaves;
    }

    private static Map<String, String> params(Spec spec, Bound<BoundDataset> source, PlannedVariant variant) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("dataset.plugin", source.plugin());
        source.options().forEach(option -> params.put("dataset." + option.name(), option.text()));
        params.put("data.features", CanonicalText.texts(variant.features()));
        params.put("trainer.plugin", variant.trainer().plugin());
        variant.trainer().options().forEach(option -> params.put("trainer." + option.name(), option.text()));
        params.putAll(settings(spec));
        return params;
    }

    private static void refuseAlike(List<PlannedVariant> variants, Map<String, String> texts, Problems problems) {
        if (problems.hasErrors()) {
            return; // variants that were written alike were told as the spec was read
        }
        Map<String, String> first = new LinkedHashMap<>();
        for (PlannedVariant variant : variants) {
            String other = first.putIfAbsent(texts.getOrDefault(variant.name(), variant.name()), variant.name());
            if (other != null) {
                problems.add(Problem.error(
                        variant.spec().at(),
                        "variants " + Problem.quoted(other) + " and " + Problem.quoted(variant.name())
                                + " mean the same, so there is nothing to compare"));
            }
        }
    }

    private static List<PlannedRun> runs(
            Spec spec,
            Dataset data,
            List<PlannedVariant> variants,
            Map<String, String> texts,
            Map<String, Map<String, String>> params) {
        List<PlannedRun> runs = new ArrayList<>();
        for (long seed : spec.seeds()) {
            for (PlannedVariant variant : variants) {
                Map<String, String> all = new LinkedHashMap<>(params.getOrDefault(variant.name(), Map.of()));
                all.put("seed", Long.toString(seed));
                runs.add(new PlannedRun(
                        variant.name(),
                        seed,
                        Keys.ofRun(texts.getOrDefault(variant.name(), ""), seed),
                        data,
                        variant.features(),
                        variant.trainer().component(),
                        spec.decide(),
                        spec.track().weights(),
                        spec.track().every(),
                        all));
            }
        }
        return runs;
    }
}
