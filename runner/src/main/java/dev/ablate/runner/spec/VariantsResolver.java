package dev.ablate.runner.spec;

import dev.ablate.runner.spec.Layers.VariantLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Lays each variant over the spec and the command line over both; tells what they may not do to each other. */
final class VariantsResolver {

    private static final String PLUGIN = "trainer.plugin";

    private final Layers files;
    private final Layer sets;
    private final Position specAt;
    private final Problems problems;

    /**
     * With what it resolves.
     *
     * @param files all files' layers
     * @param sets the command line
     * @param specAt where the spec begins
     */
    VariantsResolver(Layers files, Layer sets, Position specAt, Problems problems) {
        this.files = files;
        this.sets = sets;
        this.specAt = specAt;
        this.problems = problems;
    }

    List<Spec.Variant> resolve() {
        if (files.variants().isEmpty()) {
            return List.of(variant("default", new VariantLayer(specAt, false, Map.of())));
        }
        boolean conflicts = refuseConflicts();
        List<Spec.Variant> variants = new ArrayList<>();
        files.variants().forEach((name, layer) -> variants.add(variant(name, layer)));
        if (!conflicts) {
            refuseAlike(variants);
        }
        return variants;
    }

    private Spec.Variant variant(String name, VariantLayer layer) {
        Layers resolved = files.with(layer.leaves()).with(sets);
        Optional<Setting> features = resolved.leaf("data.features");
        features.ifPresent(this::checkFeatures);
        Block trainer = block(resolved, "trainer");
        return new Spec.Variant(name, layer.at(), trainer, features, own(layer));
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

    /** A block of a resolved spec; a missing plugin is told. */
    Block block(Layers resolved, String name) {
        Optional<Setting> plugin = resolved.leaf(name + ".plugin");
        if (plugin.isEmpty()) {
            Position at = resolved.missingAt(name + ".plugin").orElse(specAt);
            boolean written = resolved.container(name).isPresent();
            String hint = written ? "write plugin: NAME in it" : "write " + name + ": { plugin: NAME }";
            problems.add(Problem.error(at, name + ".plugin is missing").suggesting(hint));
        }
        Optional<Setting> named =
                plugin.filter(setting -> Reading.of(setting, problems).text().isPresent());
        Map<String, Setting> options = new LinkedHashMap<>();
        String prefix = name + ".";
        for (Setting leaf : resolved.leaves()) {
            if (leaf.path().startsWith(prefix) && !leaf.path().equals(prefix + "plugin")) {
                options.put(leaf.path().substring(prefix.length()), leaf);
            }
        }
        return new Block(resolved.container(name).orElse(specAt), named, options);
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

    /** Tells once for each leaf of the command line if a variant sets it too; whether any does. */
    private boolean refuseConflicts() {
        boolean any = false;
        for (Setting set : sets.leaves().values()) {
            Optional<Problem> conflict = files.variants().entrySet().stream()
                    .flatMap(variant -> conflict(set, variant.getKey(), variant.getValue()).stream())
                    .findFirst();
            conflict.ifPresent(problems::add);
            any |= conflict.isPresent();
        }
        return any;
    }

    private Optional<Problem> conflict(Setting set, String name, VariantLayer layer) {
        for (Setting own : layer.leaves().values()) {
            if (overlap(set.path(), own.path())) {
                return Optional.of(Problem.error(
                                set.value().at(),
                                "variant '" + name + "' sets " + own.path() + " itself, at " + own.keyAt())
                        .noting("variants are compared by what they set; to change it, edit the spec or extend it"));
            }
        }
        Layers below = files.with(layer.leaves());
        if (!set.path().equals(PLUGIN) || !Layers.changesPlugin(below.leavesByPath(), sets.leaves(), "trainer")) {
            return Optional.empty();
        }
        return layer.leaves().values().stream()
                .filter(own -> own.path().startsWith("trainer."))
                .findFirst()
                .map(own -> Problem.error(
                                set.value().at(),
                                "another plugin would drop " + own.path() + " of variant '" + name + "', at "
                                        + own.keyAt())
                        .noting("to compare the variants with another trainer, write a spec that extends this one"));
    }

    private static boolean overlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + ".") || b.startsWith(a + ".");
    }

    private void refuseAlike(List<Spec.Variant> variants) {
        Map<String, Spec.Variant> seen = new LinkedHashMap<>();
        for (Spec.Variant variant : variants) {
            VariantLayer layer = files.variants().get(variant.name());
            if (layer == null || layer.broken()) {
                continue;
            }
            Spec.Variant first = seen.putIfAbsent(text(variant), variant);
            if (first != null) {
                problems.add(Problem.error(
                                variant.at(),
                                "variants '" + first.name() + "' and '" + variant.name()
                                        + "' are the same: trainer and features do not differ")
                        .suggesting("the other one stands at " + first.at()));
            }
        }
    }

    private static String text(Spec.Variant variant) {
        Map<String, String> leaves = new TreeMap<>();
        variant.trainer()
                .plugin()
                .ifPresent(plugin -> leaves.put("plugin", plugin.value().toString()));
        variant.trainer()
                .options()
                .forEach((name, setting) ->
                        leaves.put("option " + name, setting.value().toString()));
        variant.features()
                .ifPresent(features -> leaves.put("features", features.value().toString()));
        return leaves.toString();
    }
}
