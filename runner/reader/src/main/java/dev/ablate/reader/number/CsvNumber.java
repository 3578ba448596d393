package dev.ablate.reader.number;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value looks like that should be a number: digits, a point, an exponent, and nothing that only some program understands. */
public final class CsvNumber {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern DIGITS = Pattern.compile("[+-]?\\d+");
    private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d+");
    private static final Pattern WITH_COMMA = Pattern.compile("[+-]?[\\d.,]*\\d?,\\d[\\d.,]*([eE][+-]?\\d+)?");
    private static final Pattern SPACED =
            Pattern.compile("[+-]?\\d{1,3}([ \\u00a0\\u202f\\u2009'\\u2019_]\\d{3})+([.,]\\d*)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");
    private static final Set<String> MISSING = Set.of("na", "n/a", "null", "none", "missing", "?", "-", ".");

    /** What a text is, as far as numbers go. */
    public enum Look {
        /** Digits that begin with 0: a code, or a number. */
        LEADING_ZERO,
        /** A whole number that a double would round to another. */
        TOO_MANY_DIGITS,
        /** Greater than a double can hold. */
        TOO_LARGE,
        /** Infinite, or not a number by its own words. */
        NOT_FINITE,
        /** With decimals behind the other mark. */
        OTHER_DECIMAL,
        /** With something before each three digits. */
        GROUPED,
        /** What often stands for a missing value. */
        MISSING_MARK,
        /** Anything else. */
        TEXT
    }

    private CsvNumber() {}

    public static boolean isNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }

    /**
     * What a text is that is not a plain number.
     *
     * @param point stands before decimals: a point or a comma
     */
    public static Look look(String text, char point) {
        String lower = text.toLowerCase(Locale.ROOT);
        String pointed = point == '.' ? text : exchanged(text);
        if (LEADING_ZERO.matcher(text).matches()) {
            return Look.LEADING_ZERO;
        } else if (NUMBER.matcher(pointed).matches()) {
            return DIGITS.matcher(text).matches() && text.length() < 300 ? Look.TOO_MANY_DIGITS : Look.TOO_LARGE;
        } else if (NOT_FINITE.matcher(lower).matches()) {
            return Look.NOT_FINITE;
        } else if (isGrouped(pointed) || SPACED.matcher(text).matches()) {
            return Look.GROUPED;
        } else if (WITH_COMMA.matcher(pointed).matches()) {
            return Look.OTHER_DECIMAL;
        }
        return MISSING.contains(lower) ? Look.MISSING_MARK : Look.TEXT;
    }

    private static boolean isGrouped(String pointed) {
        return pointed.matches("[+-]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?");
    }

    /** Points for commas, and the other way round. */
    private static String exchanged(String text) {
        return text.replace('.', '\0').replace(',', '.').replace('\0', ',');
    }

    /**
     * What is wrong with a text that should be a number and what to do.
     *
     * @param column its name
     */
    public static String whatIsWrong(String written, char point, String column) {
        if (written.isEmpty()) {
            return "the value is missing: fill it in, or remove the row";
        }
        if (MISSING.contains(written.toLowerCase(Locale.ROOT))) {
            return "'" + written + "' stands for a missing value: fill it in, or remove the row";
        }
        return switch (look(written, point)) {
            case LEADING_ZERO ->
                "'" + written + "' may be a code or a number: give columns: { " + column + ": category } or { " + column
                        + ": number }";
            case TOO_MANY_DIGITS ->
                "'" + written + "' is above 2^53, and would be rounded to another number: give columns: { " + column
                        + ": category }, or ignore: [" + column + "]";
            case TOO_LARGE -> "'" + written + "' is greater than a double can hold: use a larger unit";
            case NOT_FINITE -> "'" + written + "' is not a finite number: fill it in, or remove the row";
            case GROUPED -> "'" + written + "' has " + grouped(written, point);
            case OTHER_DECIMAL ->
                point == '.'
                        ? "'" + written + "' has a comma: give decimal: ',', or write decimals with a point"
                        : "'" + written + "' has a point: give decimal: '.', or write decimals with a comma";
            default -> "'" + written + "' is not a number: code the column as numbers, or remove it";
        };
    }

    private static String grouped(String written, char point) {
        if (written.matches(".*[\\u00a0\\u202f\\u2009].*")) {
            return "a non-breaking space in a number: give thousands: ' '";
        } else if (written.contains(" ")) {
            return "a blank in a number: give thousands: ' '";
        }
        for (char mark : new char[] {'\'', '\u2019', '_'}) {
            if (written.indexOf(mark) >= 0) {
                return "'" + mark + "' in a number: give thousands: \"" + mark + "\"";
            }
        }
        return point == '.'
                ? "a comma: give thousands: ',', or decimal: ',' if decimals follow it"
                : "a point: give thousands: '.', or decimal: '.' if decimals follow it";
    }
}
