package dev.ablate.mlflow.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Stands before a real tracking server, or for none at all, and does to some requests what only a broken one does. */
final class FaultyServer implements AutoCloseable {

    static {
        // else each answer waits 40 ms for the other side's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What becomes of a request. */
    sealed interface Fate {}

    /** It reaches the real server, and its answer comes back. */
    record Pass() implements Fate {}

    /** It never reaches the real server; this is the answer. */
    record Answer(int status, String type, String body) implements Fate {}

    /** It reaches the real server, but this is the answer. */
    record LoseAnswer(int status, String type, String body) implements Fate {}

    /** There is no answer; the connection is closed a minute later, as whoever waits has gone by then. */
    record Hang() implements Fate {}

    /** The connection is closed without an answer. */
    record Break() implements Fate {}

    /** It reaches the real server, and half of its answer comes back. */
    record Cut() implements Fate {}

    /** It reaches the real server, and the connection is closed without an answer. */
    record Lose() implements Fate {}

    /** It reaches the real server, and its answer comes back, some time later. */
    record Delay(Duration time) implements Fate {}

    /** This connection is closed, and for some time nobody listens. */
    record Refuse(Duration time) implements Fate {}

    /** Decides on a request. */
    interface Mood {
        Fate fate(String method, String path, String body);
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile HttpServer http;
    private int port;
    private final URI real;
    private volatile Mood mood;
    private volatile boolean remembers = true;

    /** Requests as {@code METHOD path}, and the headers {@code Authorization} that came with them. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final List<String> authorizations = new CopyOnWriteArrayList<>();

    FaultyServer(URI real, Mood mood) {
        this(real, 0, mood);
    }

    FaultyServer(URI real, int port, Mood mood) {
        this(real, listening(HttpServer::create, port), mood);
    }

    /** With the key in a file. */
    static FaultyServer secure(URI real, Path keys, String password, Mood mood) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), password.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer https = listening(HttpsServer::create, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return new FaultyServer(real, https, mood);
    }

    private FaultyServer(URI real, HttpServer http, Mood mood) {
        this.real = real;
        this.mood = mood;
        this.http = http;
        begin();
    }

    private void begin() {
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    private void refuse(Duration time) {
        synchronized (requests) {
            leave();
            try {
                if (!closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    comeBack();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Listens no longer; connections are closed. */
    void leave() {
        port = http.getAddress().getPort();
        http.stop(0);
    }

    /** Listens again where it did. */
    void comeBack() {
        http = listening(HttpServer::create, port);
        begin();
    }

    private interface Maker<T> {
        T make(InetSocketAddress address, int backlog) throws IOException;
    }

    private static <T> T listening(Maker<T> maker, int port) {
        try {
            return maker.make(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        String scheme = http instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Keeps no more of what is asked: there may be any number of requests. */
    void forget() {
        remembers = false;
    }

    void change(Mood other) {
        mood = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            if (remembers) {
                requests.add(exchange.getRequestMethod() + " " + uri.getPath());
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            }
            Fate fate = mood.fate(exchange.getRequestMethod(), uri.getPath(), new String(body, StandardCharsets.UTF_8));
            if (fate instanceof Delay late && closing.await(late.time().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (fate instanceof Refuse away) {
                threads.execute(() -> refuse(away.time()));
            } else if (fate instanceof Cut) {
                byte[] answer = forward(exchange, body).body();
                exchange.sendResponseHeaders(200, answer.length + 10L);
                exchange.getResponseBody().write(answer, 0, answer.length / 2);
                exchange.getResponseBody().flush();
            } else if (fate instanceof Lose) {
                forward(exchange, body);
            } else if (fate instanceof Pass || fate instanceof Delay) {
                HttpResponse<byte[]> answer = forward(exchange, body);
                answer.headers().map().forEach((name, values) -> {
                    if (Set.of("content-type", "content-length").contains(name.toLowerCase(Locale.ROOT))) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
                reply(exchange, answer.statusCode(), answer.body());
            } else if (fate instanceof LoseAnswer lost) {
                forward(exchange, body);
                exchange.getResponseHeaders().set("Content-Type", lost.type());
                reply(exchange, lost.status(), lost.body().getBytes(StandardCharsets.UTF_8));
            } else if (fate instanceof Answer given) {
                exchange.getResponseHeaders().set("Content-Type", given.type());
                if (given.status() / 100 == 3) {
                    exchange.getResponseHeaders().set("Location", "https://elsewhere.example/login");
                }
                reply(exchange, given.status(), given.body().getBytes(StandardCharsets.UTF_8));
            } else if (fate instanceof Hang) {
                closing.await(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI uri = URI.create(real + exchange.getRequestURI().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
