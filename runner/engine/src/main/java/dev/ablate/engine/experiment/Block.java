package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resolved {@code dataset}, {@code trainer} or {@code run.launcher}: a plugin's name, and its options as written.
 *
 * @param at where the block begins, for what is missing in it
 * @param plugin the leaf {@code plugin}; empty if it is missing, which was reported as a problem of what cannot be without one
 * @param options the other leaves by the option's name, each whole, whatever its value
 * @param dropped what another plugin was given below, by the option's name: it does not hold for this one
 */
public record Block(Position at, Optional<Setting> plugin, Map<String, Setting> options, Map<String, Setting> dropped) {

    /** Copies the maps. */
    public Block {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    }

    /** Of one plugin, with nothing below. */
    public Block(Position at, Optional<Setting> plugin, Map<String, Setting> options) {
        this(at, plugin, options, Map.of());
    }

    /**
     * What stands at a path of a resolved spec.
     *
     * @param otherwise its place if nothing stands there
     */
    static Block of(Layers resolved, String path, Position otherwise, Problems problems) {
        Optional<Setting> named = resolved.leaf(path + ".plugin")
                .filter(setting -> Reading.of(setting, problems).text().isPresent());
        return new Block(
                resolved.container(path).orElse(otherwise),
                named,
                options(resolved.leaves(), path),
                options(resolved.dropped(), path));
    }

    private static Map<String, Setting> options(List<Setting> leaves, String path) {
        Map<String, Setting> options = new LinkedHashMap<>();
        String prefix = path + ".";
        Map<String, Map<String, Node.Entry>> free = new LinkedHashMap<>();
        Map<String, Position> begins = new LinkedHashMap<>();
        for (Setting leaf : leaves) {
            if (leaf.path().startsWith(prefix) && !leaf.path().equals(prefix + "plugin")) {
                String name = leaf.path().substring(prefix.length());
                int dot = name.indexOf('.');
                if (dot > 0 && Grammar.FREE.contains(name.substring(0, dot))) {
                    String map = name.substring(0, dot);
                    free.computeIfAbsent(map, key -> new LinkedHashMap<>())
                            .put(name.substring(dot + 1), new Node.Entry(leaf.keyAt(), leaf.value()));
                    begins.putIfAbsent(map, leaf.keyAt());
                } else {
                    options.put(name, leaf);
                }
            }
        }
        // together again, as the plugin reads them
        begins.forEach((map, at) -> options.put(
                map,
                new Setting(
                        prefix + map, at, new Node.Mapping(at, free.getOrDefault(map, Map.of())), Optional.empty())));
        return options;
    }

    /** That an option is missing or does not fit: at the block, or where another plugin is named that drops what stands there. */
    public Problem missing(String option, String message) {
        if (dropped.isEmpty()) {
            return Problem.error(at, message);
        }
        Problem problem = Problem.error(plugin.map(named -> named.value().at()).orElse(at), message);
        Setting below = dropped.get(option);
        return below == null
                ? problem
                : problem.suggesting("say it for this plugin, too")
                        .noting("another plugin does not take over the options of the one before: " + option + " at "
                                + below.keyAt());
    }
}
