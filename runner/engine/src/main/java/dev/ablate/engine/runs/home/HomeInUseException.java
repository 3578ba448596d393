package dev.ablate.engine.runs.home;

import java.io.IOException;

/** A home that another process uses; the message says which, since when, and what to do. */
public final class HomeInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    HomeInUseException(String message) {
        super(message);
    }
}
