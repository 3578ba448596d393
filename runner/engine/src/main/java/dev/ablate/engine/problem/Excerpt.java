package dev.ablate.engine.problem;

/** The source line of a place with carets under it, as it stands under a message. */
final class Excerpt {

    /** A longer line is shown in part, so that a message stays readable. */
    private static final int WIDEST = 160;

    private static final int LEAD = 60;

    private Excerpt() {}

    /** Two lines, the second ending with the last caret. */
    static String of(Position place) {
        int[] line = place.text().codePoints().toArray();
        int caret = Math.min(place.column() - 1, line.length);
        int from = line.length > WIDEST && caret > WIDEST - LEAD ? caret - LEAD : 0;
        int to = Math.min(line.length, from + WIDEST);
        StringBuilder shown = new StringBuilder(from > 0 ? "..." : "");
        StringBuilder under = new StringBuilder(from > 0 ? "   " : "");
        for (int i = from; i < to; i++) {
            shown.appendCodePoint(line[i] == '\t' ? '\t' : visible(line[i]));
            if (i < caret) {
                under.append(line[i] == '\t' ? "\t" : " ".repeat(cells(line[i])));
            } else if (i < caret + place.length()) {
                under.append("^".repeat(cells(line[i])));
            }
        }
        if (under.indexOf("^") < 0) {
            under.append('^');
        }
        String number = Integer.toString(place.line());
        return "\n  " + number + " | " + shown + (to < line.length ? "..." : "") + "\n  " + " ".repeat(number.length())
                + " | " + under;
    }

    /** The code point itself, or a mark in its place where a terminal would obey it. */
    static int visible(int c) {
        return Character.isISOControl(c) || c == 0xFEFF || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c;
    }

    /** How many cells of a terminal a code point takes: 0 for what combines, 2 for East Asian wide ones and pictures. */
    private static int cells(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default ->
                (c >= 0x1100 && c <= 0x115F)
                                || (c >= 0x2E80 && c <= 0xA4CF)
                                || (c >= 0xAC00 && c <= 0xD7A3)
                                || (c >= 0xF900 && c <= 0xFAFF)
                                || (c >= 0xFE30 && c <= 0xFE6F)
                                || (c >= 0xFF00 && c <= 0xFF60)
                                || (c >= 0x1F300 && c <= 0x1FAFF)
                                || (c >= 0x20000 && c <= 0x3FFFD)
                        ? 2
                        : 1;
        };
    }
}
