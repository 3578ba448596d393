package dev.ablate.worker.spec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A value that the environment gives: its name travels, and a keyed hash, by which whoever has the value too can check it.
 *
 * @param written as it stands in the spec: {@code ${env:TOKEN}}
 * @param form what it is
 * @param seal HMAC-SHA-256 of the value, keyed by the run's key, as 64 lower-case hex digits
 */
public record SealedValue(String written, Form form, String seal) {

    /** {@code ${env:NAME}} or {@code ${env:NAME:-default}}; its first group is empty where it is neither. */
    public static final Pattern SUBSTITUTION =
            Pattern.compile("\\$\\{env:(?:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\})?");

    private static final String ALGORITHM = "HmacSHA256";

    /** What a value can be. */
    public enum Form {
        /** Text, as the environment has it. */
        TEXT,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A whole number. */
        WHOLE_NUMBER,
        /** Any finite number. */
        NUMBER;

        /**
         * Reads a text; one that is neither true nor false stays a text.
         *
         * @throws NumberFormatException if it is not the number that it should be
         */
        private Object read(String text) {
            String bare = text.strip();
            return switch (this) {
                case TEXT -> text;
                case BOOLEAN -> bare.equals("true") || bare.equals("false") ? (Object) bare.equals("true") : text;
                case WHOLE_NUMBER -> Long.valueOf(bare);
                case NUMBER -> Double.valueOf(bare);
            };
        }

        private boolean reads(String text, Object value) {
            try {
                return text(read(text)).equals(text(value));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        /** The form of a value; empty of a list, a map or a path. */
        static Optional<Form> of(Object value) {
            if (value instanceof String) {
                return Optional.of(TEXT);
            } else if (value instanceof Boolean) {
                return Optional.of(BOOLEAN);
            } else if (value instanceof Integer || value instanceof Long) {
                return Optional.of(WHOLE_NUMBER);
            }
            return value instanceof Double ? Optional.of(NUMBER) : Optional.empty();
        }
    }

    /**
     * Seals a value for one run.
     *
     * @param written as it stands in the spec
     * @param text the same with what the environment gives
     * @param value what was read of that
     * @return empty if it cannot be read again in one of the forms
     */
    public static Optional<SealedValue> of(String written, String text, Object value, RunKey key) {
        return Form.of(value)
                .filter(form -> form.reads(text, value))
                .map(form -> new SealedValue(written, form, seal(text(value), key)));
    }

    /**
     * The value.
     *
     * @param environment the environment's variables
     * @param key of the run for which it was sealed
     * @throws IllegalArgumentException if the environment does not give it
     */
    public Object open(Map<String, String> environment, RunKey key) {
        Object value;
        try {
            value = form.read(expanded(environment));
        } catch (NumberFormatException e) {
            throw other();
        }
        if (!seal(text(value), key).equals(seal)) {
            throw other();
        }
        return value;
    }

    private IllegalArgumentException other() {
        // neither value is for a message
        return new IllegalArgumentException(written + " is another value here than where the run was submitted");
    }

    private String expanded(Map<String, String> environment) {
        Matcher found = SUBSTITUTION.matcher(written);
        StringBuilder text = new StringBuilder();
        while (found.find()) {
            String name = found.group(1);
            String value = variable(environment, name, Optional.ofNullable(found.group(3)))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the environment variable " + name + " is not set here, and " + written + " needs it"));
            found.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return found.appendTail(text).toString();
    }

    /** What stands for a variable: as in a shell, the default also holds for one that is set to nothing. */
    public static Optional<String> variable(Map<String, String> environment, String name, Optional<String> fallback) {
        Optional<String> value = Optional.ofNullable(environment.get(name));
        return fallback.isPresent() && value.filter(text -> !text.isEmpty()).isEmpty() ? fallback : value;
    }

    private static String text(Object value) {
        return value instanceof Integer whole ? Long.toString(whole) : value.toString();
    }

    /** A keyed hash of a text, as 64 lower-case hex digits: nobody finds the text in a table of hashes of such texts. */
    public static String seal(String text, RunKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key.hex()), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
