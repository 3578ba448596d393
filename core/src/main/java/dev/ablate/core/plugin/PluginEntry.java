package dev.ablate.core.plugin;

import dev.ablate.core.launch.Launcher;
import dev.ablate.core.metric.Metric;
import java.util.Objects;

/**
 * What is known of a dataset, trainer, metric or launcher before it is used: declared by {@link PluginModule}, read by the runner.
 *
 * @param kind which of them it is
 * @param name the name that a spec gives after {@code plugin:}, or of a metric where it is compared
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
        TRAINER,
        /** A {@link Metric}. */
        METRIC,
        /** A {@link Launcher}. */
        LAUNCHER
    }

    /**
     * @throws IllegalArgumentException if the name is not lower-case words joined by {@code -}, or by {@code _} for a metric; if a
     *     metric has options; if runs of a metric or of a launcher must not overlap; or if a launcher is called
     *     {@link Launcher#LOCAL}
     */
    public PluginEntry {
        // a plugin is not compiled with our checks
        Objects.requireNonNull(name, "a plugin's name is null");
        Objects.requireNonNull(options, "the options record of " + name + " is null");
        Objects.requireNonNull(summary, "the summary of " + name + " is null");
        Objects.requireNonNull(source, "the source of " + name + " is null");
        if (kind == Kind.METRIC) {
            Metric.requireName(name);
            if (oneAtATime || options.getRecordComponents().length > 0) {
                throw new IllegalArgumentException("metric " + name + " has no options, and no runs of its own");
            }
        } else if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a plugin's name is lower-case words joined by '-', such as house-price; got '" + name + "'");
        }
        if (kind == Kind.LAUNCHER && oneAtATime) {
            throw new IllegalArgumentException(
                    "launcher " + name + " has no runs of its own: oneAtATime() is for datasets and trainers");
        }
        if (kind == Kind.LAUNCHER && name.equals(Launcher.LOCAL)) {
            throw new IllegalArgumentException("no launcher can be called " + name
                    + ", which stands for the threads of the program itself: give it another name");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PluginEntry that
                && kind == that.kind
                && name.equals(that.name)
                && options.equals(that.options)
                && summary.equals(that.summary)
                && source.equals(that.source)
                && oneAtATime == that.oneAtATime;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, options, summary, source, oneAtATime);
    }
}
