package dev.ablate.trainers.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a program prints: the first of it, and its last lines. */
final class Output {

    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int LAST = 20;

    private final StringBuilder first = new StringBuilder();
    private final Deque<String> last = new ArrayDeque<>();
    private long leftOut;

    void add(String line) {
        if (leftOut == 0 && first.length() + line.length() < MOST_CHARACTERS) {
            first.append(line).append('\n');
        } else {
            leftOut++;
        }
        last.addLast(line);
        if (last.size() > LAST) {
            last.removeFirst();
        }
    }

    /** The last lines, for a message; empty if nothing was printed. */
    String lastLines() {
        List<String> lines =
                last.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? "" : "; its last lines: " + String.join(" | ", lines);
    }

    /** Writes it; false if there is nothing. */
    boolean write(Path file) {
        StringBuilder text = new StringBuilder(first);
        if (leftOut > last.size()) {
            text.append("... ").append(leftOut - last.size()).append(" lines are left out\n");
        }
        if (leftOut > 0) {
            last.stream()
                    .skip(Math.max(0, last.size() - leftOut))
                    .forEach(line -> text.append(line).append('\n'));
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.length() > 0;
    }
}
