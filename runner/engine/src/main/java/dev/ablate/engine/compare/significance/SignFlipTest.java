package dev.ablate.engine.compare.significance;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * The exact sign-flip test for pairs (Fisher 1935), with its own inversion as the interval (Hartigan 1969).
 *
 * <p>If nothing but luck distinguishes variant from baseline, each difference could as well have had the other sign. So p is the share
 * of the {@code 2^n} sign patterns whose mean is at least as far from 0 as the one seen. All patterns are tried up to
 * {@value #ENUMERATED} pairs; above, {@value #SAMPLED} patterns are drawn with a fixed seed, and the one seen is counted among
 * them.
 *
 * <p>The interval holds each value m that the same test, made of the differences minus m, does not reject at 0.05. Flipping a set S
 * brings the statistic as far out as the one seen just where m lies between the mean of S and the mean of the rest. Hence its
 * ends are the k-th smallest and the k-th largest mean of a subset, k = floor(0.025 * 2^n), and it never contradicts p.
 *
 * <p>Sources: R. A. Fisher, "The Design of Experiments", 1935, section 21; J. A. Hartigan, "Using subsample values as typical
 * values", Journal of the American Statistical Association 64 (1969), 1303-1317.
 */
final class SignFlipTest implements PairedTest {

    /** Up to so many pairs every pattern is tried. */
    static final int ENUMERATED = 20;

    /** So many patterns are drawn where there are too many to try. */
    static final int SAMPLED = 100_000;

    /** Sums this close are ties, relative to the sum of absolute differences: doubles would separate them by rounding. */
    private static final double TIE = 1e-12;

    /** A Gray code walk sums afresh after so many steps, so that rounding stays far below {@link #TIE}. */
    private static final int FRESH = 1 << 10;

    private static final long SEED = 0;

    @Override
    public String word() {
        return "paired-permutation";
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        if (differences.length < FEWEST) {
            return Optional.empty();
        }
        // A scale of 1 keeps sums of huge differences finite and those of tiny ones normal.
        double largest = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        double scale = largest == 0 ? 1 : largest;
        double[] scaled =
                DoubleStream.of(differences).map(value -> value / scale).toArray();
        Patterns patterns = new Patterns(scaled);
        if (scaled.length <= ENUMERATED) {
            patterns.enumerate();
        } else {
            patterns.sample();
        }
        return Optional.of(patterns.outcome(scale));
    }

    /** Walks through sign patterns, and keeps for each its two subset means. */
    private static final class Patterns {

        private final double[] differences;
        private final double total;
        private final double least;
        private final double[] lower;
        private final double[] upper;
        private int kept;
        private long tried;
        private long extreme;
        private int weight;

        Patterns(double[] differences) {
            this.differences = differences;
            this.total = DoubleStream.of(differences).sum();
            this.least = Math.abs(total)
                    - TIE * DoubleStream.of(differences).map(Math::abs).sum();
            int size = differences.length <= ENUMERATED ? (1 << (differences.length - 1)) - 1 : SAMPLED;
            this.lower = new double[size];
            this.upper = new double[size];
        }

        /** All patterns in which the last difference keeps its sign; each stands for its mirror image, too. */
        void enumerate() {
            weight = 2;
            int patterns = 1 << (differences.length - 1);
            double flipped = 0;
            for (int step = 0; step < patterns; step++) {
                int gray = step ^ (step >>> 1);
                if (step % FRESH == 0) {
                    flipped = sum(gray);
                } else {
                    int bit = Integer.numberOfTrailingZeros(step);
                    flipped += (gray >>> bit & 1) == 1 ? differences[bit] : -differences[bit];
                }
                see(flipped, Integer.bitCount(gray));
            }
        }

        void sample() {
            weight = 1;
            see(0, 0);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int pattern = 0; pattern < SAMPLED; pattern++) {
                double flipped = 0;
                int count = 0;
                for (int from = 0; from < differences.length; from += Long.SIZE) {
                    long bits = random.nextLong();
                    if (differences.length - from < Long.SIZE) {
                        bits &= (1L << (differences.length - from)) - 1;
                    }
                    count += Long.bitCount(bits);
                    // from one that is set to the next: which are, no processor foresees
                    for (; bits != 0; bits &= bits - 1) {
                        flipped += differences[from + Long.numberOfTrailingZeros(bits)];
                    }
                }
                see(flipped, count);
            }
        }

        private double sum(int set) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                if ((set >>> i & 1) == 1) {
                    sum += differences[i];
                }
            }
            return sum;
        }

        /** Takes note of the pattern that flips {@code count} differences, whose sum is {@code flipped}. */
        private void see(double flipped, int count) {
            tried++;
            if (Math.abs(total - 2 * flipped) >= least) {
                extreme++;
            }
            int rest = differences.length - count;
            if (count > 0 && rest > 0) {
                double here = flipped / count;
                double there = (total - flipped) / rest;
                lower[kept] = Math.min(here, there);
                upper[kept] = Math.max(here, there);
                kept++;
            }
        }

        Outcome outcome(double scale) {
            double all = (double) tried * weight;
            double p = extreme * weight / all;
            Arrays.sort(lower, 0, kept);
            Arrays.sort(upper, 0, kept);
            // A value below k of the lower means is as extreme as (always + k) patterns make it.
            long always = tried - kept;
            int k = (int) Math.ceil(ALPHA * all / weight - always - 1e-9);
            k = Math.max(1, Math.min(kept, k));
            double low = lower[k - 1] * scale;
            double high = upper[kept - k] * scale;
            if (p >= ALPHA) {
                // The tolerance for ties may have counted what rounding puts a hair's breadth to the wrong side of 0.
                low = Math.min(low, 0);
                high = Math.max(high, 0);
            }
            return new Outcome(p, low, high, 1 - (always + k - 1) * weight / all);
        }
    }
}
