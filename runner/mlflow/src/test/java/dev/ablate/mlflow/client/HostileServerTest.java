package dev.ablate.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that want to hang, fill or fool those who ask them. */
@Timeout(60)
class HostileServerTest {

    private static final String SECRET = "s3cr3t";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private URI serve(HttpHandler handler) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        http.setExecutor(threads);
        http.createContext("/", exchange -> {
            try (exchange) {
                synchronized (authorizations) {
                    authorizations.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                }
                handler.handle(exchange);
            }
        });
        http.start();
        open.add(() -> {
            http.stop(0);
            threads.shutdownNow();
        });
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private Connection connect(URI server, Duration timeout) {
        Access access = new Access(Optional.empty(), Optional.empty(), Optional.of(SECRET), false, timeout);
        Connection connection = new Connection(new Endpoint("test", server, access));
        open.add(0, connection);
        return connection;
    }

    private Connection connect(URI server) {
        return connect(server, Duration.ofSeconds(30));
    }

    /** Without credentials. */
    private Connection connectOpenly(URI server, Duration timeout) {
        Access access = new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, timeout);
        Connection connection = new Connection(new Endpoint("test", server, access));
        open.add(0, connection);
        return connection;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void givesUpAnAnswerWithoutEnd() throws IOException {
        long[] sent = new long[1];
        URI server = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[100_000];
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(block);
                    sent[0] += block.length;
                }
            }
        });
        Connection connection = connect(server);
        for (Runnable request : List.<Runnable>of(
                connection::version,
                () -> connection.server().get("a"),
                () -> connection.server().setTags("a", Map.of("a", "b")),
                () -> connection.artifacts().put("mlflow-artifacts:/1/a/artifacts", "a.txt", new byte[1]))) {
            sent[0] = 0;
            assertThatThrownBy(request::run)
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage("MLflow at " + server + " gave an answer without end: more than 32 MB");
            assertThat(sent[0]).isLessThan(100_000_000);
        }
    }

    @Test
    void namesTheWayOutOfTooManyRuns() throws IOException {
        String runs = "{\"info\":{\"run_id\":\"r\"}},".repeat(1_000);
        String page = "{\"runs\":[" + runs.substring(0, runs.length() - 1) + "],\"next_page_token\":\"again\"}";
        URI server = serve(exchange -> answer(exchange, page));
        assertThatThrownBy(() -> connect(server).server().search("1", "", 1_000))
                .isInstanceOf(ServerFailure.class)
                .hasMessage("MLflow at " + server + " has more than 20000 runs; leave some out with --filter");
    }

    /** MLflow's client would keep what comes, however long. */
    @Test
    void givesUpAnAnswerWithoutEndToAnyWrite() throws IOException {
        AtomicLong sent = new AtomicLong();
        URI server = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[100_000];
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(block);
                    sent.addAndGet(block.length);
                }
            }
        });
        MlflowServer mlflow = connectOpenly(server, Duration.ofSeconds(30)).server();
        for (Runnable write : List.<Runnable>of(
                () -> mlflow.createExperiment("a"),
                () -> mlflow.tagExperiment("1", "a", "b"),
                () -> mlflow.create("1", "a", Instant.ofEpochSecond(1), Map.of()),
                () -> mlflow.log("a", List.of(), Map.of("a", "b")),
                () -> mlflow.setTags("a", Map.of("a", "b")),
                () -> mlflow.deleteTag("a", "a"),
                () -> mlflow.log("a", List.of(new MlflowServer.Value("a", 1, 1, 1)), Map.of()),
                () -> mlflow.update("a", "FINISHED", Optional.of(Instant.ofEpochSecond(1))),
                () -> mlflow.update("a", "RUNNING", Optional.empty()),
                () -> mlflow.delete("a"))) {
            sent.set(0);
            assertThatThrownBy(write::run)
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage("MLflow at " + server + " gave an answer without end: more than 32 MB");
            assertThat(sent.get()).isLessThan(100_000_000);
        }
    }

    @Test
    void makesNoRunOfAnAnswerThatIsNotMlflows() throws IOException {
        for (String answer : List.of("<html>Sign in</html>", "[]", "{}", "")) {
            URI server = serve(exchange -> answer(exchange, answer));
            MlflowServer mlflow = connectOpenly(server, Duration.ofSeconds(30)).server();
            for (Runnable write : List.<Runnable>of(
                    () -> mlflow.createExperiment("a"),
                    () -> mlflow.create("1", "a", Instant.ofEpochSecond(1), Map.of()))) {
                assertThat(catchThrowableOfType(ServerFailure.class, write::run))
                        .as(answer)
                        .extracting(ServerFailure::kind)
                        .isEqualTo(ServerFailure.Kind.FOREIGN);
            }
        }
    }

    @Test
    void doesNotWaitForOneThatDrips() throws IOException {
        URI server = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(' ');
                    body.flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> connect(server, Duration.ofSeconds(1)).server().get("a"))
                .hasMessage("MLflow at " + server + " did not answer within 1 s");
    }

    @Test
    void givesUpPagesWithoutEnd() throws IOException {
        String values = "{\"key\":\"a\",\"value\":1,\"timestamp\":1,\"step\":1},".repeat(100_000);
        String metrics =
                "{\"metrics\":[" + values.substring(0, values.length() - 1) + "],\"next_page_token\":\"again\"}";
        URI server = serve(exchange -> answer(
                exchange,
                exchange.getRequestURI().getPath().endsWith("search") ? "{\"next_page_token\":\"again\"}" : metrics));
        Connection connection = connect(server);
        MlflowServer mlflow = connection.server();
        assertThatThrownBy(() -> mlflow.search("1", Map.of("tag", "value")))
                .hasMessage("MLflow at " + server + " answered, but not as MLflow does");
        assertThatThrownBy(() -> connection.models().of("1", "a"))
                .hasMessage("MLflow at " + server + " answered, but not as MLflow does");
        assertThatThrownBy(() -> mlflow.history("a", "metric", 5))
                .hasMessage("MLflow at " + server + " answered, but not as MLflow does");
    }

    /** Each page is another one. */
    @Test
    void givesUpModelsWithoutEnd() throws IOException {
        AtomicInteger pages = new AtomicInteger();
        String models = "{\"info\":{\"model_id\":\"m\"}},".repeat(50) + "7";
        URI server = serve(exchange -> answer(
                exchange, "{\"models\":[" + models + "],\"next_page_token\":\"" + pages.incrementAndGet() + "\"}"));
        assertThatThrownBy(() -> connect(server).models().of("1", "a"))
                .hasMessage("MLflow at " + server + " answered, but not as MLflow does");
        assertThat(pages.get()).isLessThan(30);
    }

    @Test
    void refusesJsonThatIsNotMlflows() throws IOException {
        List<String> answers = List.of(
                "{\"run\":".repeat(50_000),
                "[".repeat(50_000),
                "{\"run\":{\"info\":{\"start_time\":\"soon\"}}}",
                "{\"run\":[]}",
                "{}",
                "null",
                "");
        for (String answer : answers) {
            URI server = serve(exchange -> answer(exchange, answer));
            assertThat(catchThrowableOfType(
                            ServerFailure.class, () -> connect(server).server().get("a")))
                    .as(answer.length() > 50 ? answer.substring(0, 50) : answer)
                    .extracting(ServerFailure::kind)
                    .isEqualTo(ServerFailure.Kind.FOREIGN);
        }
    }

    @Test
    void findsFilesInTheListsOfTheirFolders() throws IOException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        URI server = serve(exchange -> {
            String question = exchange.getRequestURI().toString();
            asked.add(exchange.getRequestMethod() + " " + question);
            switch (question.replaceFirst(".*=", "")) {
                case "1%2Fa+b%2Fartifacts" -> answer(exchange, """
                            {"files": [{"path": "here.txt", "is_dir": false, "file_size": 3},
                              {"path": "100% ü+.txt", "file_size": "3"}, {"path": "unmeasured.txt"},
                              {"path": "small.txt", "file_size": 2}, {"path": "folder.txt", "is_dir": true}, 7]}""");
                case "1%2Fa+b%2Fartifacts%2Fcharts" -> exchange.sendResponseHeaders(404, -1);
                default -> answer(exchange, "{}");
            }
        });
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String path : List.of(
                "here.txt",
                "100% ü+.txt",
                "unmeasured.txt",
                "small.txt",
                "folder.txt",
                "gone.txt",
                "charts/a.svg",
                "charts/b.svg",
                "more/c.txt")) {
            files.put(path, new byte[3]);
        }
        assertThat(connect(server).artifacts().missing("mlflow-artifacts:/1/a b/artifacts", files))
                .containsExactly("small.txt", "folder.txt", "gone.txt", "charts/a.svg", "charts/b.svg", "more/c.txt");
        assertThat(asked).hasSize(3).allMatch(question -> question.startsWith("GET /api/2.0/mlflow-artifacts/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "<html>", "{"})
    void takesNothingElseForAListOfFiles(String answer) throws IOException {
        URI server = serve(exchange -> answer(exchange, answer));
        assertThat(catchThrowableOfType(
                        ServerFailure.class,
                        () -> connect(server)
                                .artifacts()
                                .missing("mlflow-artifacts:/1/a/artifacts", Map.of("a", new byte[1]))))
                .extracting(ServerFailure::kind)
                .isEqualTo(ServerFailure.Kind.FOREIGN);
    }

    @Test
    void asksAPlaceThatIsNotMlflowsForEachFile() throws IOException {
        URI place = serve(exchange -> {
            String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            if (name.matches("\\d+")) {
                exchange.getResponseHeaders().set("Content-Length", name);
            }
            exchange.sendResponseHeaders(
                    name.equals("gone") || exchange.getRequestMethod().equals("GET") ? 404 : 200, -1);
        });
        Map<String, byte[]> files = new LinkedHashMap<>();
        List.of("3", "2", "gone").forEach(path -> files.put(path, new byte[3]));
        assertThat(connect(place).artifacts().missing(place + "/a/bucket", files))
                .containsExactly("2", "gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 303, 307})
    void followsNobodyElsewhereAndSendsNoSecretsThere(int status) throws IOException {
        URI elsewhere = serve(exchange -> answer(exchange, "{}"));
        URI server = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.toString());
            exchange.sendResponseHeaders(status, -1);
        });
        Connection connection = connect(server);
        String words =
                "MLflow at " + server + " sends one elsewhere, to " + elsewhere + "; give the address of MLflow itself";
        assertThatThrownBy(() -> connection.server().get("a")).hasMessage(words);
        assertThatThrownBy(() -> connection.server().setTags("a", Map.of("a", "b")))
                .hasMessage(words);
        assertThatThrownBy(() -> connection.server().delete("a")).hasMessage(words);
        assertThat(authorizations).containsOnly("Bearer " + SECRET).hasSize(3);

        authorizations.clear();
        connection.artifacts().put(elsewhere + "/api", "report.html", new byte[3]);
        assertThat(authorizations).containsExactly("null");
    }

    @Test
    void refusesAPathOutOfARun() throws IOException {
        URI server = serve(exchange -> answer(exchange, ""));
        assertThatThrownBy(() ->
                        connect(server).artifacts().put("mlflow-artifacts:/1/a/artifacts", "a/../../../b", new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads out of its run");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void showsNeitherSecretsNorWhatATerminalObeys() throws IOException {
        URI server = serve(exchange -> {
            byte[] words = ("\u001b[2J" + exchange.getRequestHeaders().getFirst("Authorization") + "\u0007 is wrong")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, words.length);
            exchange.getResponseBody().write(words);
        });
        assertThatThrownBy(() -> connect(server).server().get("a"))
                .hasMessage("MLflow at " + server + " answered 400: [2JBearer *** is wrong");
    }
}
