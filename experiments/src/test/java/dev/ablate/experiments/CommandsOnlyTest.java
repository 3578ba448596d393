package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code build/CommandsOnly.java}, which notes what is not sent to the executors of a cluster. */
class CommandsOnlyTest {

    private static final Path PROGRAM =
            Ablate.SPECS.resolve("../build/CommandsOnly.java").normalize();

    @TempDir
    private Path folder;

    @Test
    void leavesWhatTrains() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path file = Path.of(entry);
            if (Files.isDirectory(file)) {
                // modules in the folders of a build; those of the application have a jar each
                jars.add(packed(file, "module-" + jars.size() + ".jar"));
            } else if (Files.exists(file) && entry.endsWith(".jar")) {
                jars.add(Files.copy(file, folder.resolve(jars.size() + "-" + file.getFileName())));
            }
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();

        List<String> left = Files.readAllLines(folder.resolve("commands-only"));
        for (String command : List.of("picocli", "sqlite-jdbc", "mlflow-client", "snakeyaml")) {
            assertThat(left).anyMatch(name -> name.matches("\\d+-" + command + "-\\d.*"));
        }
        for (String shared : List.of("guice", "guava", "gson", "slf4j-api", "slf4j-simple", "ejml-core")) {
            assertThat(left).noneMatch(name -> name.matches("\\d+-" + shared + "-\\d.*"));
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            if (!left.contains(String.valueOf(jar.getFileName()))) {
                urls.add(jar.toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(Class.forName("dev.ablate.worker.task.TasksInProcess", true, loader)
                            .getClassLoader())
                    .isSameAs(loader);
        }
    }

    private Path packed(Path classes, String name) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
