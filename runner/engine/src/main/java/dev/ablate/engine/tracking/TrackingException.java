package dev.ablate.engine.tracking;

import dev.ablate.engine.problem.RequestException;
import org.jspecify.annotations.Nullable;

/** Somebody named a destination, or an experiment, that a tracker cannot use; the message is for that person. */
public final class TrackingException extends RequestException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what would be right, in one line. */
    public TrackingException(String message) {
        super(message);
    }

    /** Likewise, where something else was the reason. */
    public TrackingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
