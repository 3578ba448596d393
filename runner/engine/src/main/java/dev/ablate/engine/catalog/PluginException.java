package dev.ablate.engine.catalog;

/** A plugin that cannot be used; the message names the plugin, what is wrong with it and what to do, without a full stop. */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
