package dev.ablate.engine.compare.significance;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Differences that are whole multiples of one step, as those of scores, counts and ratings are.
 *
 * <p>The step is found by Euclid's algorithm, and holds where every difference is a multiple of it but for {@value #ROUNDING} of the largest
 * one: what doubles leave of 0.3 - 0.1.
 */
final class Lattice {

    /** A finer step is none: most doubles are a multiple of one that is fine enough. */
    private static final int MOST = 1_000_000;

    /** As a share of the largest difference. */
    private static final double ROUNDING = 1e-9;

    /** A remainder below this share of the largest difference is none; ten times what rounding is, and far below any step. */
    private static final double REMAINDER = 1e-8;

    private final double step;
    private final int[] multiples;

    private Lattice(double step, int... multiples) {
        this.step = step;
        this.multiples = multiples;
    }

    /**
     * The differences as multiples of their step.
     *
     * @param differences finite, {@code [n]}
     * @return empty where there is no such step, or every difference is 0
     */
    static Optional<Lattice> of(double... differences) {
        double[] sizes = DoubleStream.of(differences)
                .map(Math::abs)
                .filter(size -> size > 0)
                .toArray();
        Arrays.sort(sizes);
        if (sizes.length == 0) {
            return Optional.empty();
        }
        double largest = sizes[sizes.length - 1];
        double step = largest;
        for (double size : sizes) {
            double rest = Math.abs(size - Math.rint(size / step) * step);
            // one that fits says nothing new
            if (rest > REMAINDER * largest) {
                step = common(step, size, REMAINDER * largest);
                if (step * MOST < largest) {
                    return Optional.empty();
                }
                // the largest multiple says best what the step is
                step = largest / Math.rint(largest / step);
            }
        }
        return fitted(step, largest, differences);
    }

    private static double common(double one, double other, double nothing) {
        double a = Math.max(one, other);
        double b = Math.min(one, other);
        while (b > nothing) {
            double rest = Math.abs(a - Math.rint(a / b) * b);
            a = b;
            b = rest;
        }
        return a;
    }

    private static Optional<Lattice> fitted(double step, double largest, double... differences) {
        int[] multiples = new int[differences.length];
        for (int i = 0; i < differences.length; i++) {
            double multiple = Math.rint(differences[i] / step);
            if (Math.abs(differences[i] - multiple * step) > ROUNDING * largest || Math.abs(multiple) > MOST) {
                return Optional.empty();
            }
            multiples[i] = (int) multiple;
        }
        return Optional.of(new Lattice(step, multiples));
    }

    /** Above 0, in the unit of the differences. */
    double step() {
        return step;
    }

    /** One a difference, with its sign; {@code [n]}. */
    int[] multiples() {
        return multiples.clone();
    }

    /** Whether all that are not 0 have one absolute value. */
    boolean isOfOneSize() {
        return Arrays.stream(multiples).allMatch(multiple -> Math.abs(multiple) <= 1);
    }

    /** How many multiples have a sign: 1, 0 or -1. */
    int count(int sign) {
        return (int) Arrays.stream(multiples)
                .filter(multiple -> Integer.signum(multiple) == sign)
                .count();
    }
}
