package dev.ablate.datasets;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A number as it stands in a file: digits, a point, an exponent, and nothing that only some program understands. */
final class CsvNumber {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern WITH_COMMA = Pattern.compile("[+-]?[\\d.,]*\\d,\\d[\\d.,]*([eE][+-]?\\d+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");
    private static final Set<String> MISSING = Set.of("na", "n/a", "null", "none", "missing", "?", "-", ".");

    private CsvNumber() {}

    static boolean isNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }

    /**
     * The number that is written, blanks around it ignored.
     *
     * @throws NumberFormatException with what is wrong and what to do, if it is not a finite number
     */
    static double parse(String text) {
        String written = text.strip();
        if (!isNumber(written)) {
            throw new NumberFormatException(whatIsWrong(written));
        }
        double number = Double.parseDouble(written);
        if (Double.isInfinite(number)) {
            throw new NumberFormatException("'" + written + "' is greater than a double can hold: use a larger unit");
        }
        return number;
    }

    private static String whatIsWrong(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        if (written.isEmpty()) {
            return "the value is missing: fill it in, or remove the row";
        }
        if (MISSING.contains(lower)) {
            return "'" + written + "' stands for a missing value: fill it in, or remove the row";
        }
        if (NOT_FINITE.matcher(lower).matches()) {
            return "'" + written + "' is not a finite number: fill it in, or remove the row";
        }
        if (WITH_COMMA.matcher(written).matches()) {
            return "'" + written + "' has a comma: write decimals with a point, and thousands without a separator";
        }
        return "'" + written + "' is not a number: code the column as numbers, or remove it";
    }
}
