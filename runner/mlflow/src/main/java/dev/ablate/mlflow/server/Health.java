package dev.ablate.mlflow.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks whether a server on this machine answers. The old HTTP client, as it loads in a fifth of the new one's time. */
final class Health {

    private static final int MOST_BYTES = 200;

    private Health() {}

    /** The address of a port on this machine, without a slash at the end. */
    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether it says that it is well. */
    static boolean answers(int port, Duration deadline) {
        return ask(port, "/health", deadline).filter("OK"::equals).isPresent();
    }

    /** The version of MLflow that answers. */
    static Optional<String> version(int port, Duration deadline) {
        return ask(port, "/version", deadline);
    }

    private static Optional<String> ask(int port, String path, Duration deadline) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address(port) + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) deadline.toMillis());
            connection.setReadTimeout((int) deadline.toMillis());
            connection.setInstanceFollowRedirects(false);
            try {
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    return Optional.empty();
                }
                try (InputStream body = connection.getInputStream()) {
                    return Optional.of(new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip());
                }
            } finally {
                connection.disconnect();
            }
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
