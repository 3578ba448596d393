package dev.ablate.engine.report.layout;

import dev.ablate.engine.compare.Verdict;

/** Whether text is coloured, and how: the one place that knows a terminal's codes. */
public enum Style {
    /** For files, pipes and people who want no colours. */
    PLAIN,
    /** For a terminal. */
    COLOURED;

    private static final int BOLD = 1;
    private static final int DIM = 2;
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;

    /** What should be read first. */
    public String strong(String text) {
        return code(BOLD, text);
    }

    /** What can be read last. */
    public String faint(String text) {
        return code(DIM, text);
    }

    /** What is wrong. */
    public String alarming(String text) {
        return code(RED, text);
    }

    /** A verdict's word, perhaps padded. */
    String verdict(String text) {
        String word = text.strip();
        if (word.equals(Verdict.BETTER.word())) {
            return code(GREEN, text);
        }
        if (word.equals(Verdict.WORSE.word())) {
            return code(RED, text);
        }
        return word.equals(Verdict.UNDECIDED.word()) ? code(YELLOW, text) : text;
    }

    private String code(int code, String text) {
        String bare = text.strip();
        if (this == PLAIN || bare.isEmpty()) {
            return text;
        }
        // the space around it stays outside, where the end of a line can lose it
        int from = text.indexOf(bare);
        return text.substring(0, from) + "\u001b[" + code + "m" + bare + "\u001b[0m"
                + text.substring(from + bare.length());
    }
}
