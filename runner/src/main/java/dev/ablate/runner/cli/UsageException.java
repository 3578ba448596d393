package dev.ablate.runner.cli;

/** What was typed cannot be done; nothing was run. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for a person, without {@code error:}. */
    UsageException(String message) {
        super(message);
    }
}
