package dev.ablate.mlflow.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 over texts, each with its length, so that no two lists of texts look alike. */
final class Digest {

    private final MessageDigest sha;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Digest add(byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
        return this;
    }

    Digest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    Digest add(Map<String, ?> map) {
        add(Integer.toString(map.size()));
        map.forEach((key, value) -> add(key).add(value.toString()));
        return this;
    }

    /** 64 lower-case hex digits; nothing can be added afterwards. */
    String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }

    static String of(String text) {
        return new Digest().add(text).hex();
    }
}
