package dev.ablate.worker.catalog;

import dev.ablate.worker.text.Thrown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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
     * @param broken takes what is wrong with jars that are left out
     * @throws UncheckedIOException if a folder cannot be read
     */
    static List<ClassLoader> loaders(Path plugins, List<PluginException> broken) {
        if (!Files.isDirectory(plugins)) {
            return List.of();
        }
        return children(plugins)
                .flatMap(folder -> loader(folder, broken).stream())
                .toList();
    }

    /** Whether a loader is one of these. */
    static boolean isFolder(ClassLoader loader) {
        return loader instanceof Folder;
    }

    private static Optional<ClassLoader> loader(Path folder, List<PluginException> broken) {
        List<URL> plugins = new ArrayList<>();
        for (Path jar : jars(folder)) {
            try {
                JarSizes.require(jar);
                plugins.add(url(jar));
            } catch (PluginException e) {
                broken.add(e);
            }
        }
        List<URL> libraries =
                jars(folder.resolve("lib")).stream().map(PluginFolders::url).toList();
        return plugins.isEmpty()
                ? Optional.empty()
                : Optional.of(new Folder("plugins/" + folder.getFileName(), plugins, libraries));
    }

    private static List<Path> jars(Path folder) {
        return Files.isDirectory(folder)
                ? children(folder)
                        .filter(file -> file.toString().endsWith(".jar"))
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

        private final URLClassLoader plugins;

        Folder(String name, List<URL> plugins, List<URL> libraries) {
            super(
                    name,
                    Stream.of(plugins, libraries).flatMap(List::stream).toArray(URL[]::new),
                    new Shared(PluginFolders.class.getClassLoader()));
            this.plugins = new URLClassLoader(plugins.toArray(URL[]::new), getParent());
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            return name.equals(ServicesFile.PATH) ? plugins.findResources(name) : super.findResources(name);
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

    /**
     * Whether a plugin's jar can be opened and what Java reads of it whole is of a sane size: a jar of half a megabyte may unpack to
     * half a gigabyte.
     */
    private static final class JarSizes {

        /** What is read of a jar before anything of it is used; the largest that are signed have some megabytes. */
        private static final long MOST_OF_A_MANIFEST = 8L << 20;

        /** The largest that compilers make have some megabytes. */
        private static final long MOST_OF_A_CLASS = 16L << 20;

        private JarSizes() {}

        /**
         * Looks at the table of contents.
         *
         * @throws PluginException if it is not a jar, or not one of a sane size
         */
        static void require(Path jar) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                Enumeration<? extends ZipEntry> entries = zip.entries();
                while (entries.hasMoreElements()) {
                    ZipEntry entry = entries.nextElement();
                    if (entry.getSize() > most(entry.getName())) {
                        throw new PluginException(jar + " is left out: " + entry.getName() + " in it unpacks to "
                                + (entry.getSize() >> 20) + " MiB");
                    }
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new PluginException(jar + " is left out: it cannot be read as a jar: " + Thrown.words(e), e);
            }
        }

        private static long most(String name) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.endsWith(".CLASS")) {
                return MOST_OF_A_CLASS;
            }
            // the manifest and signatures lie there, and nowhere deeper
            boolean meta = upper.startsWith("META-INF/") && upper.indexOf('/', "META-INF/".length()) < 0;
            boolean read = upper.endsWith("/MANIFEST.MF")
                    || upper.endsWith("/INDEX.LIST")
                    || upper.matches(".*\\.(SF|DSA|RSA|EC)|META-INF/SIG-.*");
            return meta && read ? MOST_OF_A_MANIFEST : Long.MAX_VALUE;
        }
    }
}
