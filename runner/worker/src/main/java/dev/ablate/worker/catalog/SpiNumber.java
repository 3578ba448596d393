package dev.ablate.worker.catalog;

import dev.ablate.worker.text.Thrown;
import java.util.Optional;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The number of the contract with plugins, which stands in the manifest of a plugin's jar as {@code Ablate-SPI}. */
final class SpiNumber {

    private static final String ATTRIBUTE = "Ablate-SPI";

    private static final String NEEDED = "2";

    /** Its jars do not say so. */
    private static final String FIRST = "1";

    private SpiNumber() {}

    /**
     * Refuses a jar of another number.
     *
     * @param manifest the jar's; null if it has none
     * @throws PluginException if the number is another, with the way out
     */
    static void require(Jar jar, @Nullable Manifest manifest) {
        String found = Optional.ofNullable(manifest)
                .map(read -> read.getMainAttributes().getValue(ATTRIBUTE))
                .map(String::strip)
                .orElse(FIRST);
        if (!found.equals(NEEDED)) {
            throw new PluginException(jar + " was built for SPI " + Thrown.oneLine(found)
                    + " of Ablate; this version needs SPI " + NEEDED
                    + ": rebuild it against this version's jars, and put " + ATTRIBUTE + ": " + NEEDED
                    + " into its manifest (see docs/first-plugin.md)");
        }
    }
}
