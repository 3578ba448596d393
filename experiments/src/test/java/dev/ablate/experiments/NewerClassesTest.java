package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code build/NewerClasses.java}, by which the application gets libraries that Java takes into an archive of classes. */
class NewerClassesTest {

    private static final Path PROGRAM =
            Ablate.SPECS.resolve("../build/NewerClasses.java").normalize();

    private static final int JAVA_8 = 52;

    @TempDir
    private Path folder;

    @Test
    void everyClassIsOfANewFormAndJavaTakesIt() throws Exception {
        Path jar = Files.copy(picocli(), folder.resolve("picocli-0.jar"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM.toString(),
                        folder.toString(),
                        "picocli-*.jar")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(folder).isDirectoryContaining("glob:**/picocli-0.jar");
        List<String> classes = classes(jar);
        assertThat(classes).hasSizeGreaterThan(200);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (String name : classes) {
                // to be initialised it is checked
                assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
            }
        }
    }

    /** The names of all but the module's, which is of a new form in each of them. */
    private static List<String> classes(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<String> files = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .toList();
            for (String name : files) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
                    in.readInt();
                    in.readUnsignedShort();
                    assertThat(in.readUnsignedShort()).as(name).isGreaterThanOrEqualTo(JAVA_8);
                }
            }
            return files.stream()
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .toList();
        }
    }

    private static Path picocli() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*picocli-[^/\\\\]*\\.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
