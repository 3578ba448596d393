package dev.ablate.worker.train;

import java.util.Optional;
import java.util.OptionalLong;

/** The updates that one run's trainer reports, held to the contract, and which of them are on the grid. One thread at a time. */
final class ReportedUpdates {

    /** A total that no trainer reports: the next update is looked at in any case. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final OptionalLong every;
    private final int most;
    private Grid grid = new Grid(0, 1);
    private boolean begun;

    /** The least number that may be reported next. */
    private long expected;

    private long total = UNKNOWN;
    private long next;

    /**
     * @param every the grid has multiples of this many updates; empty: at most so many steps
     */
    ReportedUpdates(OptionalLong every, int most) {
        this.every = every;
        this.most = most;
    }

    /** Whether there is nothing to look at: it is the next update of the same total. */
    boolean isUsual(long update, long announced) {
        return update == expected && announced == total;
    }

    /** What an update breaks of the contract; empty if nothing. The first one begins the grid. */
    Optional<String> breach(long update, long announced) {
        if (announced < 0) {
            return Optional.of("it reported " + announced + " as the total");
        }
        if (!begun) {
            begun = true;
            if (update < 0 || update > announced) {
                return Optional.of(
                        "its first update was " + update + ", and it reported " + announced + " as the total");
            }
            total = announced;
            grid = Grid.of(announced, every, most);
            next = 0;
            return Optional.empty();
        }
        if (announced != grid.total()) {
            return Optional.of("it reported " + announced + " as the total, after " + grid.total());
        }
        if (update < expected || update > announced) {
            return Optional.of("it reported update " + update + " after update " + (expected - 1)
                    + (update < expected || expected > announced ? "" : ", and " + announced + " as the total"));
        }
        return Optional.empty();
    }

    /** The next step of the grid; the total where none follows. */
    long next() {
        return next == Grid.NEVER ? grid.total() : next;
    }

    /** Takes note of an update; true if it is to be measured. */
    boolean take(long update) {
        expected = update + 1;
        return update >= next && next != Grid.NEVER;
    }

    /** Whether no step of the grid follows an update. */
    boolean isLast(long update) {
        return grid.after(update) == Grid.NEVER;
    }

    /** An update was measured: the step behind it is the next. */
    void measured(long update) {
        next = grid.after(update);
        if (next == Grid.NEVER) {
            total = UNKNOWN;
        }
    }

    /** The run ends: whatever is reported now is looked at. */
    void end() {
        total = UNKNOWN;
    }

    /** What a trainer that returned without being asked to stop has left out; empty if nothing. */
    Optional<String> missing() {
        return last() == grid.total()
                ? Optional.empty()
                : Optional.of(
                        "it returned after update " + last() + " of " + grid.total() + " without being asked to stop");
    }

    /** Whether any was reported. */
    boolean haveBegun() {
        return begun;
    }

    /** The last that was reported; 0 before the first. */
    long last() {
        return Math.max(0, expected - 1);
    }

    /** How many the trainer says there will be; {@link Recorder#NONE} before the first. */
    long total() {
        return begun ? grid.total() : Recorder.NONE;
    }
}
