package dev.ablate.launchers.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** This launcher's own classes in a job's folder: what runs must not change with the next build. */
final class ThinJar {

    private ThinJar() {}

    /** Puts them there. */
    static Path into(Path folder) throws IOException {
        Path jar = folder.resolve("ablate-spark.jar");
        Path own = own();
        if (!Files.isDirectory(own)) {
            return Files.copy(own, jar);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> walk = Files.walk(own)) {
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                JarEntry entry = new JarEntry(own.relativize(file).toString().replace('\\', '/'));
                // equal classes give equal jars: Spark refuses a second one that differs
                entry.setTime(0);
                entries.putNextEntry(entry);
                Files.copy(file, entries);
            }
        }
        return jar;
    }

    private static Path own() throws IOException {
        try {
            return Path.of(ThinJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
