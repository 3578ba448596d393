package dev.ablate.worker.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text that keys are hashes of: one {@code path: value} a line, each value YAML on one line. */
public final class KeyText {

    private KeyText() {}

    public static String of(Map<String, String> leaves) {
        StringBuilder text = new StringBuilder();
        leaves.forEach(
                (path, value) -> text.append(path).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** The leaves of a text, by path. */
    public static Map<String, String> leaves(String text) {
        Map<String, String> leaves = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            leaves.put(colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 2));
        });
        return leaves;
    }

    /** SHA-256 of the text in UTF-8, as 64 lower-case hex digits. */
    public static String hash(String text) {
        return new Begun("").hash(text);
    }

    /** How many texts begin: what they have in common is hashed once. */
    public static final class Begun {

        private final MessageDigest digest;

        public Begun(String text) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The {@link KeyText#hash} of the whole text, which ends with this. */
        public String hash(String rest) {
            try {
                MessageDigest whole = (MessageDigest) digest.clone();
                return HexFormat.of().formatHex(whole.digest(rest.getBytes(StandardCharsets.UTF_8)));
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the SHA-256 of every Java can be copied", e);
            }
        }
    }
}
