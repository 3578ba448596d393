package dev.ablate.worker.catalog;

/** A plugin that cannot be used; the message names the plugin, what is wrong with it and what to do, without a full stop. */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PluginException(String message) {
        super(message);
    }

    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
