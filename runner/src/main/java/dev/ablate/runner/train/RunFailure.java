package dev.ablate.runner.train;

import java.util.Locale;

/** A run comes to nothing, by its own or its trainer's fault; the program and its other runs go on. */
final class RunFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean deterministic;

    private RunFailure(long update, String reason, boolean deterministic, Throwable cause) {
        super("failed after " + updates(update) + ": " + reason, cause);
        this.deterministic = deterministic;
    }

    RunFailure(long update, String reason, boolean deterministic) {
        super("failed after " + updates(update) + ": " + reason);
        this.deterministic = deterministic;
    }

    /** A trainer did not do what {@link dev.ablate.core.training.Trainer#train} says. */
    static RunFailure breach(String plugin, long update, String what) {
        return new RunFailure(update, "trainer '" + plugin + "' breaks its contract: " + what, false);
    }

    /** A trainer threw something that is not the runner's. */
    static RunFailure thrown(String plugin, long update, Throwable thrown) {
        return new RunFailure(update, "trainer '" + plugin + "' ended with " + thrown, false, thrown);
    }

    /** Whether every other seed must fail in the same way. */
    boolean deterministic() {
        return deterministic;
    }

    /** {@code 1 update}, {@code 1,200 updates}. */
    static String updates(long count) {
        return number(count) + (count == 1 ? " update" : " updates");
    }

    /** {@code 1,200}. */
    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
