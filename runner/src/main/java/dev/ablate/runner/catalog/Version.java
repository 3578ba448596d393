package dev.ablate.runner.catalog;

import com.google.common.base.Suppliers;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Ablate's own version, as the build wrote it down. */
public final class Version {

    private static final Supplier<String> TEXT = Suppliers.memoize(Version::read);

    private Version() {}

    /** Such as {@code 0.1.0}. */
    public static String text() {
        return TEXT.get();
    }

    private static String read() {
        try {
            return Resources.toString(Resources.getResource(Version.class, "version.txt"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
