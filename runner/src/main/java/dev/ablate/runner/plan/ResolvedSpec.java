package dev.ablate.runner.plan;

import dev.ablate.core.training.Decision;
import dev.ablate.runner.catalog.Bound;
import dev.ablate.runner.catalog.BoundDataset;
import dev.ablate.runner.catalog.BoundOption;
import dev.ablate.runner.catalog.BoundTrainer;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Node;
import dev.ablate.runner.spec.Rendering;
import dev.ablate.runner.spec.Setting;
import dev.ablate.runner.spec.Spec;
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

    static Rendering of(
            Spec spec,
            Bound<BoundDataset> dataset,
            List<VariantPlan> variants,
            List<String> features,
            String baseline,
            List<ComparedMetric> metrics) {
        Rendering rendering = Rendering.of(moved(spec, dataset, variants));
        for (BoundOption option : dataset.options()) {
            rendering.addDefault("dataset." + option.name(), option.text());
        }
        rendering.addDefault("data.features", CanonicalText.texts(features));
        addTrainerDefaults(rendering, spec, variants);
        if (spec.origins().stream()
                .noneMatch(leaf -> leaf.path().equals("seeds") || leaf.path().startsWith("seeds."))) {
            rendering.addDefault("seeds.count", "1");
        }
        if (spec.origins().stream().noneMatch(leaf -> leaf.path().equals("seeds"))) {
            rendering.addDefault("seeds.base", "1");
        }
        rendering.addDefault("decide.threshold", CanonicalText.number(Decision.DEFAULT.threshold()));
        rendering.addDefault("decide.tie", Integer.toString(Decision.DEFAULT.tie()));
        rendering.addDefault("compare.baseline", CanonicalText.text(baseline));
        rendering.addDefault("compare.primary", metrics.get(0).metric().toString());
        for (ComparedMetric compared : metrics) {
            String goal = compared.goal().name().toLowerCase(Locale.ROOT);
            rendering.addDefault(List.of("compare", "metrics", written(compared.metric(), spec), "goal"), goal);
        }
        rendering.addDefault("run.jobs", "auto");
        rendering.addDefault("run.on_failure", "continue");
        rendering.addDefault("run.max_runs", Integer.toString(spec.run().maxRuns()));
        rendering.addDefault("track.weights", "true");
        return rendering;
    }

    /** As the spec names it, if it does. */
    private static String written(Metric metric, Spec spec) {
        return spec.compare().metrics().stream()
                .map(entry -> entry.name().text())
                .filter(metric.kind().word()::equals)
                .findFirst()
                .orElse(metric.toString());
    }

    /** A default that all variants of the spec's own trainer share stands there, any other one with its variant. */
    private static void addTrainerDefaults(Rendering rendering, Spec spec, List<VariantPlan> variants) {
        Optional<String> plugin = leaf(spec, "trainer.plugin").map(leaf -> textOf(leaf.value()));
        List<VariantPlan> sharing = variants.stream()
                .filter(variant -> plugin.equals(Optional.of(variant.trainer().plugin())))
                .toList();
        for (VariantPlan variant : variants) {
            for (BoundOption option : variant.trainer().options()) {
                if (option.setting().isPresent()) {
                    continue;
                }
                if (sharing.contains(variant) && sharing.stream().allMatch(other -> gives(other.trainer(), option))) {
                    rendering.addDefault("trainer." + option.name(), option.text());
                } else {
                    rendering.addDefault(
                            List.of("variants", variant.name(), "trainer." + option.name()), option.text());
                }
            }
        }
    }

    /** Whether a trainer has the same value by default, or any other that was given. */
    private static boolean gives(Bound<BoundTrainer> trainer, BoundOption wanted) {
        return trainer.options().stream()
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
    private static Spec moved(Spec spec, Bound<BoundDataset> dataset, List<VariantPlan> variants) {
        Path folder = spec.file().map(Path::getParent).orElse(Path.of(""));
        Map<Node, Node> moved = new HashMap<>();
        for (BoundOption option : dataset.options()) {
            remember(option, folder, moved);
        }
        for (VariantPlan variant : variants) {
            variant.trainer().options().forEach(option -> remember(option, folder, moved));
        }
        return new Spec(
                spec.file(),
                spec.name(),
                spec.description(),
                spec.dataset(),
                spec.variants().stream()
                        .map(variant -> new Spec.Variant(
                                variant.name(),
                                variant.at(),
                                variant.trainer(),
                                variant.features(),
                                moved(variant.own(), moved)))
                        .toList(),
                spec.seeds(),
                spec.predict(),
                spec.decide(),
                spec.compare(),
                spec.run(),
                spec.track(),
                moved(spec.origins(), moved));
    }

    private static void remember(BoundOption option, Path folder, Map<Node, Node> moved) {
        Optional<Setting> given = option.setting();
        Optional<Setting> there = option.settingIn(folder);
        if (given.isPresent() && there.isPresent()) {
            moved.put(given.get().value(), there.get().value());
        }
    }

    private static List<Setting> moved(List<Setting> settings, Map<Node, Node> moved) {
        return settings.stream()
                .map(setting -> new Setting(
                        setting.path(),
                        setting.keyAt(),
                        moved.getOrDefault(setting.value(), setting.value()),
                        setting.overrides()))
                .toList();
    }
}
