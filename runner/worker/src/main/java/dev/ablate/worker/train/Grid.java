package dev.ablate.worker.train;

import java.util.OptionalLong;

/**
 * The steps at which a run is measured: 0, multiples of {@code step}, and {@code total}; where a trainer leaves one out, the next update
 * that it reports.
 *
 * @param total how many updates there are, 0 or more
 * @param step the distance between two steps in updates, at least 1
 */
public record Grid(long total, long step) {

    /** Fewer than the 320 points that a tracker may draw of a line. */
    public static final int MOST = 300;

    /** So many at least, of however many rows. */
    private static final int LEAST = 20;

    /** More rows than this, over all steps of a run, take long to answer beside what was learned from them. */
    private static final long ROWS = 20_000_000;

    /** No update at all. */
    static final long NEVER = -1;

    /**
     * @throws IllegalArgumentException if the total is negative or the step less than 1
     */
    public Grid {
        if (total < 0 || step < 1) {
            throw new IllegalArgumentException("no grid of " + total + " updates by " + step);
        }
    }

    /**
     * How many steps a run is measured at, at the most, where nothing is said: fewer than {@link #MOST} of more than 66,666 rows. A rule
     * that ends a run has all of them, since it looks at no others.
     *
     * @param rows that are measured
     * @param stops whether there is such a rule
     */
    public static int most(int rows, boolean stops) {
        return stops ? MOST : Math.toIntExact(Math.max(LEAST, Math.min(MOST, ROWS / Math.max(1, rows))));
    }

    /** By hand, or else by the smallest of 1, 2, 5, 10, 20, 50, ... that gives at most so many steps. */
    static Grid of(long total, OptionalLong every, int most) {
        if (every.isPresent()) {
            return new Grid(total, every.getAsLong());
        }
        // beside 0 and the last
        long intervals = most - 2L;
        long least = total / intervals + (total % intervals == 0 ? 0 : 1);
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
