package dev.ablate.mlflow.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the server says.
 *
 * @param file what it said since its last start; what it said before is kept beside it, once
 */
record ServerLog(Path file) {

    private static final int TAIL_LINES = 12;

    /** What systems say when another program has the port: words, and the numbers of Linux, macOS and Windows. */
    private static final List<String> PORT_TAKEN =
            List.of("address already in use", "errno 98]", "errno 48]", "errno 10048]");

    /** Begins again. */
    void turn() throws IOException {
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether the server listens: that something answers at its port could be another program's doing. */
    boolean saysThatItListens() throws IOException {
        return text().contains("Uvicorn running on");
    }

    /** Whether the server could not have its port. */
    boolean saysThatThePortIsTaken() throws IOException {
        String text = text().toLowerCase(Locale.ROOT);
        return PORT_TAKEN.stream().anyMatch(text::contains);
    }

    /** Where to find it, and its last lines. */
    String end() throws IOException {
        List<String> lines = text().lines().filter(line -> !line.isBlank()).toList();
        Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - TAIL_LINES));
        return "the end of " + file + ":\n"
                + String.join("\n", last.map(line -> "  " + line).toList());
    }

    private String text() throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }
}
