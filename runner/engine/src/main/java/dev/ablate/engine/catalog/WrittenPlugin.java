package dev.ablate.engine.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset or trainer as a run names it to other processes.
 *
 * @param plugin its name
 * @param options plain data by name, see {@link dev.ablate.core.option.OptionType#write}; what the environment gives is a
 *     {@link FromEnvironment} there, unless it is a path
 */
public record WrittenPlugin(String plugin, Map<String, Object> options) {

    /** Copies the map, sorted by name. */
    public WrittenPlugin {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
