package dev.ablate.trainers.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A file that a process prints into, of which the first and the last lines are stored. */
final class Printed {

    private static final int MOST_BYTES = 1_000_000;
    private static final int LAST = 20;

    private final Path file;
    private Optional<String> first = Optional.empty();

    Printed(Path file) {
        this.file = file;
    }

    /** Looks whether it has become too long; then all but the first of it is removed, while the process goes on. */
    void look() {
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                if (first.isEmpty()) {
                    first = Optional.of(text(MOST_BYTES));
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(int most) {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of it, and the last lines. */
    String text() {
        if (first.isEmpty()) {
            return text(2 * MOST_BYTES);
        }
        List<String> lines = last();
        return first.get() + "\n... lines are left out\n" + String.join("\n", lines) + "\n";
    }

    private List<String> last() {
        List<String> lines = text(2 * MOST_BYTES).lines().toList();
        return lines.subList(Math.max(0, lines.size() - LAST), lines.size());
    }

    /** The last lines, for a message; empty if nothing was printed. */
    String lastLines() {
        List<String> lines = last().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "" : "; its last lines: " + String.join(" | ", lines);
    }
}
