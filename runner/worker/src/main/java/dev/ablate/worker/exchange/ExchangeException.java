package dev.ablate.worker.exchange;

/** A file of a task or a result that cannot be used; the message is a sentence about it without a full stop. */
public final class ExchangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a reason for a person. */
    public ExchangeException(String message) {
        super(message);
    }

    /** With a reason for a person, and what caused it. */
    public ExchangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
