package dev.ablate.mlflow.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for a process, says what it waits for and how long that may last, and does not wait for one that somebody has stopped. */
final class Waiting {

    /** How long something may take without a word. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration BEAT = Duration.ofSeconds(10);

    /** One that is stopped does nothing until somebody lets it go on. */
    private static final Duration STOPPED = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String what;
    private final String where;
    private final Duration limit;
    private final Consumer<String> progress;
    private final long start = System.nanoTime();
    private long nextWord = start + SILENCE.toNanos();
    private long lastGoing = start;

    /**
     * Begins now.
     *
     * @param what is waited for
     * @param where to look for more, or empty
     * @param progress is given what is waited for when it lasts
     */
    Waiting(String what, String where, Duration limit, Consumer<String> progress) {
        this.what = what;
        this.where = where;
        this.limit = limit;
        this.progress = progress;
    }

    /**
     * Waits a moment.
     *
     * @param of which something is expected
     * @return why not to wait any longer, to be read after the name of what is waited for; empty: go on
     */
    Optional<String> on(Collection<ProcessHandle> of) throws InterruptedException {
        long now = System.nanoTime();
        List<Long> stopped = ServerProcesses.stopped(of);
        if (stopped.isEmpty()) {
            lastGoing = now;
        } else if (now - lastGoing > STOPPED.toNanos()) {
            return Optional.of("did not go on within " + STOPPED.toSeconds() + " s: its process " + stopped.get(0)
                    + " is stopped (SIGSTOP)");
        }
        if (now - start > limit.toNanos()) {
            return Optional.of("did not answer within " + limit.toSeconds() + " s");
        }
        if (now > nextWord) {
            progress.accept("waiting for " + what + " ("
                    + Duration.ofNanos(now - start).toSeconds() + " s of at most "
                    + limit.toSeconds() + where + ")"
                    + (stopped.isEmpty()
                            ? ""
                            : ": its process " + stopped.get(0) + " is stopped; to let it go on: "
                                    + ServerProcesses.toGoOn(stopped)));
            nextWord += BEAT.toNanos();
        }
        Thread.sleep(PAUSE.toMillis());
        return Optional.empty();
    }
}
