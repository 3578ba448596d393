package dev.ablate.mlflow.client;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** How long to leave a server alone after failures in a row: doubling, with jitter, so that many processes do not return together. */
public final class Backoff {

    private final Duration first;
    private final Duration last;
    private final RandomGenerator jitter;
    private int failures;

    /**
     * Waits about {@code first} after the first failure and never longer than {@code last}.
     *
     * @param seed of the jitter
     */
    public Backoff(Duration first, Duration last, long seed) {
        this.first = first;
        this.last = last;
        this.jitter = new SplittableRandom(seed);
    }

    /** A failure: how long to wait now, between half and the whole of the doubled time. */
    public Duration next() {
        long doubled = first.toMillis() << Math.min(failures, 20);
        failures++;
        long whole = Math.min(doubled, last.toMillis());
        return Duration.ofMillis(whole / 2 + jitter.nextLong(whole - whole / 2 + 1));
    }

    /** A success. */
    public void reset() {
        failures = 0;
    }
}
