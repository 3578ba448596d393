package dev.ablate.engine.report.html;

import dev.ablate.engine.report.layout.Printable;

/** Writes HTML: whatever comes from outside is text, and nothing else. */
final class Html {

    private final StringBuilder text = new StringBuilder();

    /** Opens an element; attributes are names and values in turn. */
    Html open(String tag, String... attributes) {
        text.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        text.append('>');
        return this;
    }

    Html close(String tag) {
        text.append("</").append(tag).append(">\n");
        return this;
    }

    /** Text, whatever is in it. */
    Html text(String words) {
        text.append(escaped(words));
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String tag, String words, String... attributes) {
        return open(tag, attributes).text(words).close(tag);
    }

    /** What Ablate itself wrote. */
    Html own(String markup) {
        text.append(markup);
        return this;
    }

    /** All of it. */
    @Override
    public String toString() {
        return text.toString();
    }

    private static String escaped(String words) {
        return Printable.lines(words)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
