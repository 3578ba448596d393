package dev.ablate.worker.train;

import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.PluginException;
import java.time.Duration;
import java.util.Locale;

/** A run comes to nothing, by its own or its trainer's fault; the program and its other runs go on. */
public final class RunFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean deterministic;

    private RunFailure(String message) {
        super(message);
        this.deterministic = false;
    }

    private RunFailure(long update, String reason, boolean deterministic, Throwable cause) {
        super("failed after " + updates(update) + ": " + reason, cause);
        this.deterministic = deterministic;
    }

    RunFailure(long update, String reason, boolean deterministic) {
        super("failed after " + updates(update) + ": " + reason);
        this.deterministic = deterministic;
    }

    /** A trainer did not do what {@link dev.ablate.core.training.Trainer#train} says. */
    static RunFailure breach(BoundTrainer trainer, long update, String what) {
        return new RunFailure(update, trainer.called() + " breaks its contract: " + what, false);
    }

    /** A trainer threw something that is not the runner's. */
    static RunFailure thrown(BoundTrainer trainer, long update, Throwable thrown) {
        String reason = thrown instanceof PluginException
                ? String.valueOf(thrown.getMessage())
                : trainer.called() + " ended with " + thrown;
        return new RunFailure(update, reason, false, thrown);
    }

    /**
     * A run took too long, as another computer's may not.
     *
     * @param total how many updates there would have been; negative if the trainer did not say
     * @param trainer what is to be said of a trainer that cannot be ended; empty of one that has ended
     */
    static RunFailure timedOut(Duration limit, long update, long total, String trainer) {
        String reached = total < 0 ? "before update 0" : number(update) + " of " + updates(total);
        return new RunFailure("timed out after " + duration(limit) + " (" + reached + ")" + trainer
                + "; raise run.timeout and add --retry-failed");
    }

    /** Whether every other seed must fail in the same way. */
    boolean deterministic() {
        return deterministic;
    }

    /** {@code 1 update}, {@code 1,200 updates}. */
    static String updates(long count) {
        return number(count) + (count == 1 ? " update" : " updates");
    }

    /** As a spec has it: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
    private static String duration(Duration time) {
        long millis = time.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }

    /** {@code 1,200}. */
    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
