package dev.ablate.mlflow.client;

import dev.ablate.engine.tracking.TrackingException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The credentials for a tracking server, and how long to wait for it; the environment's words mean what they mean to Python's MLflow.
 *
 * @param username {@code MLFLOW_TRACKING_USERNAME}; counts together with a password alone
 * @param password {@code MLFLOW_TRACKING_PASSWORD}
 * @param token {@code MLFLOW_TRACKING_TOKEN}; counts where there is no username with a password
 * @param insecureTls {@code MLFLOW_TRACKING_INSECURE_TLS}: any certificate is taken
 * @param authorities {@code MLFLOW_TRACKING_SERVER_CERT_PATH}: a file with the certificates of those who vouch for the server's,
 *     instead of those whom Java trusts
 * @param timeout how long one request may take, {@code MLFLOW_HTTP_REQUEST_TIMEOUT} in seconds
 */
public record Access(
        Optional<String> username,
        Optional<String> password,
        Optional<String> token,
        boolean insecureTls,
        Optional<Path> authorities,
        Duration timeout) {

    /** The timeout where the environment names none. Python waits 120 s, with a person who watches it; here nothing but delivery waits. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+$");

    /** Without an authority of its own. */
    public Access(
            Optional<String> username,
            Optional<String> password,
            Optional<String> token,
            boolean insecureTls,
            Duration timeout) {
        this(username, password, token, insecureTls, Optional.empty(), timeout);
    }

    /** No credentials. */
    public static Access open() {
        return new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, TIMEOUT);
    }

    /**
     * What the environment says.
     *
     * @throws TrackingException with a message for a person, if a value makes no sense
     */
    public static Access of(Map<String, String> environment) {
        Access access = new Access(
                secret(environment, "MLFLOW_TRACKING_USERNAME"),
                secret(environment, "MLFLOW_TRACKING_PASSWORD"),
                secret(environment, "MLFLOW_TRACKING_TOKEN").map(Access::header),
                text(environment, "MLFLOW_TRACKING_INSECURE_TLS")
                        .map(Access::truth)
                        .orElse(false),
                text(environment, "MLFLOW_TRACKING_SERVER_CERT_PATH").map(Path::of),
                text(environment, "MLFLOW_HTTP_REQUEST_TIMEOUT")
                        .map(Access::seconds)
                        .orElse(TIMEOUT));
        if (access.insecureTls() && access.authorities().isPresent()) {
            throw new TrackingException(
                    "MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH exclude each other");
        }
        // now, while a person can be asked, and not when delivery begins
        access.authorities().ifPresent(Authority::of);
        return access;
    }

    /** With the name and the password that stand in an address ({@code https://me:secret@host}), if they do. */
    Access withCredentialsOf(URI address) {
        String userInfo = address.getRawUserInfo();
        if (userInfo == null) {
            return this;
        }
        int colon = userInfo.indexOf(':');
        String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String secret = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new Access(
                Optional.of(decode(name)), Optional.of(decode(secret)), token, insecureTls, authorities, timeout);
    }

    /** The header {@code Authorization}, if there are credentials. */
    Optional<String> authorization() {
        if (username.isPresent() && password.isPresent()) {
            byte[] pair = (username.get() + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return token.map(secret -> "Bearer " + secret);
    }

    /** A text in which no secret stands, whoever put it there. */
    String withoutSecrets(String text) {
        String clean = text;
        for (Optional<String> secret :
                List.of(authorization().map(header -> header.split(" ", 2)[1]), password, token)) {
            if (secret.isPresent() && !secret.get().isEmpty()) {
                clean = clean.replace(secret.get(), "***");
            }
        }
        return clean;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Access[" + (authorization().isPresent() ? "credentials, " : "") + timeout + "]";
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * The credential, without the line end that it has where it was read from a file.
     *
     * <p>What is wrong with it is reported without it.
     */
    private static Optional<String> secret(Map<String, String> environment, String name) {
        Optional<String> secret = text(environment, name)
                .map(value -> LINE_END.matcher(value).replaceFirst(""))
                .filter(value -> !value.isEmpty());
        if (secret.filter(value -> value.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw new TrackingException(
                    name + " must be one line of text, and there is a line break or another control character in it");
        }
        return secret;
    }

    /** A token as a header can carry it: other clients than this one refuse what is not ASCII, too. */
    private static String header(String token) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(token)) {
            throw new TrackingException("MLFLOW_TRACKING_TOKEN must be ASCII, and there are other characters in it");
        }
        return token;
    }

    private static boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new TrackingException(
                        "MLFLOW_TRACKING_INSECURE_TLS must be true, false, 1 or 0, got '" + value + "'");
        };
    }

    private static Duration seconds(String value) {
        try {
            int seconds = Integer.parseInt(value.strip());
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new TrackingException(
                "MLFLOW_HTTP_REQUEST_TIMEOUT must be a whole number of seconds above 0, got '" + value + "'");
    }

    private static String decode(String text) {
        // a plus sign is not a blank in an address
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
