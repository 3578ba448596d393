package dev.ablate.reader.number;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a number where it stands in an array of bytes, digits and value in one pass.
 *
 * <p>A number is a sign or none, digits with or without a point, and an exponent or none: {@code -12.5e-3}. Nothing else is one, though
 * {@link Double#parseDouble} takes {@code 1d}, {@code 0x1p3}, {@code NaN} and blanks too.
 *
 * <p>Eight digits behind the point are read at once, as one long: first a test of all eight, then three multiplications (Lemire,
 * Number parsing at a gigabyte per second, 2021, section 8). So eight bytes behind the number must be readable, whatever they are.
 */
public final class NumberScanner {

    /** So many digits always fit into an unsigned long. */
    private static final int MOST_DIGITS = 19;

    /** An exponent that is beyond all doubles, however many digits stand before it. */
    private static final int HUGE = 100_000_000;

    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    /** The first of four pairs, and the third. */
    private static final long PAIR = 0x000000FF000000FFL;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A double has all whole numbers up to this one. */
    private static final long LARGEST_EXACT = 1L << 53;

    private final byte point;
    private final boolean strict;

    private double value;
    private int exponent;

    /**
     * @param point stands before the digits behind the point; an ASCII character
     */
    public NumberScanner(char point) {
        this(point, false);
    }

    /**
     * @param strict whether digits alone that begin with 0 are not a number, as {@code 007} may be a code, nor those that a double
     *     cannot hold, as they would be rounded
     */
    public NumberScanner(char point, boolean strict) {
        this.point = (byte) point;
        this.strict = strict;
    }

    /** The number that was read last. */
    public double value() {
        return value;
    }

    /**
     * Reads the number that begins at an index.
     *
     * @return the index behind it; -1 if what begins there is not a number, or greater than a double can hold
     */
    public int scan(byte[] bytes, int from) {
        int at = from;
        byte sign = bytes[at];
        if (sign == '-' || sign == '+') {
            at++;
        }
        int digitsFrom = at;
        long digits = 0;
        int digit = bytes[at] - '0';
        while (digit >= 0 && digit <= 9) {
            digits = 10 * digits + digit;
            digit = bytes[++at] - '0';
        }
        int count = at - digitsFrom;
        int power = 0;
        if (bytes[at] == point) {
            int behind = ++at;
            long eight = (long) EIGHT_BYTES.get(bytes, at) ^ 0x3030303030303030L;
            long others = notDigits(eight);
            while (others == 0) {
                digits = 100_000_000 * digits + number(eight);
                at += 8;
                eight = (long) EIGHT_BYTES.get(bytes, at) ^ 0x3030303030303030L;
                others = notDigits(eight);
            }
            int rest = Long.numberOfTrailingZeros(others) >> 3;
            // fewer than eight: moved up, so that zeros stand before them
            digits = TENS[rest] * digits + number(eight << (63 - 8 * rest) << 1);
            at += rest;
            power = behind - at;
            count -= power;
        } else if (strict && count > 1 && isDoubtful(bytes, digitsFrom, at, digits)) {
            return -1;
        }
        if (count == 0) {
            return -1;
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            at = scanExponent(bytes, at + 1);
            if (at < 0) {
                return -1;
            }
            power += exponent;
        }
        double size = count <= MOST_DIGITS || significant(bytes, digitsFrom, count) <= MOST_DIGITS
                ? Decimal.nearest(digits, power)
                : Double.NaN;
        if (Double.isNaN(size)) {
            size = slowly(bytes, digitsFrom, at);
            if (size == Double.POSITIVE_INFINITY) {
                return -1;
            }
        }
        value = sign == '-' ? -size : size;
        return at;
    }

    private static boolean isDoubtful(byte[] bytes, int from, int to, long digits) {
        if (bytes[to] == 'e' || bytes[to] == 'E') {
            return false;
        }
        boolean large = to - from > MOST_DIGITS || (to - from > 15 && (digits < 0 || digits > LARGEST_EXACT));
        return large || bytes[from] == '0';
    }

    /** Marks bytes that are not 0 to 9 by their highest bit. Only the lowest mark is sure; without any, all eight are digits. */
    private static long notDigits(long eight) {
        return ((eight + 0x7676767676767676L) | eight) & 0x8080808080808080L;
    }

    /**
     * The number of eight digits, the lowest byte being the first: neighbours are joined to pairs, pairs to fours, those to eight.
     *
     * <p>So short that a compiler of little effort puts it into {@link #scan}.
     */
    private static long number(long eight) {
        // 10 * 256 + 1: ten times each digit and the next one, in every second byte
        long pairs = (eight * 2561) >>> 8;
        return ((pairs & PAIR) * (100 + (1_000_000L << 32)) + ((pairs >>> 16) & PAIR) * (1 + (10_000L << 32))) >>> 32;
    }

    /** How many of so many digits, which a point may part, stand behind the leading zeros. */
    private int significant(byte[] bytes, int from, int count) {
        int left = count;
        for (int at = from; left > 0 && (bytes[at] == '0' || bytes[at] == point); at++) {
            left -= bytes[at] == '0' ? 1 : 0;
        }
        return left;
    }

    private int scanExponent(byte[] bytes, int from) {
        int at = from;
        byte sign = bytes[at];
        if (sign == '-' || sign == '+') {
            at++;
        }
        int digitsFrom = at;
        int number = 0;
        for (int digit = bytes[at] - '0'; digit >= 0 && digit <= 9; digit = bytes[++at] - '0') {
            number = Math.min(HUGE, 10 * number + digit);
        }
        exponent = sign == '-' ? -number : number;
        return at == digitsFrom ? -1 : at;
    }

    private double slowly(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        return Double.parseDouble(text.replace((char) point, '.'));
    }
}
