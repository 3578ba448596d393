package dev.ablate.core.plugin;

import java.util.Objects;

/**
 * What is known of a dataset or trainer before it is used: declared by {@link PluginModule}, read by the runner.
 *
 * @param kind which of the two it is
 * @param name the name that a spec gives after {@code plugin:}
 * @param options the options record
 * @param summary one line for a list; may be empty
 * @param source who published what it does or holds; may be empty
 * @param oneAtATime whether its runs must not overlap
 */
public record PluginEntry(
        Kind kind, String name, Class<? extends Record> options, String summary, String source, boolean oneAtATime) {

    /** What a plugin can be. */
    public enum Kind {
        /** A {@link dev.ablate.core.data.DatasetSource}. */
        DATASET,
        /** A {@link dev.ablate.core.training.Trainer}. */
        TRAINER
    }

    /**
     * @throws IllegalArgumentException if the name is not lower-case words joined by {@code -}
     */
    public PluginEntry {
        // a plugin is not compiled with our checks
        Objects.requireNonNull(name, "a plugin's name is null");
        Objects.requireNonNull(options, "the options record of " + name + " is null");
        Objects.requireNonNull(summary, "the summary of " + name + " is null");
        Objects.requireNonNull(source, "the source of " + name + " is null");
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a plugin's name is lower-case words joined by '-', such as house-price; got '" + name + "'");
        }
    }
}
