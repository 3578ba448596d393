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
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 of what a file or folder holds, as 64 lower-case hex digits; where it lies does not count. */
public final class ContentHash {

    private ContentHash() {}

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

    private static void addFolder(Path folder, MessageDigest digest) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        for (var entry : files.entrySet()) {
            byte[] path = entry.getKey().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(path.length).array());
            digest.update(path);
            digest.update(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Files.size(entry.getValue()))
                    .array());
            addFile(entry.getValue(), digest);
        }
    }

    private static void addFile(Path file, MessageDigest digest) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
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
