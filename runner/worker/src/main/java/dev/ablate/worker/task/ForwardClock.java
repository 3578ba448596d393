package dev.ablate.worker.task;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that never goes back: where the system's clock is set back, it goes on by what has passed since.
 *
 * <p>So nothing ends before it begins, and durations stay true. Where the system's clock is set forward, or the machine has slept,
 * it follows.
 */
public final class ForwardClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant last;
    private long lastNanos;

    /**
     * A clock that begins with another.
     *
     * @param nanos what has passed, as {@link System#nanoTime} gives it
     */
    public ForwardClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.last = wall.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /** The system's clock, kept from going back. */
    @Allowed("the one clock")
    public static Clock system() {
        return new ForwardClock(Clock.systemUTC(), System::nanoTime);
    }

    @Override
    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        Instant passed = last.plusNanos(now - lastNanos);
        Instant read = wall.instant();
        // a clock that is corrected little by little lags behind by less than that
        last = read.isBefore(passed) ? passed : read;
        lastNanos = now;
        return last;
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ForwardClock(wall.withZone(zone), nanos);
    }
}
