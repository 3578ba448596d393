package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** A text that is read, and the places in it; indexes count code points. */
public final class Source {

    private final String name;
    private final Path folder;
    private final boolean option;
    private final String text;
    private final int[] points;
    private final List<Line> lines = new ArrayList<>();

    private record Line(int from, int to, String text) {}

    private Source(String name, Path folder, boolean option, String text) {
        this.name = name;
        this.folder = folder;
        this.option = option;
        this.text = text;
        this.points = text.codePoints().toArray();
        int from = 0;
        for (int i = 0; i <= points.length; i++) {
            if (i == points.length || points[i] == '\n' || points[i] == '\r') {
                lines.add(new Line(from, i, new String(points, from, i - from)));
                if (i + 1 < points.length && points[i] == '\r' && points[i + 1] == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
    }

    /** A file's text; {@code name} as the person gave it. */
    static Source ofFile(String name, Path folder, String text) {
        return new Source(name, folder, false, text);
    }

    /** The value of an option; all places in it are the option. */
    static Source ofOption(String asTyped, String text) {
        return new Source(asTyped, Path.of(""), true, text);
    }

    String text() {
        return text;
    }

    int length() {
        return points.length;
    }

    /** The code point at an index; -1 outside the text. */
    int pointAt(int index) {
        return index >= 0 && index < points.length ? points[index] : -1;
    }

    /** The text between two indexes. */
    String text(int from, int to) {
        return new String(points, from, to - from);
    }

    /** From one mark to the other, or to the end of the line where that comes first. */
    public Position at(Mark from, Mark to) {
        return at(from.getIndex(), to.getIndex());
    }

    public Position at(int from, int to) {
        if (option) {
            return Position.ofOption(name);
        }
        int low = 0;
        int high = lines.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lines.get(middle).from() <= from) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Line line = lines.get(low);
        int start = Math.min(from, line.to());
        int end = Math.min(to, line.to());
        while (end > start && Character.isWhitespace(points[end - 1])) {
            end--;
        }
        return new Position(name, low + 1, start - line.from() + 1, Math.max(1, end - start), line.text(), folder);
    }

    /** The text of a line up to an index. */
    String lineBefore(int index) {
        int from = Math.min(index, points.length);
        while (from > 0 && points[from - 1] != '\n' && points[from - 1] != '\r') {
            from--;
        }
        return new String(points, from, Math.min(index, points.length) - from);
    }

    /** Where a text begins between two indexes; the first index if it is not there as such. */
    int find(String wanted, int from, int to) {
        int[] sought = wanted.codePoints().toArray();
        for (int i = from; i + sought.length <= Math.min(to, points.length); i++) {
            int matched = 0;
            while (matched < sought.length && points[i + matched] == sought[matched]) {
                matched++;
            }
            if (matched == sought.length) {
                return i;
            }
        }
        return from;
    }
}
