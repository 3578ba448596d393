package dev.ablate.launchers.spark;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The Spark that {@code build/spark} unpacks, as a home whose working files are the tests' own. */
final class UnpackedSpark {

    private static final Path PLACE = Path.of(Objects.requireNonNull(System.getenv("ABLATE_SPARK"), "ABLATE_SPARK"));

    private UnpackedSpark() {}

    /** Its home. Without it the test is skipped, or fails where the build must have it. */
    static Path home() {
        if (!Files.isExecutable(PLACE.resolve("bin/spark-submit"))) {
            String missing = "there is no Spark in " + PLACE + ": build/spark " + PLACE + " puts it there";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        Path home = Path.of("target", "spark").toAbsolutePath();
        try {
            Files.createDirectories(home);
            for (String inner : new String[] {"bin", "jars", "conf"}) {
                if (Files.notExists(home.resolve(inner))) {
                    Files.createSymbolicLink(home.resolve(inner), PLACE.resolve(inner));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }
}
