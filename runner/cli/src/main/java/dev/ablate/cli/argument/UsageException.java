package dev.ablate.cli.argument;

/** What was typed cannot be done; nothing was run. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for a person, without {@code error:}. */
    public UsageException(String message) {
        super(message);
    }
}
