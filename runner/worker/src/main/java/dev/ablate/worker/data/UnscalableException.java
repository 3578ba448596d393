package dev.ablate.worker.data;

/** The values of a column are too far apart to be scaled; the message names the column. */
public final class UnscalableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnscalableException(String message) {
        super(message);
    }
}
