package dev.ablate.runner.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Counts and numbers as messages give them. */
final class Phrases {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Phrases() {}

    /** {@code 1 run}, {@code 1,000 runs}. */
    static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, noun) + (number == 1 ? "" : "s");
    }

    /** {@code 0.0625}. */
    static String number(double value) {
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }
}
