package dev.ablate.runner.plan;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundDataset;
import dev.ablate.runner.catalog.BoundTrainer;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.catalog.Catalog;
import dev.ablate.runner.catalog.PluginException;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Position;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Setting;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.SpecException;
import dev.ablate.runner.spec.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns a spec into a plan: looks every name up, opens the data, and tells everything that is wrong at once. */
public final class Planner {

    private final Catalog catalog;

    /** With what there is to choose from. */
    public Planner(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Plans a spec; opens its dataset, and trains nothing.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if one of them forbids to run
     */
    public Plan plan(Spec spec, Problems problems) {
        return draft(spec, problems).plan();
    }

    /**
     * The spec with all layers applied and all defaults, as YAML, each leaf with its origin behind it.
     *
     * @param problems what was found when the spec was read; gains what is found here
     * @throws SpecException with all problems, if one of them forbids to run
     */
    public String render(Spec spec, Problems problems) {
        return draft(spec, problems).rendering().withOrigins();
    }

    private Draft draft(Spec spec, Problems problems) {
        Optional<Bound<BoundDataset>> dataset = catalog.dataset(spec.dataset(), problems);
        Optional<Dataset> data = dataset.flatMap(bound -> open(bound, problems));
        Optional<List<String>> predicted = data.flatMap(opened -> predicted(spec, opened, problems));
        List<VariantPlan> variants = variants(spec, dataset, data, predicted, problems);
        List<ComparedMetric> metrics = new MetricChoice(data.map(Dataset::task), problems).of(spec.compare());
        String baseline = baseline(spec, problems);
        refuseTooMany(spec, problems);
        refuseAlike(variants, problems);
        problems.throwIfErrors();

        Draft draft = new Draft(
                spec,
                dataset.orElseThrow(),
                data.orElseThrow(),
                variants,
                predicted.orElseThrow(),
                baseline,
                metrics,
                problems);
        Map<String, List<String>> features = new LinkedHashMap<>();
        variants.forEach(variant -> features.put(variant.name(), variant.features()));
        DataWarnings.tell(data.get(), features, dataset.get().pluginAt(), problems);
        return draft;
    }

    private static Optional<Dataset> open(Bound<BoundDataset> dataset, Problems problems) {
        try {
            return Optional.of(dataset.component().open());
        } catch (DataException e) {
            problems.add(dataset.problem(e));
        } catch (PluginException e) {
            problems.add(Problem.error(dataset.pluginAt(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /** The features of a row to predict: those of the spec before variants. */
    private static Optional<List<String>> predicted(Spec spec, Dataset data, Problems problems) {
        Optional<Setting> setting = spec.origins().stream()
                .filter(leaf -> leaf.path().equals("data.features"))
                .findFirst();
        Optional<List<String>> features = new FeatureChoice(data).of(setting, problems);
        features.ifPresent(names -> {
            for (Spec.Row row : spec.predict()) {
                if (row.values().size() != names.size()) {
                    problems.add(Problem.error(
                            row.at(),
                            "a row to predict has " + counted(row.values().size(), "value") + " for "
                                    + counted(names.size(), "feature") + ": " + String.join(", ", names)));
                }
            }
        });
        return features;
    }

    private List<VariantPlan> variants(
            Spec spec,
            Optional<Bound<BoundDataset>> dataset,
            Optional<Dataset> data,
            Optional<List<String>> predicted,
            Problems problems) {
        Optional<Map<String, String>> dataLeaves =
                dataset.filter(bound -> data.isPresent()).flatMap(bound -> bound.keyLeaves(problems));
        List<VariantPlan> plans = new ArrayList<>();
        VariantProblems found = new VariantProblems(spec.variants());
        for (Spec.Variant variant : spec.variants()) {
            Problems own = new Problems();
            Optional<List<String>> features =
                    data.flatMap(opened -> new FeatureChoice(opened).of(variant.features(), own));
            if (!spec.predict().isEmpty() && data.isPresent() && predicted.isPresent()) {
                variant.features()
                        .ifPresent(
                                setting -> new FeatureChoice(data.get()).refuseMissing(setting, predicted.get(), own));
            }
            Optional<Bound<BoundTrainer>> trainer = catalog.trainer(variant.trainer(), spec.decide(), own);
            if (trainer.isPresent() && features.isPresent()) {
                trainer.get().check(data.orElseThrow().task(), features.get(), own);
            }
            Optional<Map<String, String>> trainerLeaves = trainer.flatMap(bound -> bound.keyLeaves(own));
            if (features.isPresent() && trainerLeaves.isPresent() && dataLeaves.isPresent()) {
                Map<String, String> leaves = new LinkedHashMap<>();
                leaves.put("ablate", Version.text());
                leaves.putAll(dataLeaves.get());
                leaves.put("dataset.content.sha256", data.orElseThrow().contentHash());
                leaves.put("data.features", CanonicalText.texts(features.get()));
                leaves.putAll(trainerLeaves.get());
                leaves.put(
                        "decide.threshold", CanonicalText.number(spec.decide().threshold()));
                leaves.put("decide.tie", Integer.toString(spec.decide().tie()));
                // what is recorded is a part of what a run is
                spec.track().every().ifPresent(every -> leaves.put("track.every", Long.toString(every)));
                leaves.put("track.weights", Boolean.toString(spec.track().weights()));
                plans.add(new VariantPlan(variant, trainer.orElseThrow(), features.get(), leaves));
            }
            found.add(variant, own);
        }
        found.tell(problems);
        return plans;
    }

    private static String baseline(Spec spec, Problems problems) {
        List<String> names = spec.variants().stream().map(Spec.Variant::name).toList();
        Optional<Spec.Word> word = spec.compare().baseline();
        if (word.isPresent() && !names.contains(word.get().text())) {
            problems.add(Problem.error(
                            word.get().at(),
                            "no variant " + Problem.quoted(word.get().text()) + "; there "
                                    + (names.size() == 1 ? "is " : "are ") + String.join(", ", names))
                    .suggesting(Suggestion.didYouMean(word.get().text(), names)));
        }
        return word.map(Spec.Word::text).orElse(names.get(0));
    }

    private static void refuseTooMany(Spec spec, Problems problems) {
        long runs = (long) spec.seeds().size() * spec.variants().size();
        if (runs > spec.run().maxRuns()) {
            Optional<Position> at = spec.run().maxRunsAt().or(() -> seedsAt(spec));
            String message = String.format(
                    Locale.ROOT,
                    "%s and %s make %,d runs, more than run.max_runs: %,d",
                    counted(spec.variants().size(), "variant"),
                    counted(spec.seeds().size(), "seed"),
                    runs,
                    spec.run().maxRuns());
            problems.add(new Problem(
                    Problem.Severity.ERROR,
                    at,
                    message,
                    "write run: { max_runs: " + runs + " } if that is meant",
                    List.of()));
        }
    }

    private static Optional<Position> seedsAt(Spec spec) {
        return spec.origins().stream()
                .filter(leaf -> leaf.path().equals("seeds") || leaf.path().equals("seeds.count"))
                .map(leaf -> leaf.value().at())
                .findFirst();
    }

    /** Two variants that only look different; those that are written alike were told when the spec was read. */
    private static void refuseAlike(List<VariantPlan> variants, Problems problems) {
        Map<Map<String, String>, VariantPlan> seen = new LinkedHashMap<>();
        for (VariantPlan variant : variants) {
            VariantPlan first = seen.putIfAbsent(variant.keyLeaves(), variant);
            Optional<Position> at = Optional.of(variant.spec().at());
            boolean told =
                    problems.all().stream().anyMatch(problem -> problem.at().equals(at));
            if (first != null && !told) {
                problems.add(Problem.error(
                                variant.spec().at(),
                                "variants '" + first.name() + "' and '" + variant.name()
                                        + "' are the same: with all defaults, trainer and features do not differ")
                        .suggesting("the other one stands at " + first.spec().at()));
            }
        }
    }

    private static String counted(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, noun) + (number == 1 ? "" : "s");
    }
}
