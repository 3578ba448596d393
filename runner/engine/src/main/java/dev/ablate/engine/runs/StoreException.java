package dev.ablate.engine.runs;

/** The local store cannot be read or written; the message says which file, why, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for a person. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
