package dev.ablate.worker.train;

import java.util.OptionalLong;

/**
 * The steps at which a run is measured: 0, multiples of {@code step}, and {@code total}; where a trainer leaves one out, the next update
 * that it reports.
 *
 * @param total how many updates there are, 0 or more
 * @param step the distance between two steps in updates, at least 1
 */
record Grid(long total, long step) {

    /** With 0 and the last there are at most 300 steps, fewer than the 320 points that a tracker may draw of a line. */
    private static final long INTERVALS = 298;

    /** No update at all. */
    static final long NEVER = -1;

    /**
     * @throws IllegalArgumentException if the total is negative or the step less than 1
     */
    Grid {
        if (total < 0 || step < 1) {
            throw new IllegalArgumentException("no grid of " + total + " updates by " + step);
        }
    }

    /** By hand, or else by the smallest of 1, 2, 5, 10, 20, 50, ... that gives at most 300 steps. */
    static Grid of(long total, OptionalLong every) {
        if (every.isPresent()) {
            return new Grid(total, every.getAsLong());
        }
        long least = total / INTERVALS + (total % INTERVALS == 0 ? 0 : 1);
        long power = 1;
        while (10 * power < least) {
            power *= 10;
        }
        for (long step : new long[] {power, 2 * power, 5 * power}) {
            if (step >= least) {
                return new Grid(total, step);
            }
        }
        return new Grid(total, 10 * power);
    }

    /** The first step after an update; {@link #NEVER} if there is none. */
    long after(long update) {
        if (update >= total) {
            return NEVER;
        }
        long last = update - update % step;
        // compared this way round since the sum may overflow
        return step >= total - last ? total : last + step;
    }
}
