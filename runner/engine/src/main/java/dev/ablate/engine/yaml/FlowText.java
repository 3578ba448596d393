package dev.ablate.engine.yaml;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes a node as YAML in flow style on one line, so that reading it back gives the same node. */
public final class FlowText {

    /** Text that no YAML reader takes for anything but text, wherever it stands. */
    private static final Pattern PLAIN =
            Pattern.compile("[0-9.]+%|[A-Za-z_/][A-Za-z0-9_./+%-]*( [A-Za-z0-9_./+%(-][A-Za-z0-9_./+%()-]*)*");

    private static final int LONGEST_PLAIN = 200;

    private FlowText() {}

    static String of(Node node) {
        StringBuilder text = new StringBuilder();
        append(node, false, text);
        return text.toString();
    }

    /** With {@code ${env:}} expanded, but where a variable's name says that it holds a secret. */
    public static String ofUsed(Node node) {
        StringBuilder text = new StringBuilder();
        append(node, true, text);
        return text.toString();
    }

    /** A key, or text as a value. */
    public static String ofText(String text) {
        return text.length() <= LONGEST_PLAIN
                        && PLAIN.matcher(text).matches()
                        && PlainScalar.kindOf(text) == Node.Kind.TEXT
                ? text
                : quoted(text);
    }

    private static void append(Node node, boolean used, StringBuilder text) {
        if (node instanceof Node.Scalar scalar
                && used
                && scalar.isFromEnvironment()
                && !Environment.namesSecret(scalar.written())) {
            text.append(scalar.kind() == Node.Kind.TEXT ? ofText(scalar.text()) : scalar.text());
        } else if (node instanceof Node.Scalar scalar) {
            boolean asText = scalar.kind() == Node.Kind.TEXT || scalar.isFromEnvironment();
            text.append(asText ? ofText(scalar.written()) : scalar.written().isEmpty() ? "null" : scalar.written());
        } else if (node instanceof Node.Sequence sequence) {
            String separator = "[";
            for (Node item : sequence.items()) {
                text.append(separator);
                append(item, used, text);
                separator = ", ";
            }
            text.append(sequence.items().isEmpty() ? "[]" : "]");
        } else if (node instanceof Node.Mapping mapping) {
            String separator = "{ ";
            for (var entry : mapping.entries().entrySet()) {
                text.append(separator).append(ofText(entry.getKey())).append(": ");
                append(entry.getValue().value(), used, text);
                separator = ", ";
            }
            text.append(mapping.entries().isEmpty() ? "{}" : " }");
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
