package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.yaml.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A resolved {@code dataset} or {@code trainer}: a plugin's name, and its options as written.
 *
 * @param at where the block begins, for what is missing in it
 * @param plugin the leaf {@code plugin}; empty if it is missing, which was reported as a problem
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
