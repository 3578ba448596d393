package dev.ablate.trainers.program.mlflow;

import java.util.regex.Pattern;

/** MLflow's bounds. */
final class Limits {

    static final int MOST_METRICS = 1_000;
    static final int MOST_PAIRS = 100;
    static final int MOST_ENTITIES = 1_000;

    private static final int LONGEST_KEY = 250;
    private static final int LONGEST_PARAM = 6_000;
    private static final int LONGEST_TAG = 8_000;
    private static final int SHOWN = 100;

    private static final Pattern KEY = Pattern.compile("[\\w\\-. :/]+", Pattern.UNICODE_CHARACTER_CLASS);

    private Limits() {}

    /** @param what {@code metric}, {@code param} or {@code tag} */
    static void requireKey(String what, String key) {
        if (key.isEmpty()) {
            throw ApiError.invalid("Invalid value for parameter '" + what + "': a key name must be provided.");
        }
        boolean elsewhere =
                key.startsWith("/") || key.endsWith("/") || key.matches("(.*/)?\\.\\.?(/.*)?") || key.contains("//");
        if (!KEY.matcher(key).matches() || elsewhere) {
            throw ApiError.invalid("Invalid " + what + " name: '" + shortened(key)
                    + "'. Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ),"
                    + " colon(:) and slashes (/).");
        }
        requireLength(what + " name", key, LONGEST_KEY);
    }

    static void requireParam(String value) {
        requireLength("param value", value, LONGEST_PARAM);
    }

    static void requireTag(String value) {
        requireLength("tag value", value, LONGEST_TAG);
    }

    static void requireCount(String what, int count, int most) {
        if (count > most) {
            throw ApiError.invalid("A batch logging request can contain at most " + most + " " + what + ". Got " + count
                    + " " + what + ". Please split up " + what + " across multiple requests and try again.");
        }
    }

    private static void requireLength(String what, String text, int most) {
        if (text.codePointCount(0, text.length()) > most) {
            throw ApiError.invalid("A " + what + " had length " + text.length() + ", which exceeded length limit of "
                    + most + ": '" + shortened(text) + "'");
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
