package dev.ablate.engine.problem;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One thing that is wrong in a spec, or worth a warning, as a person reads it.
 *
 * @param severity whether anything may run
 * @param at its place; empty where there is none
 * @param message what is wrong, without a full stop
 * @param suggestion what stands after the caret, such as {@code did you mean 'learning_rate'?}; empty if there is nothing to say
 * @param notes further lines, indented under the message
 */
public record Problem(Severity severity, Optional<Position> at, String message, String suggestion, List<String> notes) {

    /** A value is quoted up to this many code points. */
    private static final int SHOWN = 60;

    /** How bad it is. */
    public enum Severity {
        /** Nothing may run. */
        ERROR,
        /** It runs, and the person should know. */
        WARNING
    }

    /** Copies the list. */
    public Problem {
        notes = List.copyOf(notes);
    }

    /** An error at a place. */
    public static Problem error(Position at, String message) {
        return new Problem(Severity.ERROR, Optional.of(at), message, "", List.of());
    }

    /** Text in quotes as messages give it: control characters escaped, and long text shortened. */
    public static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    public static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        return length > SHOWN ? oneLine(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "..." : oneLine(text);
    }

    public static String oneLine(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> shown.appendCodePoint(Excerpt.visible(c));
            }
        });
        return shown.toString();
    }

    /** A warning at a place. */
    public static Problem warning(Position at, String message) {
        return new Problem(Severity.WARNING, Optional.of(at), message, "", List.of());
    }

    /** The same with a suggestion after the caret. */
    public Problem suggesting(String text) {
        return new Problem(severity, at, message, text, notes);
    }

    /** The same with each of its texts changed, the name of its file too; the line that it shows stays. */
    Problem withTexts(UnaryOperator<String> change) {
        return new Problem(
                severity,
                at.map(place -> place.named(change.apply(place.source()))),
                change.apply(message),
                change.apply(suggestion),
                notes.stream().map(change).toList());
    }

    /** The same with a further line. */
    public Problem noting(String line) {
        return new Problem(
                severity,
                at,
                message,
                suggestion,
                Stream.concat(notes.stream(), Stream.of(line)).toList());
    }

    /**
     * The message as printed: place, severity and message; then the source line with a caret, where there is one; then the
     * notes. Without a line break at the end.
     */
    public String render() {
        StringBuilder text = new StringBuilder();
        at.ifPresent(place -> text.append(oneLine(place.toString())).append(": "));
        text.append(severity == Severity.ERROR ? "error: " : "warning: ").append(message);
        String after = suggestion.isEmpty() ? "" : " " + suggestion;
        Optional<Position> shown = at.filter(place -> place.line() > 0);
        if (shown.isPresent()) {
            text.append(Excerpt.of(shown.get())).append(after);
        } else if (!after.isEmpty()) {
            text.append(";").append(after);
        }
        for (String note : notes) {
            text.append("\n    ").append(note);
        }
        return text.toString();
    }
}
