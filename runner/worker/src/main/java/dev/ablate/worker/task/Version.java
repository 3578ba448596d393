package dev.ablate.worker.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Ablate's version, as the build wrote it down. */
public final class Version {

    private static final String TEXT = read();

    private Version() {}

    /** {@code 0.1.0}. */
    public static String text() {
        return TEXT;
    }

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            byte[] text =
                    Objects.requireNonNull(in, "version.txt is not in the jar").readAllBytes();
            return new String(text, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
