package dev.ablate.worker.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Counts and numbers as messages give them. */
public final class Phrases {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    /** More names say no more. */
    private static final int MOST_NAMED = 4;

    private Phrases() {}

    /** {@code 1 run}, {@code 1,000 runs}. */
    public static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, noun) + (number == 1 ? "" : "s");
    }

    /** {@code a, b, c}; of more than four the first ones and how many more there are. */
    public static String some(List<String> names) {
        if (names.size() <= MOST_NAMED + 1) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }

    /** {@code 0.0625}. */
    public static String rounded(double value) {
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Two significant digits: {@code 0.063}, {@code 1200}, {@code 3.1e305}. */
    public static String brief(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return rounded.stripTrailingZeros().toPlainString();
        }
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
