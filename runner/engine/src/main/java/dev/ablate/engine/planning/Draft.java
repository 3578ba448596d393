package dev.ablate.engine.planning;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.experiment.Rendering;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.plan.Plan.Difference;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunSources;
import dev.ablate.engine.plan.SettingLeaves;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import dev.ablate.worker.spec.StopRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checked spec, before its plan is made.
 *
 * @param predicted the features of a row to predict
 * @param rows to predict, see {@link Plan#predict}
 * @param measured what plugins measure
 * @param metrics what is compared
 * @param test which test compares the runs of a cell
 * @param across which swept leaf is the data set, where there is one answer over all of them
 * @param launcher where runs are trained
 * @param metricLeaves what counts of metrics for the keys of all runs, by dotted path
 */
record Draft(
        Spec spec,
        List<CellPlan> cells,
        List<String> predicted,
        List<List<Double>> rows,
        String baseline,
        Metrics measured,
        List<ComparedMetric> metrics,
        Map<String, String> metricLeaves,
        Optional<StopRule> stop,
        TestChoice test,
        Optional<Across> across,
        LauncherChoice launcher,
        Problems problems) {

    Plan plan() {
        return new Plan(
                spec.name(),
                spec.description(),
                comparisonKey(),
                cells.get(0).variants().get(0).data(),
                spec.variants().stream().map(Spec.Variant::name).toList(),
                cells.stream().map(CellPlan::leaves).toList(),
                baseline,
                spec.seeds(),
                runs(),
                metrics,
                test,
                spec.compare().corrected(),
                across,
                spec.compare().bayes().isPresent(),
                predicted,
                rows,
                differences(),
                spec.run(),
                launcher.launching(),
                spec.track(),
                rendering().text(),
                problems.warnings());
    }

    Rendering rendering() {
        return ResolvedSpec.of(this);
    }

    private String comparisonKey() {
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(CanonicalText.text(spec.name())).append('\n');
        text.append("baseline: ").append(CanonicalText.text(baseline)).append('\n');
        // the one that fits goes without saying, so that naming it changes nothing
        if (test != TestSelection.fitting(spec)) {
            text.append("test: ").append(test.word()).append('\n');
        }
        across.ifPresent(sets -> text.append("across: ")
                .append(sets.leaf())
                .append(' ')
                .append(sets.test().word())
                .append('\n'));
        text.append(KeyText.of(metricLeaves));
        for (int variant = 0; variant < spec.variants().size(); variant++) {
            String name = spec.variants().get(variant).name();
            text.append("variant: ").append(CanonicalText.text(name)).append('\n');
            for (CellPlan cell : cells) {
                text.append(KeyText.of(cell.variants().get(variant).keyLeaves()));
            }
        }
        return KeyText.hash(text.toString());
    }

    private List<PlannedRun> runs() {
        List<Series> series = new ArrayList<>();
        for (CellPlan cell : cells) {
            for (VariantPlan variant : cell.variants()) {
                series.add(new Series(cell, variant));
            }
        }
        List<PlannedRun> runs = new ArrayList<>();
        for (long seed : spec.seeds()) {
            for (int fold = 1; fold <= Math.max(1, spec.folds()); fold++) {
                for (Series each : series) {
                    runs.add(each.run(seed, fold));
                }
            }
        }
        return runs;
    }

    /** The runs of a variant in a cell, which differ in their seeds alone. */
    private final class Series {

        private final CellPlan cell;
        private final VariantPlan variant;
        private final Map<String, String> leaves;

        /** What the key of each of its runs is a hash of, without the seed. */
        private final String keyText;

        private final KeyText.Begun key;

        /** What each of its runs depends on, without the seed. */
        private final Map<String, String> params;

        private final Metrics fitting;
        private final RunSources sources;

        Series(CellPlan cell, VariantPlan variant) {
            this.cell = cell;
            this.variant = variant;
            this.leaves = cell.leaves();
            Map<String, String> keyLeaves = new LinkedHashMap<>(variant.keyLeaves());
            keyLeaves.putAll(metricLeaves);
            this.keyText = KeyText.of(keyLeaves);
            this.key = new KeyText.Begun(keyText);
            this.params = params();
            this.fitting = cell.data().schema().task().map(measured::fitting).orElse(Metrics.NONE);
            this.sources =
                    new RunSources(cell.dataset().written(), variant.trainer().written());
        }

        private Map<String, String> params() {
            Map<String, String> all = new LinkedHashMap<>(VariantPlan.shown(cell.dataset()));
            if (cell.data().isCoded()) {
                all.put("dataset.classes", CanonicalText.texts(cell.data().classes()));
            }
            all.putAll(SettingLeaves.of(cell.split()));
            all.putAll(variant.shownLeaves());
            all.putAll(variant.furtherLeaves());
            all.putAll(SettingLeaves.ofStop(stop));
            if (!cell.data().isNone()) {
                all.put("decide.threshold", CanonicalText.number(spec.decide().threshold()));
                all.put("decide.tie", Integer.toString(spec.decide().tie()));
            }
            return all;
        }

        /** @param number of the fold, where there are folds */
        PlannedRun run(long seed, int number) {
            Optional<Fold> fold = cell.split().flatMap(SplitSettings::fold).map(any -> new Fold(number, any.of()));
            Map<String, String> own = new LinkedHashMap<>();
            own.put("seed", Long.toString(seed));
            fold.ifPresent(of -> own.put("fold", Integer.toString(of.number())));
            String ownText = KeyText.of(own);
            Map<String, String> all = new LinkedHashMap<>(params);
            all.putAll(own);
            RunContext context = new RunContext(
                    PlannedRun.label(
                            variant.name(),
                            leaves,
                            fold.map(of -> Pair.of(seed, of.number())).orElse(Pair.of(seed))),
                    seed,
                    new RunKey(key.hash(ownText)),
                    variant.preparation(),
                    cell.split().map(split -> fold.map(split::with).orElse(split)),
                    variant.scale(),
                    variant.trainer().component(),
                    spec.decide(),
                    stop,
                    spec.run().timeout(),
                    spec.track().weights(),
                    spec.track().every(),
                    fitting,
                    keyText + ownText,
                    all);
            return new PlannedRun(variant.name(), leaves, sources, context);
        }
    }

    /** Compared as they count for keys, shown as a person reads them; what is swept is the same for all variants of a cell. */
    private List<Difference> differences() {
        List<VariantPlan> variants = cells.get(0).variants();
        Set<String> paths = new LinkedHashSet<>();
        variants.forEach(variant -> paths.addAll(variant.shownLeaves().keySet()));
        cells.get(0).spec().swept().forEach(swept -> paths.remove(swept.path()));
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            long values = variants.stream()
                    .map(variant -> keyValue(variant, path))
                    .distinct()
                    .count();
            if (values > 1) {
                Map<String, String> shown = new LinkedHashMap<>();
                for (VariantPlan variant : variants) {
                    String value = variant.shownLeaves().getOrDefault(path, unset(path));
                    if (!value.isEmpty()) {
                        shown.put(variant.name(), value);
                    }
                }
                differences.add(new Difference(path, shown));
            }
        }
        return differences;
    }

    private static String keyValue(VariantPlan variant, String path) {
        return variant.keyLeaves().getOrDefault(path, unset(path));
    }

    /** What holds where a variant does not have a leaf. */
    private static String unset(String path) {
        return path.startsWith("data.scale.") ? "none" : path.equals("data.missing.indicator") ? "false" : "";
    }
}
