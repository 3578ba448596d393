package dev.ablate.mlflow.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a tracking server: HTTP/1.1, over the proxy that Java's own settings name, no redirects, each under a deadline and
 * each answer under a bound.
 */
final class Http implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("^<(?:!doctype html|html)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TITLE = Pattern.compile("<title>([^<]+)", Pattern.CASE_INSENSITIVE);

    /** No answer that delivery needs is longer; a page of a search with 6,000 characters a param may be a few. */
    static final long MOST_BYTES = 32_000_000;

    /** What is looked at of an answer that is to be shown. */
    private static final int MOST_WORDS = 100_000;

    private final URI server;
    private final Access access;
    private final Movement movement;
    private final HttpClient client;

    /** Of its own: where there are two cores, one trainer can occupy the pool that asynchronous requests end on. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(new ThreadFactoryBuilder()
            .setNameFormat("ablate-http")
            .setDaemon(true)
            .build());

    /** The request that is going on, from which {@link #close} frees the thread that waits. */
    private @Nullable Future<?> waiting;

    private boolean closed;

    Http(Endpoint destination, Movement movement) {
        this.movement = movement;
        this.server = destination.server();
        this.access = destination.access();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(access.timeout());
        if (access.insecureTls()) {
            builder.sslContext(Authority.anyone());
        }
        access.authorities().map(Authority::of).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * What a server answered.
     *
     * @param status the HTTP status
     * @param type the media type without parameters; empty if none
     * @param length the announced length of the content; -1 if none
     * @param location where a redirect leads; empty if none
     * @param body the content
     */
    record Answer(int status, String type, long length, String location, String body) {}

    /**
     * Sends a request.
     *
     * @throws ServerFailure if no answer came in time
     */
    Answer send(String method, URI address, BodyPublisher body, Duration deadline) {
        return send(method, address, body, deadline, MOST_BYTES);
    }

    /**
     * Sends a request.
     *
     * @param most bytes of an answer
     * @throws ServerFailure if no answer came in time, or too long a one
     */
    Answer send(String method, URI address, BodyPublisher body, Duration deadline, long most) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method, body);
        if (method.equals("POST") || method.equals("PATCH")) {
            request.header("Content-Type", "application/json");
        }
        if (isTheServers(address)) {
            access.authorization().ifPresent(value -> request.header("Authorization", value));
        }
        Future<HttpResponse<String>> answer = begin(request.build(), most);
        try {
            HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            movement.answered();
            return new Answer(
                    response.statusCode(),
                    response.headers()
                            .firstValue("Content-Type")
                            .map(value -> value.split(";", 2)[0].strip())
                            .orElse(""),
                    response.headers().firstValueAsLong("Content-Length").orElse(-1),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ServerFailure.silent(server, deadline);
        } catch (CancellationException e) {
            throw new ServerFailure(ServerFailure.Kind.SILENT, server, "is no longer asked", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ServerFailure(ServerFailure.Kind.SILENT, server, "was not waited for", e);
        } catch (ExecutionException e) {
            throw ServerFailure.broken(server, e.getCause() instanceof IOException io ? io : e);
        }
    }

    /** Whether credentials may go there: a server says itself where its files are to be sent. */
    private boolean isTheServers(URI address) {
        return server.getScheme().equalsIgnoreCase(address.getScheme())
                && server.getHost().equalsIgnoreCase(address.getHost())
                && server.getPort() == address.getPort();
    }

    /**
     * Makes sure that a request was fulfilled.
     *
     * @param about what it was about, for the message; may be empty
     * @throws ServerFailure if it was not
     */
    void check(Answer answer, String about) {
        if (answer.status() / 100 == 3) {
            throw new ServerFailure(
                    ServerFailure.Kind.FOREIGN,
                    server,
                    "sends " + (about.isEmpty() ? "one" : about) + " elsewhere" + whereTo(answer)
                            + "; give the address of MLflow itself");
        }
        if (answer.status() / 100 != 2) {
            throw refusal(answer.status(), answer.body(), about);
        }
    }

    /** The failure that a refusal means, with the server's words. */
    ServerFailure refusal(int status, @Nullable String body, String about) {
        String words = shown(body);
        if (status == 407) {
            String said = words.isEmpty() ? "" : " (it says: " + words + ")";
            return new ServerFailure(
                    ServerFailure.Kind.CLOSED,
                    server,
                    "is behind a proxy that asks for a name and a password, which Ablate has none for" + said
                            + "; have the proxy let requests to this address pass, or go past it with -Dhttp.nonProxyHosts="
                            + server.getHost() + " in JAVA_TOOL_OPTIONS");
        }
        if (status == 403 && words.contains("Host header")) {
            return new ServerFailure(
                    ServerFailure.Kind.CLOSED,
                    server,
                    "answered 403: " + words + "; start it with --allowed-hosts " + server.getRawAuthority());
        }
        return ServerFailure.ofStatus(
                server, status, about.isEmpty() || words.isEmpty() ? about + words : about + ": " + words);
    }

    /** The failure of an answer that MLflow would not give. */
    ServerFailure foreign() {
        return new ServerFailure(ServerFailure.Kind.FOREIGN, server, "answered, but not as MLflow does");
    }

    private String whereTo(Answer answer) {
        return answer.location().isEmpty() ? "" : ", to " + shown(answer.location());
    }

    /** {@link #words}, without secrets that the server repeats. */
    private String shown(@Nullable String text) {
        return access.withoutSecrets(words(text));
    }

    private synchronized Future<HttpResponse<String>> begin(HttpRequest request, long most) {
        if (closed) {
            throw new ServerFailure(ServerFailure.Kind.SILENT, server, "is no longer asked");
        }
        Future<HttpResponse<String>> answer = sender.submit(() -> client.send(request, BoundedBody.of(most)));
        waiting = answer;
        return answer;
    }

    /** Ends the request that is going on, if any; no other will succeed. */
    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.cancel(true);
        }
        sender.shutdownNow();
    }

    /** Makes sure that MLflow answers there, and returns its version, empty where it does not say it. */
    String version() {
        Answer answer =
                send("GET", URI.create(server + "/version"), HttpRequest.BodyPublishers.noBody(), access.timeout());
        if (answer.status() / 100 == 3) {
            throw new ServerFailure(
                    ServerFailure.Kind.CLOSED,
                    server,
                    "sends one elsewhere" + whereTo(answer) + "; give the address of MLflow itself");
        }
        if (answer.status() == 200
                && answer.type().equals("text/html")
                && answer.body().contains("<")) {
            throw new ServerFailure(
                    ServerFailure.Kind.CLOSED, server, "is not an MLflow server: it answered with a web page");
        }
        if (answer.status() != 200 && answer.status() != 404) {
            throw refusal(answer.status(), answer.body(), "");
        }
        return answer.status() == 200 ? words(answer.body()) : "";
    }

    /** What a server's answer says, in one line: MLflow's code and message, a page's title, or the beginning of any other text. */
    static String words(@Nullable String body) {
        String text = body == null
                ? ""
                : body.substring(0, Math.min(body.length(), MOST_WORDS)).strip();
        try {
            if (text.startsWith("{")
                    && JsonParser.parseString(text) instanceof JsonObject answer
                    && answer.has("message")) {
                String code =
                        answer.has("error_code") ? answer.get("error_code").getAsString() + ": " : "";
                text = code + answer.get("message").getAsString();
            }
        } catch (JsonParseException | UnsupportedOperationException | IllegalStateException e) {
            // then it is shown as it is
        }
        if (PAGE.matcher(text).find()) {
            Matcher title = TITLE.matcher(text);
            text = "a web page" + (title.find() ? ": " + title.group(1) : "");
        }
        // a terminal obeys some characters that are not text
        text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
