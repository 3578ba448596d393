package dev.ablate.runner.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundDataset;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.plan.Plan.Difference;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Rendering;
import dev.ablate.runner.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A checked spec, before its plan is made.
 *
 * @param predicted the features of a row to predict
 */
record Draft(
        Spec spec,
        Bound<BoundDataset> dataset,
        Dataset data,
        List<VariantPlan> variants,
        List<String> predicted,
        String baseline,
        List<ComparedMetric> metrics,
        Problems problems) {

    Plan plan() {
        return new Plan(
                spec.name(),
                spec.description(),
                comparisonKey(),
                data,
                variants.stream().map(VariantPlan::name).toList(),
                List.of(Map.of()),
                baseline,
                spec.seeds(),
                runs(),
                metrics,
                TestChoice.PAIRED_PERMUTATION,
                true,
                predicted,
                spec.predict().stream().map(Spec.Row::values).toList(),
                differences(),
                spec.run(),
                spec.track(),
                rendering().text(),
                problems.warnings());
    }

    Rendering rendering() {
        return ResolvedSpec.of(spec, dataset, variants, predicted, baseline, metrics);
    }

    private String comparisonKey() {
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(CanonicalText.text(spec.name())).append('\n');
        text.append("baseline: ").append(CanonicalText.text(baseline)).append('\n');
        for (VariantPlan variant : variants) {
            text.append("variant: ").append(CanonicalText.text(variant.name())).append('\n');
            text.append(KeyText.of(variant.keyLeaves()));
        }
        return KeyText.hash(text.toString());
    }

    private List<PlannedRun> runs() {
        Map<String, String> datasetLeaves = VariantPlan.shown(dataset);
        List<PlannedRun> runs = new ArrayList<>();
        for (long seed : spec.seeds()) {
            for (VariantPlan variant : variants) {
                Map<String, String> keyLeaves = new LinkedHashMap<>(variant.keyLeaves());
                keyLeaves.put("seed", Long.toString(seed));
                Map<String, String> params = new LinkedHashMap<>(datasetLeaves);
                params.putAll(variant.shownLeaves());
                params.put(
                        "decide.threshold", CanonicalText.number(spec.decide().threshold()));
                params.put("decide.tie", Integer.toString(spec.decide().tie()));
                params.put("seed", Long.toString(seed));
                runs.add(new PlannedRun(
                        variant.name(),
                        Map.of(),
                        seed,
                        new RunKey(KeyText.hash(KeyText.of(keyLeaves))),
                        data,
                        variant.features(),
                        Optional.empty(),
                        ScaleSettings.NONE,
                        variant.trainer().component(),
                        spec.decide(),
                        Optional.empty(),
                        Optional.empty(),
                        spec.track().weights(),
                        spec.track().every(),
                        params));
            }
        }
        return runs;
    }

    /** Compared as they count for keys, told as a person reads them. */
    private List<Difference> differences() {
        Set<String> paths = new LinkedHashSet<>();
        variants.forEach(variant -> paths.addAll(variant.shownLeaves().keySet()));
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            long values = variants.stream()
                    .map(variant -> Objects.toString(variant.keyLeaves().get(path), ""))
                    .distinct()
                    .count();
            if (values > 1) {
                Map<String, String> shown = new LinkedHashMap<>();
                for (VariantPlan variant : variants) {
                    String value = variant.shownLeaves().get(path);
                    if (value != null) {
                        shown.put(variant.name(), value);
                    }
                }
                differences.add(new Difference(path, shown));
            }
        }
        return differences;
    }
}
