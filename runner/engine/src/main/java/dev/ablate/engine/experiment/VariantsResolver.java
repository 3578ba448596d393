package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Layers.VariantLayer;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Merges layers: the spec, each variant, a cell of the sweep, the command line; later values win; reports variants that are alike. */
final class VariantsResolver {

    private final Layers files;
    private final SpecLayer sets;
    private final Position specAt;
    private final Problems problems;

    /**
     * With what it resolves.
     *
     * @param files all files' layers
     * @param sets the command line
     * @param specAt where the spec begins
     */
    VariantsResolver(Layers files, SpecLayer sets, Position specAt, Problems problems) {
        this.files = files;
        this.sets = sets;
        this.specAt = specAt;
        this.problems = problems;
    }

    /**
     * Everything that holds in a cell.
     *
     * @param swept what the sweep changes in it, by path
     */
    Spec.Cell resolve(Map<String, Setting> swept) {
        Layers resolved = files.with(swept).with(sets);
        Map<String, VariantLayer> layers = files.variants().isEmpty()
                ? Map.of("default", new VariantLayer(specAt, false, Map.of()))
                : files.variants();
        return new Spec.Cell(
                List.copyOf(swept.values()),
                block(resolved, "dataset"),
                new SplitReader(resolved, problems).read(),
                layers.entrySet().stream()
                        .map(layer -> variant(layer.getKey(), layer.getValue(), swept))
                        .toList());
    }

    private Spec.Variant variant(String name, VariantLayer layer, Map<String, Setting> swept) {
        Layers resolved = files.with(layer.leaves()).with(swept).with(sets);
        Optional<Setting> features = resolved.leaf("data.features");
        features.ifPresent(this::checkFeatures);
        Block trainer = block(resolved, "trainer");
        Spec.Scale scale = new SpecValues(resolved, specAt, problems).scale();
        return new Spec.Variant(
                name, layer.at(), trainer, features, new PrepareReader(resolved, problems).read(), scale, own(layer));
    }

    /** What the variant says; and where it changes the plugin, which drops all from below, also what the command line says. */
    private List<Setting> own(VariantLayer layer) {
        Map<String, Setting> own = new LinkedHashMap<>(layer.leaves());
        if (Layers.changesPlugin(files.leavesByPath(), layer.leaves(), "trainer") || own.containsKey("trainer")) {
            sets.leaves().forEach((path, setting) -> {
                if (path.startsWith("trainer.")) {
                    own.put(path, setting);
                }
            });
        }
        return List.copyOf(own.values());
    }

    /** A block of a resolved spec; a missing plugin is reported. */
    private Block block(Layers resolved, String name) {
        Optional<Setting> plugin = resolved.leaf(name + ".plugin");
        if (plugin.isEmpty()) {
            Position at = resolved.missingAt(name + ".plugin").orElse(specAt);
            boolean written = resolved.container(name).isPresent();
            String hint = written ? "write plugin: NAME in it" : "write " + name + ": { plugin: NAME }";
            problems.add(Problem.error(at, name + ".plugin is missing").suggesting(hint));
        }
        return Block.of(resolved, name, specAt, problems);
    }

    private void checkFeatures(Setting features) {
        Optional<List<Reading>> items = Reading.of(features, problems).items();
        if (items.isEmpty()) {
            return;
        }
        if (items.get().isEmpty()) {
            problems.add(features.error("must name at least one feature"));
        }
        Set<String> names = new LinkedHashSet<>();
        for (Reading item : items.get()) {
            item.text()
                    .filter(name -> !names.add(name))
                    .ifPresent(name -> item.refuse("names " + item.got() + " again"));
        }
    }

    /** Reports variants that differ in nothing that is written. */
    void refuseAlike(List<Spec.Variant> variants) {
        Map<Map<String, Object>, Spec.Variant> seen = new LinkedHashMap<>();
        for (Spec.Variant variant : variants) {
            VariantLayer layer = files.variants().get(variant.name());
            if (layer == null || layer.broken()) {
                continue;
            }
            Spec.Variant first = seen.putIfAbsent(leaves(variant), variant);
            if (first != null) {
                problems.add(Problem.error(
                                variant.at(),
                                "variants '" + first.name() + "' and '" + variant.name()
                                        + "' are the same: trainer, features and what is done to them do not differ")
                        .suggesting("the other one stands at " + first.at()));
            }
        }
    }

    private static Map<String, Object> leaves(Spec.Variant variant) {
        Map<String, Object> leaves = new TreeMap<>();
        variant.trainer()
                .plugin()
                .ifPresent(plugin -> leaves.put("plugin", plugin.value().toString()));
        variant.trainer()
                .options()
                .forEach((name, setting) ->
                        leaves.put("option " + name, setting.value().toString()));
        if (leaves.values().stream().anyMatch(text -> text.toString().contains("{variant}"))) {
            // what it is called may make the difference, which is looked at once the trainer is known
            leaves.put("name", variant.name());
        }
        variant.features()
                .ifPresent(features -> leaves.put("features", features.value().toString()));
        leaves.put("prepare", variant.prepare().settings());
        variant.scale().features().ifPresent(method -> leaves.put("scale of features", method.text()));
        variant.scale().target().ifPresent(method -> leaves.put("scale of target", method.text()));
        return leaves;
    }
}
