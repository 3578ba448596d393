package dev.ablate.runner.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugins that a person has put into a home: {@code plugins/<name>/*.jar}, one class loader a folder.
 *
 * <p>A folder's classes see the JDK, each other, and of the program only what a plugin is written against: Ablate's core, Guice
 * and SLF4J. So a plugin's libraries never meet another's, nor the program's own.
 */
final class PluginFolders {

    /** The packages that come from the program. */
    private static final List<String> SHARED =
            List.of("dev.ablate.core.", "com.google.inject.", "jakarta.inject.", "org.aopalliance.", "org.slf4j.");

    private PluginFolders() {}

    /**
     * A loader for each folder that holds jars, by the folder's name; none where there is no such place.
     *
     * <p>They stay open as long as the program runs.
     *
     * @throws UncheckedIOException if a folder cannot be read
     */
    static List<ClassLoader> loaders(Path plugins) {
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        return children(plugins)
                .filter(Files::isDirectory)
                .map(PluginFolders::jars)
                .filter(jars -> jars.length > 0)
                .map(PluginFolders::loader)
                .toList();
    }

    private static ClassLoader loader(URL... jars) {
        return new URLClassLoader(jars, new Shared(PluginFolders.class.getClassLoader()));
    }

    private static URL[] jars(Path folder) {
        return children(folder)
                .filter(file -> file.toString().endsWith(".jar"))
                .map(PluginFolders::url)
                .toArray(URL[]::new);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has a URL", e);
        }
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the JDK's classes and the shared ones; no resources but the JDK's, so that a plugin does not see the program's service files. */
    private static final class Shared extends ClassLoader {

        private final ClassLoader program;

        Shared(ClassLoader program) {
            super(ClassLoader.getPlatformClassLoader());
            this.program = program;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                return program.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
