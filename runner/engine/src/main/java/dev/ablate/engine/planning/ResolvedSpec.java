package dev.ablate.engine.planning;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.BoundOption;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.experiment.Rendering;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Stop;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A spec with all layers applied and every default written out, as YAML that gives the same runs when it is read from the
 * folder of the spec.
 */
final class ResolvedSpec {

    private ResolvedSpec() {}

    static Rendering of(Draft draft) {
        Spec spec = draft.spec();
        List<ComparedMetric> metrics = draft.metrics();
        Rendering rendering = Rendering.of(moved(spec, draft));
        addDatasetDefaults(rendering, spec, draft.cells());
        boolean rows = draft.cells().stream().noneMatch(cell -> cell.data().isNone());
        if (rows) {
            rendering.addDefault("data.features", CanonicalText.texts(draft.predicted()));
        }
        addDataDefaults(rendering, spec);
        addTrainerDefaults(rendering, spec, draft.cells());
        if (spec.origins().stream()
                .noneMatch(leaf -> leaf.path().equals("seeds") || leaf.path().startsWith("seeds."))) {
            rendering.addDefault("seeds.count", "1");
        }
        if (spec.origins().stream().noneMatch(leaf -> leaf.path().equals("seeds"))) {
            rendering.addDefault("seeds.base", "1");
        }
        if (spec.sweep().isPresent()) {
            rendering.addDefault("sweep.method", "grid");
        }
        spec.stop()
                .ifPresent(stop -> rendering.addDefault(
                        stop instanceof Stop.Bound ? "stop.for" : "stop.min_delta",
                        stop instanceof Stop.Bound ? "0" : "0.0"));
        if (rows) {
            rendering.addDefault("decide.threshold", CanonicalText.number(Decision.DEFAULT.threshold()));
            rendering.addDefault("decide.tie", Integer.toString(Decision.DEFAULT.tie()));
        }
        rendering.addDefault("compare.baseline", CanonicalText.text(draft.baseline()));
        rendering.addDefault("compare.primary", metrics.get(0).metric().toString());
        for (ComparedMetric compared : metrics) {
            String goal = compared.goal().name().toLowerCase(Locale.ROOT);
            rendering.addDefault(List.of("compare", "metrics", written(compared.metric(), spec), "goal"), goal);
        }
        rendering.addDefault(
                "compare.test",
                draft.across().map(Across::test).orElse(draft.test()).word());
        rendering.addDefault("compare.correction", "holm");
        rendering.addDefault("run.jobs", "auto");
        rendering.addDefault("run.on_failure", "continue");
        rendering.addDefault("run.timeout", "none");
        rendering.addDefault("run.max_runs", Integer.toString(spec.run().maxRuns()));
        draft.launcher().addDefaults(rendering);
        rendering.addDefault("track.weights", "true");
        rendering.addDefault("track.patch", "false");
        return rendering;
    }

    /** What is not there at all stays away; of what is there, each part is written out. */
    private static void addDataDefaults(Rendering rendering, Spec spec) {
        List<Spec.Split> splits =
                spec.cells().stream().flatMap(cell -> cell.split().stream()).toList();
        boolean folds = splits.stream().anyMatch(split -> split.folds() > 0);
        if (!splits.isEmpty() && !folds) {
            rendering.addDefault("data.split.take", "random");
        }
        if (!splits.isEmpty() && splits.stream().noneMatch(Spec.Split::last)) {
            if (!folds) {
                rendering.addDefault("data.split.per", "seed");
            }
            rendering.addDefault("data.split.stratify", "false");
        }
        addPrepareDefaults(rendering, spec);
        boolean scaled = spec.cells().stream()
                .flatMap(cell -> cell.variants().stream())
                .anyMatch(variant -> variant.scale().features().isPresent()
                        || variant.scale().target().isPresent());
        if (scaled) {
            rendering.addDefault("data.scale.features", "none");
            rendering.addDefault("data.scale.target", "none");
        }
    }

    private static void addPrepareDefaults(Rendering rendering, Spec spec) {
        List<String> written = spec.cells().stream()
                .flatMap(cell -> cell.variants().stream())
                .flatMap(variant -> variant.prepare().written().stream())
                .map(Setting::path)
                .toList();
        if (written.stream().anyMatch(path -> path.startsWith("data.missing."))) {
            rendering.addDefault("data.missing.numbers", "refuse");
            rendering.addDefault("data.missing.indicator", "false");
            rendering.addDefault("data.missing.categories", "refuse");
        }
        if (written.stream().anyMatch(path -> path.startsWith("data.encode."))) {
            rendering.addDefault("data.encode.categories", "reference");
            rendering.addDefault("data.encode.reference", "first");
            rendering.addDefault("data.encode.rare", "0");
        }
    }

    /** A default stands only where it holds in every cell: what the sweep changes may bring another. */
    private static void addDatasetDefaults(Rendering rendering, Spec spec, List<CellPlan> cells) {
        Optional<String> plugin = leaf(spec, "dataset.plugin").map(leaf -> textOf(leaf.value()));
        List<Bound<BoundDataset>> sharing = cells.stream()
                .map(CellPlan::dataset)
                .filter(dataset -> plugin.equals(Optional.of(dataset.plugin())))
                .toList();
        for (Bound<BoundDataset> dataset : sharing) {
            for (BoundOption option : dataset.options()) {
                if (option.setting().isEmpty() && sharing.stream().allMatch(other -> gives(other, option))) {
                    rendering.addDefault("dataset." + option.name(), option.text());
                }
            }
        }
    }

    /** As the spec names it, if it does; a bare name is of the test part where there is one. */
    private static String written(MeasuredMetric metric, Spec spec) {
        boolean bare = metric.part().equals(Optional.of(hasSplit(spec) ? Part.TEST : Part.TRAIN));
        return spec.compare().metrics().stream()
                .map(entry -> entry.name().text())
                .filter(name -> bare && name.equals(metric.name()))
                .findFirst()
                .orElse(metric.toString());
    }

    private static boolean hasSplit(Spec spec) {
        return spec.cells().stream().allMatch(cell -> cell.split().isPresent());
    }

    /**
     * A default that all variants of the spec's own trainer share in all cells stands there; any other one with its variant, if
     * it holds in all cells.
     */
    private static void addTrainerDefaults(Rendering rendering, Spec spec, List<CellPlan> cells) {
        Optional<String> plugin = leaf(spec, "trainer.plugin").map(leaf -> textOf(leaf.value()));
        List<Bound<BoundTrainer>> sharing = cells.stream()
                .flatMap(cell -> cell.variants().stream())
                .map(VariantPlan::trainer)
                .filter(trainer -> plugin.equals(Optional.of(trainer.plugin())))
                .toList();
        for (int i = 0; i < spec.variants().size(); i++) {
            int index = i;
            List<Bound<BoundTrainer>> own = cells.stream()
                    .map(cell -> cell.variants().get(index).trainer())
                    .toList();
            boolean one = own.stream().map(Bound::plugin).distinct().count() == 1;
            for (BoundOption option : own.get(0).options()) {
                if (option.setting().isPresent()) {
                    continue;
                }
                if (sharing.contains(own.get(0)) && sharing.stream().allMatch(other -> gives(other, option))) {
                    rendering.addDefault("trainer." + option.name(), option.text());
                } else if (one && own.stream().allMatch(other -> gives(other, option))) {
                    rendering.addDefault(
                            List.of("variants", spec.variants().get(i).name(), "trainer." + option.name()),
                            option.text());
                }
            }
        }
    }

    /** Whether a plugin has the same value by default, or any other that was given. */
    private static boolean gives(Bound<?> bound, BoundOption wanted) {
        return bound.options().stream()
                .anyMatch(option -> option.name().equals(wanted.name())
                        && (option.setting().isPresent() || option.text().equals(wanted.text())));
    }

    private static Optional<Setting> leaf(Spec spec, String path) {
        return spec.origins().stream().filter(leaf -> leaf.path().equals(path)).findFirst();
    }

    private static String textOf(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /** The spec with the paths that were written elsewhere as they would be written in its own folder. */
    private static Spec moved(Spec spec, Draft draft) {
        Path folder = spec.file().map(Path::getParent).orElse(Path.of(""));
        Map<Node, Node> moved = new HashMap<>();
        draft.launcher().options().forEach(option -> remember(option, folder, moved));
        for (CellPlan cell : draft.cells()) {
            cell.dataset().options().forEach(option -> remember(option, folder, moved));
            for (VariantPlan variant : cell.variants()) {
                variant.trainer().options().forEach(option -> remember(option, folder, moved));
            }
        }
        if (moved.isEmpty()) {
            return spec;
        }
        Spec.Cell first = spec.cells().get(0);
        List<Spec.Variant> variants = first.variants().stream()
                .map(variant -> new Spec.Variant(
                        variant.name(),
                        variant.at(),
                        variant.trainer(),
                        variant.features(),
                        variant.prepare(),
                        variant.scale(),
                        moved(variant.own(), moved)))
                .toList();
        return new Spec(
                spec.file(),
                spec.name(),
                spec.description(),
                List.of(new Spec.Cell(first.swept(), first.dataset(), first.split(), variants)),
                spec.sweep(),
                spec.seeds(),
                spec.predict(),
                spec.decide(),
                spec.stop(),
                spec.compare(),
                spec.run(),
                spec.launcher(),
                spec.track(),
                moved(spec.origins(), moved));
    }

    private static void remember(BoundOption option, Path folder, Map<Node, Node> moved) {
        Optional<Setting> given = option.setting();
        Optional<Setting> there = option.settingIn(folder);
        if (given.isPresent() && there.isPresent() && option.hasPaths()) {
            moved.put(given.get().value(), there.get().value());
        }
    }

    private static List<Setting> moved(List<Setting> settings, Map<Node, Node> moved) {
        return settings.stream()
                .map(setting ->
                        new Setting(setting.path(), setting.keyAt(), moved(setting, moved), setting.overrides()))
                .toList();
    }

    private static Node moved(Setting setting, Map<Node, Node> moved) {
        if (setting.path().startsWith("sweep.params.") && setting.value() instanceof Node.Sequence values) {
            return new Node.Sequence(
                    values.at(),
                    values.items().stream()
                            .map(value -> moved.getOrDefault(value, value))
                            .toList());
        }
        return moved.getOrDefault(setting.value(), setting.value());
    }
}
