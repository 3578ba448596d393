package dev.ablate.engine.report.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Paragraphs and tables one below the other, at most so wide; everything that enters is made printable. */
public final class Page implements Sheet {

    public static final int WIDTH = 80;

    private final List<String> lines = new ArrayList<>();
    private final Style style;

    public Page(Style style) {
        this.style = style;
    }

    /** A paragraph of its own. */
    public Page paragraph(String text, UnaryOperator<String> paint) {
        blank();
        return line(text, "", paint);
    }

    @Override
    public Page paragraph(String text, Tone tone) {
        return paragraph(text, paint(tone));
    }

    /** One line or more directly below what is there; lines after the first begin with {@code indent}. */
    public Page line(String text, String indent, UnaryOperator<String> paint) {
        for (String wrapped : wrap(Printable.line(text), indent)) {
            lines.add(paint.apply(wrapped));
        }
        return this;
    }

    /** One line exactly as it is, its indentation included, directly below what is there. */
    public Page exactly(String text) {
        lines.add(Printable.line(text));
        return this;
    }

    @Override
    public Page line(String text, Tone tone) {
        return line(text, "", paint(tone));
    }

    @Override
    public Page table(String title, Table table) {
        blank();
        if (!title.isEmpty()) {
            line(title, "", style::strong);
        }
        lines.addAll(table.lines(WIDTH, style));
        return this;
    }

    /** All of it, with a line break at the end. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    private UnaryOperator<String> paint(Tone tone) {
        return switch (tone) {
            case PLAIN -> UnaryOperator.identity();
            case STRONG -> style::strong;
            case FAINT -> style::faint;
            case ALARMING -> style::alarming;
        };
    }

    private void blank() {
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }

    private static List<String> wrap(String text, String indent) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.toString().isBlank() && Printable.width(line.toString()) + 1 + Printable.width(word) > WIDTH) {
                wrapped.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        wrapped.add(line.toString());
        return wrapped;
    }
}
