package dev.ablate.engine.compare.significance;

import dev.ablate.engine.compare.significance.PairedTest.Outcome;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Sign patterns of units, each a pair or a cluster of pairs, which are gone through; of each its two subset means are kept. */
final class Patterns {

    /** Up to so many units every pattern is tried. */
    static final int ENUMERATED = 20;

    /** So many patterns are drawn where there are too many to try. */
    static final int SAMPLED = 100_000;

    /** So many are drawn at least. */
    private static final int FEWEST_SAMPLED = 10_000;

    /** So many signs are drawn in half a second. */
    private static final long SIGNS = 2_000_000_000L;

    /** Sums this close are ties, relative to the sum of absolute differences: doubles would separate them by rounding. */
    private static final double TIE = 1e-12;

    /** A Gray code walk sums afresh after so many steps, so that rounding stays far below {@link #TIE}. */
    private static final int FRESH = 1 << 10;

    private static final long SEED = 0;

    /** Of more units than this the work is divided among processors; of fewer it is done before others have begun. */
    static final int MANY = 1_000;

    /** Into so many parts. */
    private static final int PARTS = 4;

    /** The sum of the differences of each unit. */
    private final double[] sums;

    /** How many pairs each unit has. */
    private final int[] sizes;

    private final double total;
    private final int pairs;
    private final double least;
    private final double[] lower;
    private final double[] upper;
    private int kept;
    private long tried;
    private long extreme;
    private int weight;

    /**
     * None tried yet.
     *
     * @param sums of the differences of each unit, {@code [units]}
     * @param sizes how many pairs each has, {@code [units]}
     */
    Patterns(double[] sums, int... sizes) {
        this.sums = sums.clone();
        this.sizes = sizes.clone();
        this.pairs = IntStream.of(sizes).sum();
        this.total = DoubleStream.of(sums).sum();
        this.least =
                Math.abs(total) - TIE * DoubleStream.of(sums).map(Math::abs).sum();
        int size = sums.length <= ENUMERATED ? (1 << (sums.length - 1)) - 1 : sampled();
        this.lower = new double[size];
        this.upper = new double[size];
    }

    private int sampled() {
        return (int) Math.max(FEWEST_SAMPLED, Math.min(SAMPLED, SIGNS / sums.length));
    }

    /** All patterns in which the last unit keeps its sign; each stands for its mirror image, too. */
    void enumerate() {
        weight = 2;
        int patterns = 1 << (sums.length - 1);
        double flipped = 0;
        int count = 0;
        for (int step = 0; step < patterns; step++) {
            int gray = step ^ (step >>> 1);
            if (step > 0) {
                int bit = Integer.numberOfTrailingZeros(step);
                boolean set = (gray >>> bit & 1) == 1;
                count += set ? sizes[bit] : -sizes[bit];
                flipped += set ? sums[bit] : -sums[bit];
            }
            if (step % FRESH == 0) {
                flipped = sum(gray);
            }
            see(flipped, count);
        }
    }

    private double sum(int set) {
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            if ((set >>> i & 1) == 1) {
                sum += sums[i];
            }
        }
        return sum;
    }

    /** Some patterns, drawn with a fixed seed, and the one that was seen. */
    void sample() {
        weight = 1;
        see(0, 0);
        double[] flipped = new double[sampled()];
        int[] counts = new int[flipped.length];
        // each pattern adds up the units in the same order, so that nothing depends on how many threads there are
        IntStream parts = IntStream.range(0, PARTS);
        (sums.length > MANY ? parts.parallel() : parts).forEach(part -> sample(part, flipped, counts));
        for (int pattern = 0; pattern < flipped.length; pattern++) {
            see(flipped[pattern], counts[pattern]);
        }
    }

    /** The patterns of one part. For eight units at a time all their subsets are summed once, and each pattern takes one of them. */
    private void sample(int part, double[] flipped, int... counts) {
        int draws = (flipped.length + Long.BYTES - 1) / Long.BYTES;
        int first = draws * part / PARTS;
        int end = draws * (part + 1) / PARTS;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int from = 0; from < sums.length; from += Byte.SIZE) {
            Subsets subsets = new Subsets(sums, sizes, from);
            skip(first, random);
            for (int draw = first; draw < end; draw++) {
                subsets.add(random.nextLong(), draw * Long.BYTES, flipped, counts);
            }
            skip(draws - end, random);
        }
    }

    /** What the other parts draw: to draw it, too, takes next to nothing, since it is not looked at. */
    private static void skip(int draws, SplittableRandom random) {
        for (int i = 0; i < draws; i++) {
            random.nextLong();
        }
    }

    /** The subsets of eight units, by the bits of those in it. */
    private static final class Subsets {

        private static final int ALL = (1 << Byte.SIZE) - 1;

        private final double[] sums = new double[ALL + 1];
        private final int[] sizes = new int[ALL + 1];

        Subsets(double[] all, int[] pairs, int from) {
            for (int set = 1; set <= ALL; set++) {
                int unit = from + Integer.numberOfTrailingZeros(set);
                int others = set & (set - 1);
                boolean there = unit < all.length;
                sums[set] = sums[others] + (there ? all[unit] : 0);
                sizes[set] = sizes[others] + (there ? pairs[unit] : 0);
            }
        }

        /** Adds to each of some patterns the subset that one byte of the bits says. */
        void add(long bits, int first, double[] flipped, int... counts) {
            int end = Math.min(first + Long.BYTES, flipped.length);
            long left = bits;
            for (int pattern = first; pattern < end; pattern++) {
                int set = (int) left & ALL;
                flipped[pattern] += sums[set];
                counts[pattern] += sizes[set];
                left >>>= Byte.SIZE;
            }
        }
    }

    /** The same where the units are pairs that have few values: of those of one value a binomial number is flipped. */
    void sample(FewValues values) {
        weight = 1;
        see(0, 0);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int pattern = sampled(); pattern > 0; pattern--) {
            int count = 0;
            double flipped = 0;
            for (int value = 0; value < values.size(); value++) {
                int drawn = values.draw(value, random.nextDouble());
                count += drawn;
                flipped += drawn * values.value(value);
            }
            see(flipped, count);
        }
    }

    /** Takes note of the pattern that flips units of {@code count} pairs, whose sum is {@code flipped}. */
    private void see(double flipped, int count) {
        tried++;
        if (Math.abs(total - 2 * flipped) >= least) {
            extreme++;
        }
        int rest = pairs - count;
        if (count > 0 && rest > 0) {
            double here = flipped / count;
            double there = (total - flipped) / rest;
            lower[kept] = Math.min(here, there);
            upper[kept] = Math.max(here, there);
            kept++;
        }
    }

    /**
     * What the patterns say.
     *
     * @param scale what the sums were divided by
     * @param exact p, where it is known from all patterns
     */
    Outcome outcome(double scale, OptionalDouble exact) {
        double all = (double) tried * weight;
        double share = extreme * weight / all;
        double p = exact.orElse(share);
        Arrays.sort(lower, 0, kept);
        Arrays.sort(upper, 0, kept);
        // A value below k of the lower means is as extreme as (always + k) patterns make it.
        long always = tried - kept;
        int k = (int) Math.ceil(PairedTest.ALPHA * all / weight - always - 1e-9);
        k = Math.max(1, Math.min(kept, k));
        double low = lower[k - 1];
        double high = upper[kept - k];
        if (p >= PairedTest.ALPHA) {
            // The tolerance for ties may have counted what rounding puts a hair's breadth to the wrong side of 0.
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        } else if (exact.isPresent()) {
            // patterns that are drawn may say otherwise of 0 than all of them
            low = total > 0 && low <= 0 ? leastAbove(lower) : low;
            high = total < 0 && high >= 0 ? greatestBelow(upper) : high;
        }
        double error = weight == 1 && exact.isEmpty() ? Math.sqrt(share * (1 - share) / tried) : 0;
        return new Outcome(p, low * scale, high * scale, 1 - (always + k - 1) * weight / all, error);
    }

    private double leastAbove(double... means) {
        return Arrays.stream(means, 0, kept).filter(mean -> mean > 0).min().orElse(total / pairs);
    }

    private double greatestBelow(double... means) {
        return Arrays.stream(means, 0, kept).filter(mean -> mean < 0).max().orElse(total / pairs);
    }
}
