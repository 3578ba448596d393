package dev.ablate.reader.number;

import java.math.BigInteger;

/**
 * The first 128 binary digits of the powers of five from 5<sup>-342</sup> to 5<sup>308</sup>.
 *
 * <p>These are all that doubles need: a number of 19 digits times a smaller power of ten is 0, times a greater one infinite. What
 * follows the digits is cut off, as Lemire's proof asks for (Number parsing at a gigabyte per second, 2021); from 5<sup>-27</sup> to
 * 5<sup>-1</sup> the last digit is rounded up instead. They are computed when they are first needed, in some milliseconds, so that
 * nobody has to believe a table of 1,302 constants.
 */
final class PowersOfFive {

    static final int LEAST = -342;
    static final int MOST = 308;

    /** From here on a positive number below 2<sup>64</sup> can be a multiple of the power, so that a quotient ends. */
    static final int LEAST_EXACT = -27;

    private static final int DIGITS = 128;

    private static final long[] HIGH = new long[MOST - LEAST + 1];
    private static final long[] LOW = new long[MOST - LEAST + 1];

    static {
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int exponent = 0; exponent <= MOST; exponent++) {
            int surplus = power.bitLength() - DIGITS;
            put(exponent, surplus > 0 ? power.shiftRight(surplus) : power.shiftLeft(-surplus));
            power = power.multiply(five);
        }
        power = BigInteger.ONE;
        for (int exponent = -1; exponent >= LEAST; exponent--) {
            power = power.multiply(five);
            // 1 / power, shifted so that it has 128 digits before the point
            BigInteger digits =
                    BigInteger.ONE.shiftLeft(power.bitLength() + DIGITS - 1).divide(power);
            put(exponent, exponent < LEAST_EXACT ? digits : digits.add(BigInteger.ONE));
        }
    }

    private PowersOfFive() {}

    /** The first 64 digits of 5<sup>exponent</sup>, of which the very first is 1. */
    static long high(int exponent) {
        return HIGH[exponent - LEAST];
    }

    /** The next 64 digits. */
    static long low(int exponent) {
        return LOW[exponent - LEAST];
    }

    private static void put(int exponent, BigInteger digits) {
        HIGH[exponent - LEAST] = digits.shiftRight(Long.SIZE).longValue();
        LOW[exponent - LEAST] = digits.longValue();
    }
}
