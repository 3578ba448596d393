package dev.ablate.worker.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** SHA-256 of what a file, folder or jar holds, as 64 lower-case hex digits; where it lies does not count. */
public final class ContentHash {

    /** Lines of a manifest that differ from build to build, whatever their case. */
    private static final Set<String> OF_THE_BUILD = attributes(
            "Created-By",
            "Built-By",
            "Build-Jdk",
            "Build-Jdk-Spec",
            "Build-Time",
            "Build-Timestamp",
            "Build-Date",
            "Bnd-LastModified",
            "Ant-Version",
            "Archiver-Version",
            "Manifest-Version",
            "Tool");

    private ContentHash() {}

    private static Set<String> attributes(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSet(set);
    }

    /**
     * Of a file: its bytes. Of a folder: each file's relative path, length and bytes, sorted by path.
     *
     * @throws IOException if it is missing or cannot be read
     */
    public static String of(Path fileOrFolder) throws IOException {
        MessageDigest digest = sha256();
        if (Files.isDirectory(fileOrFolder)) {
            addFolder(fileOrFolder, digest);
        } else {
            addFile(fileOrFolder, digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Of a jar: the name, length and bytes of each entry, sorted by name. When and in which order it was packed does not count,
     * nor what the manifest says of the build.
     *
     * @throws IOException if it is missing or cannot be read
     */
    static String ofJar(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        byte[] lines = linesOf(new Manifest(in)).getBytes(StandardCharsets.UTF_8);
                        addHead(entry.getName(), lines.length, digest);
                        digest.update(lines);
                    } else {
                        addHead(entry.getName(), entry.getSize(), digest);
                        add(in, digest);
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What a manifest says of the jar, sorted. */
    private static String linesOf(Manifest manifest) {
        Map<String, Attributes> sections = new TreeMap<>(manifest.getEntries());
        sections.put("", manifest.getMainAttributes());
        StringBuilder lines = new StringBuilder();
        sections.forEach((section, attributes) -> {
            Map<String, String> sorted = new TreeMap<>();
            attributes.forEach((name, value) -> sorted.put(name.toString(), value.toString()));
            sorted.keySet().removeIf(OF_THE_BUILD::contains);
            lines.append(section).append(sorted).append('\n');
        });
        return lines.toString();
    }

    private static void addFolder(Path folder, MessageDigest digest) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        for (var entry : files.entrySet()) {
            addHead(entry.getKey(), Files.size(entry.getValue()), digest);
            addFile(entry.getValue(), digest);
        }
    }

    private static void addHead(String name, long length, MessageDigest digest) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }

    private static void addFile(Path file, MessageDigest digest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            add(in, digest);
        }
    }

    private static void add(InputStream in, MessageDigest digest) throws IOException {
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
