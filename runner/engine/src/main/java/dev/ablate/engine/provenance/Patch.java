package dev.ablate.engine.provenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a tree has that its commit does not: all of it is hashed, and its beginning is kept. */
final class Patch extends OutputStream {

    /** What is larger is not hashed: nobody makes such a patch by hand. */
    private static final long LONGEST = 64L << 20;

    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private long size;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        beginning.write(bytes, from, Math.min(length, GitTree.LONGEST_PATCH + 1 - beginning.size()));
        digest.update(bytes, from, length);
        size += length;
        if (size > LONGEST) {
            throw new IOException("more than " + LONGEST + " bytes");
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** SHA-256 in hex digits. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The text, cut at the end of a line where it is too long. */
    String text() {
        String text = beginning.toString(StandardCharsets.UTF_8);
        if (text.getBytes(StandardCharsets.UTF_8).length <= GitTree.LONGEST_PATCH) {
            return text;
        }
        String rest = "... (cut here: it has " + size + " bytes)\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = GitTree.LONGEST_PATCH - rest.length();
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + rest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
