package dev.ablate.engine.planning;

import dev.ablate.engine.catalog.CanonicalText;
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

    /** {@code 755000}, {@code -0.25}, {@code 1.0E20}: all digits, none that say nothing. */
    static String exact(double value) {
        return CanonicalText.number(value).replaceFirst("\\.0$", "");
    }

    /** {@code 0.0625}. */
    static String number(double value) {
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }
}
