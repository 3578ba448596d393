package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.option.NoOptions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The trainer of {@code docs/first-plugin.md}, compiled, and held by the contract as the page's own test does it. */
class FirstPluginTest extends TrainerContract<NoOptions> {

    private static final Path PAGE = Path.of("../docs/first-plugin.md");

    @TempDir
    private static Path folder;

    private static @Nullable URLClassLoader loader;
    private static @Nullable TrainerContract<NoOptions> own;

    @BeforeAll
    @SuppressWarnings("unchecked") // the page says of what options its contract is
    static void compile() throws IOException, ReflectiveOperationException {
        String page = Files.readString(PAGE);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source(page, "MeanPlugin.java"),
                        source(page, "MeanTrainerTest.java"));
        assertEquals(0, compiled);
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, FirstPluginTest.class.getClassLoader());
        var constructor = loader.loadClass("example.MeanTrainerTest").getDeclaredConstructor();
        constructor.setAccessible(true);
        own = (TrainerContract<NoOptions>) constructor.newInstance();
    }

    @AfterAll
    static void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    private static String source(String page, String file) throws IOException {
        Matcher block = Pattern.compile("`" + Pattern.quote(file) + "`.*?\n```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertTrue(block.find(), file);
        return Files.writeString(folder.resolve(file), block.group(1)).toString();
    }

    @Override
    protected Trainer<NoOptions> trainer() {
        return Objects.requireNonNull(own).trainer();
    }

    @Override
    protected NoOptions options(long updates) {
        return Objects.requireNonNull(own).options(updates);
    }
}
