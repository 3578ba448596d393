package dev.ablate.engine.runs.home;

import java.time.Duration;

/**
 * The times of a home's lock.
 *
 * @param renewal how often it is renewed
 * @param known for how long a process that has renewed it relies on that; far less than {@code stale}
 * @param stale how old the file is, by the clock of its file system, before another host takes it for abandoned
 * @param watch how long another host then watches, by its own clock, that nobody renews it
 * @param patience how long a process waits for another to end
 */
record LockTiming(Duration renewal, Duration known, Duration stale, Duration watch, Duration patience) {

    static final LockTiming USUAL = new LockTiming(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));
}
