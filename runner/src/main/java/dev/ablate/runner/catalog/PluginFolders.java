package dev.ablate.runner.catalog;

import dev.ablate.core.plugin.PluginModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plugins in folders: {@code plugins/<name>/*.jar}, one class loader a folder.
 *
 * <p>Libraries may lie beside the plugin's jar or in {@code plugins/<name>/lib}. There they are not searched for plugins, and so
 * not opened before something of them is used.
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
        return children(plugins).flatMap(folder -> loader(folder).stream()).toList();
    }

    private static Optional<ClassLoader> loader(Path folder) {
        List<URL> plugins = jars(folder);
        return plugins.isEmpty() ? Optional.empty() : Optional.of(new Folder(plugins, jars(folder.resolve("lib"))));
    }

    private static List<URL> jars(Path folder) {
        return Files.isDirectory(folder)
                ? children(folder)
                        .filter(file -> file.toString().endsWith(".jar"))
                        .map(PluginFolders::url)
                        .toList()
                : List.of();
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

    /** Finds what a folder holds, and service files of plugins in the plugins' own jars alone. */
    private static final class Folder extends URLClassLoader {

        private static final String SERVICE = "META-INF/services/" + PluginModule.class.getName();

        private final URLClassLoader plugins;

        Folder(List<URL> plugins, List<URL> libraries) {
            super(
                    Stream.of(plugins, libraries).flatMap(List::stream).toArray(URL[]::new),
                    new Shared(PluginFolders.class.getClassLoader()));
            this.plugins = new URLClassLoader(plugins.toArray(URL[]::new), getParent());
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            return name.equals(SERVICE) ? plugins.findResources(name) : super.findResources(name);
        }

        @Override
        public void close() throws IOException {
            plugins.close();
            super.close();
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
