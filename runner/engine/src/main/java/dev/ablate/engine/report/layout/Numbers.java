package dev.ablate.engine.report.layout;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as text, alike on every machine and in every locale. */
public final class Numbers {

    /** Significant digits in a table. */
    static final int TABLE = 4;

    /** Significant digits in a sentence. */
    public static final int SENTENCE = 3;

    /** A double has at most this many significant digits. */
    private static final int ALL = 17;

    private static final String NONE = "-";

    private static final Pattern HISSING = Pattern.compile("(?:ss|x|ch|sh)$");

    private static final Pattern IN_Y = Pattern.compile("[^aeiou]y$");

    private Numbers() {}

    /**
     * The shortest text that reads back to the same double: {@code 0.1}, {@code 10000}, {@code 1e-6}. Every finite one is a
     * number in JSON too.
     */
    public static String exact(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        // every text of 15 digits survives as a normal double: a shorter one than that is found by rounding to 15
        for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15; digits < ALL; digits++) {
            BigDecimal candidate = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (candidate.doubleValue() == value) {
                return layout(candidate.stripTrailingZeros(), 15);
            }
        }
        return layout(new BigDecimal(value).round(new MathContext(ALL, RoundingMode.HALF_EVEN)), 15);
    }

    /** For a table: four significant digits, and never less than the whole part. */
    public static String rounded(double value) {
        return rounded(value, TABLE);
    }

    /**
     * So many significant digits; zeros at the end say that it was rounded, as in {@code 1.000}, and there are none where it
     * was not; the whole part is kept up to seven digits; {@code -} for NaN.
     */
    public static String rounded(double value, int digits) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        if (Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        if (exponent >= digits && exponent < 7) {
            rounded = exact.setScale(0, RoundingMode.HALF_EVEN);
        }
        boolean whole = Math.abs(rounded.doubleValue() - value) <= 1e-12 * Math.abs(value);
        return layout(whole ? rounded.stripTrailingZeros() : rounded, 7);
    }

    /** How many digits a sentence needs so that two different numbers look different; neither is NaN. */
    public static int digitsToDistinguish(double a, double b) {
        int digits = SENTENCE;
        while (digits < ALL
                && a != b
                && Double.parseDouble(rounded(a, digits)) == Double.parseDouble(rounded(b, digits))) {
            digits++;
        }
        return digits;
    }

    /** A share in per cent to one place: {@code 95.1 %}, {@code 95 %}. */
    public static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.1f", share * 100);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
    }

    /** A count: {@code 10,000}. */
    public static String count(long value) {
        // thousands of them are in a table, and a format takes its time
        return Math.abs(value) < 1_000 ? Long.toString(value) : String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 run}, {@code 20 runs}. */
    public static String count(long value, String one) {
        return count(value) + " " + (value == 1 ? one : plural(one));
    }

    /** Several of what a noun calls one: {@code runs}, {@code queries}, {@code classes}. */
    public static String plural(String one) {
        if (HISSING.matcher(one).find()) {
            return one + "es";
        }
        return IN_Y.matcher(one).find() ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    }

    private static String layout(BigDecimal value, int wholeDigits) {
        int exponent = exponent(value);
        return exponent >= -5 && exponent < wholeDigits
                ? value.toPlainString()
                : value.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }
}
