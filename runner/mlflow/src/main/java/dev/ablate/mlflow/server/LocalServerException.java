package dev.ablate.mlflow.server;

/**
 * The managed server cannot be installed, started or ended.
 *
 * <p>The first line of the message says what is wrong and what to do about it; the end of a log may follow it.
 */
public final class LocalServerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a message for a person. */
    public LocalServerException(String message) {
        super(message);
    }

    /** With a message for a person, and what led to it. */
    public LocalServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
