package dev.ablate.worker.catalog;

import dev.ablate.core.plugin.PluginEntry;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * One dataset or trainer of a plugin, as what its code is called.
 *
 * @param from the plugin
 * @param entry what it says of it
 * @param called {@code trainer 'perceptron' of ablate-perceptron.jar}
 */
public record Plugged(Plugin from, PluginEntry entry, String called) {

    /** What a plugin says of one of its own. */
    public static Plugged of(Plugin from, PluginEntry entry) {
        return new Plugged(
                from, entry, entry.kind().name().toLowerCase(Locale.ROOT) + " '" + entry.name() + "' of " + from.jar());
    }

    /**
     * Calls it.
     *
     * @throws PluginException if it throws anything
     */
    public <T> T call(Callable<T> call) {
        return call(call, this::failed);
    }

    /** Calls it; what it throws is thrown as {@code failure} says. */
    public <T> T call(Callable<T> call, Function<Throwable, RuntimeException> failure) {
        return PluginCall.make(from.loader(), called, call, failure);
    }

    /** It cannot be used. */
    public PluginException unusable(Throwable thrown) {
        return failure(" cannot be used: ", thrown);
    }

    /** It cannot be made. */
    PluginException unmade(Throwable thrown) {
        return failure(" cannot be made: ", thrown);
    }

    /** A call ended with what it threw. */
    public PluginException failed(Throwable thrown) {
        return failure(" failed: ", thrown);
    }

    /** What it gave is nothing that can be used. */
    public PluginException broken(String what) {
        return new PluginException(called + " " + what);
    }

    private PluginException failure(String what, Throwable thrown) {
        String reason = thrown instanceof PluginException
                ? String.valueOf(thrown.getMessage())
                : from.jar().reason(thrown);
        return new PluginException(called + what + reason, thrown);
    }
}
