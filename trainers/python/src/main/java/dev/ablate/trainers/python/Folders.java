package dev.ablate.trainers.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders for temporary files, which no other person can read. */
final class Folders {

    /** A path of a socket has room for 104 bytes, on some systems. */
    private static final int MOST_BYTES = 80;

    private Folders() {}

    /** One with Ablate's module for scripts. */
    static Path make() {
        try {
            Path folder = Files.createTempDirectory("ablate-python");
            if (folder.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES
                    && Files.isDirectory(Path.of("/tmp"))) {
                Files.delete(folder);
                folder = Files.createTempDirectory(Path.of("/tmp"), "ablate-python");
            }
            try (InputStream module = Objects.requireNonNull(Folders.class.getResourceAsStream("ablate.py"))) {
                Files.copy(module, folder.resolve("ablate.py"));
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what is there; what a process still writes stays. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
