package dev.ablate.engine.report.layout;

import java.util.Locale;
import java.util.stream.Collectors;

/** Text from names and messages that cannot play tricks on a terminal. */
public final class Printable {

    private static final int LONGEST_REASON = 600;

    private Printable() {}

    /** The same on one line: control characters, line breaks and those that turn the direction of text are written as escapes. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** The same, line breaks kept. */
    public static String lines(String text) {
        return escape(text, true);
    }

    /**
     * The same with each line no longer than a number of characters, and a word on how many were left out.
     *
     * @param rest where a person finds them
     */
    public static String brief(String text, int longest, String rest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.lines().map(line -> cut(line, longest, rest)).collect(Collectors.joining("\n"));
    }

    /** Why a run failed, whatever a plugin says of it: on one line, as long as a person reads it. */
    public static String reason(String error) {
        return brief(line(error), LONGEST_REASON, "-f json has them");
    }

    private static String cut(String line, int longest, String rest) {
        int characters = line.codePointCount(0, line.length());
        return characters <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)) + "... ("
                        + Numbers.count((long) characters - longest) + " more characters; " + rest + ")";
    }

    /** How many columns of a terminal it takes. */
    public static int width(String text) {
        return text.codePoints().map(Printable::width).sum();
    }

    private static String escape(String text, boolean keepBreaks) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if ((c == '\n' && keepBreaks) || !unsafe(c)) {
                safe.appendCodePoint(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\t') {
                safe.append("\\t");
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return safe.toString();
    }

    private static boolean unsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> 1;
        };
    }
}
