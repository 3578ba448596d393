package dev.ablate.engine.catalog;

import dev.ablate.core.plugin.PluginEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person is shown of a dataset, trainer, metric or launcher.
 *
 * @param entry its name, summary and source
 * @param jar the jar or folder of classes that brings it, by name
 * @param options in the order of the options record
 * @param facts what a metric says of itself, in words by what it is about, in order; empty for others
 */
public record PluginDescription(
        PluginEntry entry, String jar, List<OptionDescription> options, Map<String, String> facts) {
    /** Copies the list and the map. */
    public PluginDescription {
        options = List.copyOf(options);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
