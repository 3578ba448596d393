package dev.ablate.runner.report;

import java.util.Locale;

/** Text from names and messages that cannot play tricks on a terminal. */
public final class Printable {

    private Printable() {}

    /** The same on one line: control characters, line breaks and those that turn the direction of text are written as escapes. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** The same, line breaks kept. */
    public static String lines(String text) {
        return escape(text, true);
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
