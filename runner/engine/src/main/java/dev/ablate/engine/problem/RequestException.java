package dev.ablate.engine.problem;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done, and nothing was done; the message says what to ask for instead. */
public class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for a person, without {@code error:}. */
    public RequestException(String message) {
        super(message);
    }

    /** Likewise, where something else was the reason. */
    public RequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
