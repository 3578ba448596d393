package dev.ablate.worker.data;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The generator xoshiro256++ of Blackman and Vigna ("Scrambled linear pseudorandom number generators", 2021), with every
 * step from bits to numbers written out.
 *
 * <p>The JDK has this generator and better ones, and promises the numbers of none of them: {@link RandomGenerator}'s own
 * {@code nextGaussian} and bounded draws may change with a release, and use {@link Math}, whose last bit may differ between
 * machines. A result must be the same to the bit for as long as its seed is quoted. What is not overridden here (floats,
 * bytes, streams of numbers) is the JDK's.
 */
final class Xoshiro implements RandomGenerator {

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** The second of two normal draws that are made together; null if it was taken. */
    private @Nullable Double spare;

    /** Starts from 256 bits, not all of them 0. */
    Xoshiro(long s0, long s1, long s2, long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** From 0 to less than {@code bound}, each equally likely: what would favour the small ones is drawn again. */
    @Override
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive");
        }
        while (true) {
            long bits = nextLong() >>> 1;
            long value = bits % bound;
            // below 0 by overflow where the last, incomplete stretch of the range was hit
            if (bits - value + (bound - 1) >= 0) {
                return value;
            }
        }
    }

    @Override
    public long nextLong(long origin, long bound) {
        if (origin >= bound) {
            throw new IllegalArgumentException("bound must be greater than origin");
        }
        if (bound - origin > 0) {
            return origin + nextLong(bound - origin);
        }
        while (true) {
            long value = nextLong();
            if (value >= origin && value < bound) {
                return value;
            }
        }
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    /** From 0 to less than 1, a multiple of 2^-53. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    @Override
    public double nextDouble(double origin, double bound) {
        if (!(origin < bound && bound - origin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("bound must be greater than origin, and their difference finite");
        }
        double value = origin + nextDouble() * (bound - origin);
        return value < bound ? value : Math.nextDown(bound);
    }

    /** Standard normal, by Marsaglia's polar method. */
    @Override
    public double nextGaussian() {
        if (spare != null) {
            double second = spare;
            spare = null;
            return second;
        }
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square != 0) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spare = y * factor;
                return x * factor;
            }
        }
    }

    @Override
    public double nextGaussian(double mean, double sd) {
        if (sd < 0) {
            throw new IllegalArgumentException("standard deviation must be 0 or greater");
        }
        return mean + sd * nextGaussian();
    }

    /** Exponential with mean 1. */
    @Override
    public double nextExponential() {
        return -StrictMath.log1p(-nextDouble());
    }
}
