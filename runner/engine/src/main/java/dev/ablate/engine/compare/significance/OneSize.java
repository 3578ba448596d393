package dev.ablate.engine.compare.significance;

import dev.ablate.engine.compare.significance.SignedSum.Window;

/**
 * The exact interval of differences that are 1, -1 or 0, by inversion of the sign-flip test.
 *
 * <p>The lower end is the least x for which {@code 2 P(mean of a subset <= x)} is 0.05 or more, a subset drawn by a coin for each pair: with
 * A, B and Z the numbers drawn of the positive, the negative and those of 0, its mean is at most x where {@code A (1 - x) - B (1 +
 * x) - Z x <= 0}. Each of the three is binomial.
 */
final class OneSize {

    /** Less than this is far from anything that a level of 0.95 depends on. */
    private static final double NOTHING = 1e-13;

    private static final double NOTHING_OF_MANY = 1e-10;

    /** How close ends are found, as a share of the size. */
    private static final double CLOSE = 1e-13;

    /** With more pairs than this, steps from one mean of a subset to the next are smaller than anybody reads. */
    private static final int MANY = 1_000;

    /** As a share of the standard error. */
    private static final double CLOSE_OF_MANY = 1e-7;

    private final int[] counts;
    private final Window[] windows = new Window[3];

    /** Which of the three are most: its distribution is summed, and the two others are gone through. */
    private int most;

    private OneSize(int positive, int negative, int zero) {
        counts = new int[] {positive, negative, zero};
        for (int i = 0; i < counts.length; i++) {
            windows[i] = Window.of(counts[i], positive + negative + zero > MANY ? NOTHING_OF_MANY : NOTHING);
            most = counts[i] > counts[most] ? i : most;
        }
        windows[most] = windows[most].summed();
    }

    /**
     * An end of the interval.
     *
     * @param at in units of the one size, -1 to 1
     * @param beyond how probable it is that the interval lies beyond the true difference on this side
     */
    record End(double at, double beyond) {

        End mirrored() {
            return new End(-at, beyond);
        }
    }

    /** The lower end. */
    static End low(int positive, int negative, int zero) {
        OneSize of = new OneSize(positive, negative, zero);
        double low = -1;
        double beyond = of.atMost(low);
        if (2 * beyond >= PairedTest.ALPHA) {
            return new End(low, 0);
        }
        // of every second subset the mean is at most that of all
        double n = positive + negative + zero;
        double high = (positive - negative) / n;
        double above = 0.5;
        double error = Math.sqrt((positive + negative) / n - high * high) / Math.sqrt(n);
        double close = n > MANY ? Math.max(CLOSE, CLOSE_OF_MANY * error) : CLOSE;
        boolean halve = false;
        while (high - low > close) {
            // with many pairs the probability is nearly a straight line between two places that are close; else it has
            // steps
            double part = halve ? 0.5 : (PairedTest.ALPHA / 2 - beyond) / (above - beyond);
            double between = low + Math.min(0.99, Math.max(0.01, part)) * (high - low);
            double share = of.atMost(between);
            double width = high - low;
            if (2 * share >= PairedTest.ALPHA) {
                high = between;
                above = share;
            } else {
                low = between;
                beyond = share;
            }
            halve = high - low > width / 2;
        }
        return new End(high, beyond);
    }

    /** The upper end. */
    static End high(int positive, int negative, int zero) {
        return low(/* positive= */ negative, /* negative= */ positive, zero).mirrored();
    }

    /** How probable a subset is whose mean is at most x, or that is empty. */
    private double atMost(double x) {
        double[] factors = {1 - x, -1 - x, -x};
        int one = most == 0 ? 1 : 0;
        int other = most == 2 ? 1 : 2;
        Window first = windows[one];
        double share = 0;
        for (int i = 0; i < first.shares().length; i++) {
            share += first.shares()[i]
                    * rest(factors[one] * (first.first() + i), windows[other], factors[other], factors[most]);
        }
        return share;
    }

    /** How probable {@code sum + factor V + factorOfMost W <= 0} is, V the number of one kind and W of those that are most. */
    private double rest(double sum, Window other, double factor, double factorOfMost) {
        double[] shares = other.shares();
        double[] upTo = windows[most].shares();
        double share = 0;
        if (factorOfMost == 0) {
            for (int j = 0; j < shares.length; j++) {
                share += sum + factor * (other.first() + j) <= 0 ? shares[j] : 0;
            }
            return share;
        }
        // W is to be at most, or at least, a bound that moves evenly; counted from the first number of its distribution
        double bound = -(sum + factor * other.first()) / factorOfMost - windows[most].first();
        double step = -factor / factorOfMost;
        boolean below = factorOfMost > 0;
        for (int j = 0; j < shares.length; j++) {
            double index = bound + step * j;
            int whole = (int) index;
            if (!below && whole == index) {
                // at least the bound is more than one below it
                index--;
                whole--;
            }
            double probable = index < 0 ? 0 : index >= upTo.length - 1 ? 1 : upTo[whole];
            share += shares[j] * (below ? probable : 1 - probable);
        }
        return share;
    }
}
