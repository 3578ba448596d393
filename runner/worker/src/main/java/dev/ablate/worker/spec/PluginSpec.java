package dev.ablate.worker.spec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset or trainer that a run uses, as data.
 *
 * @param plugin its name
 * @param options plain data by name, see {@link dev.ablate.core.option.OptionType#write}; a path is an {@link InputFile} there, and what
 *     the environment gives is a {@link SealedValue}
 */
public record PluginSpec(String plugin, Map<String, Object> options) {

    /** Copies the map, sorted by name. */
    public PluginSpec {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
