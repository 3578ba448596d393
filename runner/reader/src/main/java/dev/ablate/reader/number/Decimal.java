package dev.ablate.reader.number;

/**
 * Turns decimal digits and a power of ten into the nearest double, without a string.
 *
 * <p>Two ways lead to it. Where digits and power are doubles themselves, one multiplication or division rounds once and is right
 * (Clinger, How to read floating point numbers accurately, 1990). Else the digits are multiplied with the first 128 binary digits of
 * the power, which is enough but for few numbers (Lemire, Number parsing at a gigabyte per second, 2021; with Eisel). Those few are
 * noticed: {@link Double#parseDouble}, slow and always right, has to answer for them.
 */
final class Decimal {

    private static final long LARGEST_EXACT = 1L << 53;

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int BIAS = 1023;
    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    private Decimal() {}

    /**
     * The double that is nearest to {@code digits * 10^power}, the even one of two that are equally near.
     *
     * @param digits unsigned
     * @return NaN where it is not known: below the normal doubles, above the greatest, and in rare cases between
     */
    static double nearest(long digits, int power) {
        if (digits >= 0 && digits <= LARGEST_EXACT && power >= -22 && power <= 22) {
            return power < 0 ? digits / TENS[-power] : digits * TENS[power];
        }
        if (digits == 0) {
            return 0;
        }
        if (power < PowersOfFive.LEAST || power > PowersOfFive.MOST) {
            return Double.NaN;
        }
        return byPowerOfFive(digits, power);
    }

    /** 10^power is 5^power * 2^power, and a power of two is no more than an exponent. */
    private static double byPowerOfFive(long digits, int power) {
        int shift = Long.numberOfLeadingZeros(digits);
        long factor = digits << shift;
        long five = PowersOfFive.high(power);
        long high = multiplyHigh(factor, five);
        long low = factor * five;
        if ((high & 0x1FF) == 0x1FF) {
            // all that will be cut off is ones: the next 64 digits of the power may carry into it
            long carry = multiplyHigh(factor, PowersOfFive.low(power));
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
            if (low == -1L && (power < PowersOfFive.LEAST_EXACT || power > 55)) {
                return Double.NaN;
            }
        }
        // the product has 128 or 127 digits; the first 53 are the double's, the 54th rounds
        int upper = (int) (high >>> 63);
        long fraction = high >>> (upper + 9);
        // 217706 / 2^16 is log2(10), near enough for these powers
        int exponent = ((217706 * power) >> 16) + 63 + upper - shift + BIAS;
        if (exponent <= 0) {
            return Double.NaN;
        }
        boolean tie = Long.compareUnsigned(low, 1) <= 0
                && power >= -4
                && power <= 23
                && (fraction & 3) == 1
                && (fraction << (upper + 9)) == high;
        if (!tie) {
            fraction += fraction & 1;
        }
        fraction >>>= 1;
        if (fraction >> (FRACTION_BITS + 1) != 0) {
            fraction >>>= 1;
            exponent++;
        }
        return exponent >= 0x7FF
                ? Double.NaN
                : Double.longBitsToDouble(((long) exponent << FRACTION_BITS) | (fraction & FRACTION));
    }

    /** The upper 64 digits of the product of two unsigned numbers. */
    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
