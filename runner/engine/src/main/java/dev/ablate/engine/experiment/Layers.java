package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges layers: later values win, leaf by leaf; a null deletes; another plugin drops what was said to the one before. */
final class Layers {

    private final Map<String, Setting> leaves = new LinkedHashMap<>();
    private final Map<String, Position> containers = new LinkedHashMap<>();
    private final Map<String, Position> deletions = new LinkedHashMap<>();
    private final Map<String, Setting> dropped = new LinkedHashMap<>();
    private final Map<String, VariantLayer> variants = new LinkedHashMap<>();

    /**
     * A variant's own leaves.
     *
     * @param at where its name stands
     * @param broken whether something in it was wrong, so that it says less than was meant
     * @param leaves what it changes, a null being one that deletes
     */
    record VariantLayer(Position at, boolean broken, Map<String, Setting> leaves) {}

    Layers() {}

    private Layers(Layers other) {
        leaves.putAll(other.leaves);
        containers.putAll(other.containers);
        deletions.putAll(other.deletions);
        dropped.putAll(other.dropped);
    }

    /** All leaves outside variants, in order. */
    List<Setting> leaves() {
        return List.copyOf(leaves.values());
    }

    /** What was said to plugins in whose place others came. */
    List<Setting> dropped() {
        return List.copyOf(dropped.values());
    }

    Map<String, Setting> leavesByPath() {
        return leaves;
    }

    Optional<Setting> leaf(String path) {
        return Optional.ofNullable(leaves.get(path));
    }

    /** The map at a path: where its key stands; also where it has no leaf. */
    Optional<Position> container(String path) {
        return Optional.ofNullable(containers.get(path));
    }

    /** Where to say that a leaf is missing: where it was deleted, or at the map that it belongs in, or that was deleted. */
    Optional<Position> missingAt(String path) {
        String map = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : path;
        return Stream.of(deletions.get(path), containers.get(map), deletions.get(map))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The paths of all maps below a path. */
    List<String> containersBelow(String path) {
        return containers.keySet().stream()
                .filter(key -> key.startsWith(path + "."))
                .toList();
    }

    Map<String, VariantLayer> variants() {
        return variants;
    }

    /** These layers with further leaves on top, and without variants. */
    Layers with(Map<String, Setting> upper) {
        Layers layered = new Layers(this);
        layered.put(upper);
        return layered;
    }

    /** These layers with the command line on top, and without variants. */
    Layers with(SpecLayer upper) {
        Layers layered = with(upper.leaves());
        // the place of a map is where the file has it, if the file has it
        upper.containers().forEach(layered.containers::putIfAbsent);
        return layered;
    }

    /** Lays one more on top. */
    void add(SpecLayer upper, Problems problems) {
        if (upper.leaves().containsKey("variants")) {
            variants.clear();
        }
        upper.variants().forEach((name, variant) -> {
            VariantLayer lower = variants.get(name);
            boolean broken = variant.broken() || (lower != null && lower.broken());
            if (!variant.deleted()) {
                variants.put(name, new VariantLayer(variant.at(), broken, merged(lower, variant)));
            } else if (variants.remove(name) == null) {
                problems.add(Problem.error(variant.at(), "null deletes a variant, and there is none to delete")
                        .suggesting("for one that changes nothing write " + name + ": {}"));
            }
        });
        put(upper.leaves());
        containers.putAll(upper.containers());
    }

    private Map<String, Setting> merged(@Nullable VariantLayer lower, SpecLayer.Variant upper) {
        Map<String, Setting> merged = new LinkedHashMap<>();
        if (lower != null) {
            Map<String, Setting> held = new LinkedHashMap<>(leaves);
            held.putAll(lower.leaves());
            merged.putAll(lower.leaves());
            if (changesPlugin(held, upper.leaves(), "trainer")) {
                merged.keySet().removeIf(path -> path.startsWith("trainer.") && !path.equals("trainer.plugin"));
            }
        }
        upper.leaves().forEach((path, setting) -> {
            merged.keySet().removeIf(other -> other.startsWith(path + "."));
            merged.merge(path, setting, (below, above) -> overriding(above, Optional.of(below)));
        });
        return merged;
    }

    private void put(Map<String, Setting> upper) {
        for (String block : Grammar.BLOCKS) {
            if (changesPlugin(leaves, upper, block)) {
                leaves.entrySet().removeIf(leaf -> {
                    boolean option = Grammar.isOption(leaf.getKey(), block);
                    if (option) {
                        dropped.put(leaf.getKey(), leaf.getValue());
                    }
                    return option;
                });
            }
        }
        upper.forEach((path, setting) -> {
            if (isNull(setting.value())) {
                deletions.put(path, setting.keyAt());
                leaves.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "."));
                containers.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "."));
                return;
            }
            List<Setting> replaced = new ArrayList<>(leaf(path).stream().toList());
            leaves.values().removeIf(other -> {
                boolean above = path.startsWith(other.path() + ".");
                if (above) {
                    replaced.add(other);
                }
                return above || other.path().startsWith(path + ".");
            });
            leaves.put(path, overriding(setting, replaced.stream().findFirst()));
        });
    }

    /** Whether an upper layer names another plugin than holds below. */
    static boolean changesPlugin(Map<String, Setting> lower, Map<String, Setting> upper, String block) {
        Setting before = lower.get(block + ".plugin");
        Setting after = upper.get(block + ".plugin");
        return before != null
                && after != null
                && before.value() instanceof Node.Scalar was
                && after.value() instanceof Node.Scalar is
                && !isNull(is)
                && !was.text().equals(is.text());
    }

    static boolean isNull(Node value) {
        return value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL;
    }

    private static Setting overriding(Setting upper, Optional<Setting> lower) {
        return new Setting(upper.path(), upper.keyAt(), upper.value(), lower);
    }
}
