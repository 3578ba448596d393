package dev.ablate.engine.catalog;

import dev.ablate.core.plugin.PluginEntry;
import java.util.List;

/**
 * What a person is shown of a dataset or trainer.
 *
 * @param entry its name, summary and source
 * @param jar the jar or folder of classes that brings it, by name
 * @param options in the order of the options record
 */
public record PluginDescription(PluginEntry entry, String jar, List<OptionDescription> options) {
    /** Copies the list. */
    public PluginDescription {
        options = List.copyOf(options);
    }
}
