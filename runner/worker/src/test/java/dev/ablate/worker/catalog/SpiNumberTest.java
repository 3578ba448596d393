package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.plugin.PluginEntry.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar that was built for another contract is refused by its name, wherever it lies. */
class SpiNumberTest {

    private static final String REFUSED = "old.jar was built for SPI %s of Ablate; this version needs SPI 2:"
            + " rebuild it against this version's jars, and put Ablate-SPI: 2 into its manifest"
            + " (see docs/first-plugin.md)";

    /** Fails where a class of the jar is loaded. */
    private static final String WAKES = """
            public final class A extends PluginModule {
              static { if (true) throw new IllegalStateException("loaded"); }
              @Override protected void plug() {}
            }
            """;

    @TempDir
    private Path folder;

    private Path plugins = Path.of("plugins");

    @BeforeEach
    void thereIsAGoodOne() {
        plugins = folder.resolve("plugins");
        new JarMaker(folder)
                .module("good.A", "dataset(\"good\", NoOptions.class).to((NoOptions o) -> null);")
                .make("plugins/good/good.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "two"})
    void aJarOfAnotherNumberIsRefused(String number) throws IOException {
        assertRefused(new JarMaker(folder).manifest("Ablate-SPI: " + number), REFUSED.formatted(number));
    }

    @Test
    void aJarOfTheFirstContractHasNoNumberOrNoManifest() throws IOException {
        assertRefused(new JarMaker(folder).manifest("Created-By: 17 (Acme)"), REFUSED.formatted("1"));
        assertRefused(new JarMaker(folder).manifest(), REFUSED.formatted("1"));
    }

    private void assertRefused(JarMaker maker, String message) throws IOException {
        maker.listing("old.A").with("package old;\n" + JarMaker.IMPORTS + WAKES);
        Path jar = maker.make("old.jar");
        try (URLClassLoader path =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            assertFound(Plugins.find(path, List.of(plugins)), List.of(message));
        }
        Path inFolder = maker.make("plugins/old/old.jar");
        assertFound(Plugins.find(new URLClassLoader(new URL[0], null), List.of(plugins)), List.of(message));
        Files.delete(inFolder);
    }

    @Test
    void aFolderOfClassesNeedsNone() throws IOException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve("dev.ablate.core.plugin.PluginModule"), "good.Gone\n");
        try (URLClassLoader path = new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()},
                getClass().getClassLoader())) {
            assertFound(
                    Plugins.find(path, List.of(plugins)),
                    List.of("plugin good.Gone of classes is listed in it, and there is no such class"));
        }
    }

    private static void assertFound(Plugins found, List<String> broken) {
        assertThat(found.broken()).extracting(PluginException::getMessage).isEqualTo(broken);
        assertThat(found.of(Kind.DATASET).keySet()).isEqualTo(Set.of("good"));
    }
}
