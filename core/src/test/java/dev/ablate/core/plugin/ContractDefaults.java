package dev.ablate.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Defaults as authors write them, as plain data: what of YAML stands in them, so that a plugin's tests need no reader of it. */
final class ContractDefaults {

    private final String text;
    private int at;

    private ContractDefaults(String text) {
        this.text = text;
    }

    /**
     * Reads one.
     *
     * @throws AssertionError if it is not YAML on one line
     */
    static Object plainData(String fallback) {
        ContractDefaults reader = new ContractDefaults(fallback);
        Object value = reader.value("");
        reader.blanks();
        if (reader.at < fallback.length()) {
            throw new AssertionError("not YAML on one line: " + fallback);
        }
        return value;
    }

    /** Plain text ends before one of these. */
    private Object value(String ends) {
        blanks();
        if (take('[')) {
            blanks();
            List<Object> items = new ArrayList<>();
            while (!take(']')) {
                items.add(value(",]"));
                comma(']');
            }
            return items;
        }
        if (take('{')) {
            blanks();
            Map<String, Object> entries = new LinkedHashMap<>();
            while (!take('}')) {
                String key = plain(":");
                expect(':');
                entries.put(key, value(",}"));
                comma('}');
            }
            return entries;
        }
        if (take('"')) {
            String quoted = plain("\"");
            expect('"');
            return quoted;
        }
        return scalar(plain(ends));
    }

    private static Object scalar(String plain) {
        if (plain.equals("true") || plain.equals("false")) {
            return Boolean.valueOf(plain);
        } else if (plain.matches("[-+]?(0|[1-9][0-9]*)")) {
            return Long.valueOf(plain);
        }
        return plain.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")
                ? (Object) Double.valueOf(plain)
                : plain;
    }

    private String plain(String ends) {
        int from = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private void comma(char end) {
        blanks();
        if (at == text.length() || text.charAt(at) != end) {
            expect(',');
        }
        blanks();
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw new AssertionError("not YAML on one line, as " + wanted + " is missing: " + text);
        }
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
