package dev.ablate.worker.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * What a build has written beside the jars of the program's own plugins, as to read them takes a large part of a short command:
 * {@code neurons.jar.content} has the size of {@code neurons.jar}, when it was last changed, and its hash.
 *
 * <p>A jar that has another size, or was changed at another time, is read. Java trusts its archive of classes for the same.
 */
final class RecordedContent {

    private static final Pattern LINE = Pattern.compile("(\\d+) (\\d+) ([0-9a-f]{64})\n");

    private RecordedContent() {}

    /** The hash of a jar; empty where none is recorded, or it has changed since. */
    static Optional<String> of(Path jar) {
        try {
            Path record = record(jar);
            if (!Files.exists(record)) {
                return Optional.empty();
            }
            Matcher line = LINE.matcher(Files.readString(record));
            return line.matches() && line.group().startsWith(state(jar))
                    ? Optional.of(line.group(3))
                    : Optional.empty();
        } catch (IOException e) {
            // as if there were none
            return Optional.empty();
        }
    }

    /** Writes what is recorded of each plugin's jar in some folders, which are the arguments. */
    public static void main(String[] folders) throws IOException {
        for (String folder : folders) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
                for (Path jar : jars) {
                    if (isPlugin(jar)) {
                        write(jar);
                    }
                }
            }
        }
    }

    private static boolean isPlugin(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(ServicesFile.PATH) != null;
        }
    }

    static void write(Path jar) throws IOException {
        Files.writeString(record(jar), state(jar) + ContentHash.ofJar(jar) + "\n", StandardCharsets.US_ASCII);
    }

    private static Path record(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".content");
    }

    private static String state(Path jar) throws IOException {
        return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + " ";
    }
}
