package dev.ablate.experiments;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The plugins that come with the program in folders of their own, laid out as in the assembled application. */
final class ShippedPlugins {

    private static final Path MODULE = Ablate.SPECS.resolve("../trainers/dl4j").normalize();

    private static final Path LAUNCHERS =
            Ablate.SPECS.resolve("../runner/launchers").normalize();

    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    private ShippedPlugins() {}

    /** The class path of the program alone. */
    static String programClassPath() {
        return String.join(
                File.pathSeparator,
                CLASS_PATH.stream()
                        .filter(entry -> !isDeeplearning4j(entry) && !isPlugin(entry))
                        .filter(entry -> !isLauncher("slurm", entry) && !isLauncher("spark", entry))
                        .filter(entry -> !isTests(entry))
                        .toList());
    }

    /** Lays them out, and gives the jar of the plugin {@code dl4j}; its libraries lie in {@code lib} beside it. */
    static Path layOut(Path folder) {
        Path jar = folder.resolve("dl4j/ablate-dl4j.jar");
        try {
            Path libraries = Files.createDirectories(jar.resolveSibling("lib"));
            try (Stream<Path> files = Files.list(MODULE.resolve("target/lib"))) {
                for (Path file : files.toList()) {
                    Files.createLink(libraries.resolve(file.getFileName()), file);
                }
            }
            copy(ShippedPlugins::isPlugin, jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Lays the launcher {@code slurm} out. */
    static void layOutSlurm(Path folder) {
        layOutLauncher(folder, "slurm");
    }

    /** Lays the launcher {@code spark} out. */
    static void layOutSpark(Path folder) {
        layOutLauncher(folder, "spark");
    }

    private static void layOutLauncher(Path folder, String name) {
        try {
            copy(
                    entry -> isLauncher(name, entry) && !entry.contains("test"),
                    Files.createDirectories(folder.resolve(name)).resolve("ablate-" + name + ".jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Predicate<String> which, Path jar) throws IOException {
        Path plugin = Path.of(CLASS_PATH.stream().filter(which).findFirst().orElseThrow());
        if (Files.isDirectory(plugin)) {
            jar(plugin, jar);
        } else {
            Files.copy(plugin, jar);
        }
    }

    /** Puts a folder of classes into a jar. */
    private static void jar(Path classes, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Ablate-SPI", "2");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> walk = Files.walk(classes)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            for (Path entry : files) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(entry));
            }
        }
    }

    private static boolean isPlugin(String entry) {
        return Path.of(entry).startsWith(MODULE)
                || String.valueOf(Path.of(entry).getFileName()).startsWith("ablate-dl4j");
    }

    private static boolean isLauncher(String name, String entry) {
        return Path.of(entry).startsWith(LAUNCHERS.resolve(name))
                || String.valueOf(Path.of(entry).getFileName()).startsWith("ablate-" + name);
    }

    private static boolean isTests(String entry) {
        return Path.of(entry).startsWith(Ablate.SPECS.resolve("target"));
    }

    private static boolean isDeeplearning4j(String entry) {
        String path = entry.replace('\\', '/');
        return Stream.of("/org/deeplearning4j/", "/org/nd4j/", "/org/bytedeco/").anyMatch(path::contains);
    }
}
