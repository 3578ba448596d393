package dev.ablate.mlflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {

    @Test
    void distinguishesAHostThatIsNotThereFromOneThatRefuses() {
        assertFailure("http://ablate.invalid", "cannot be found: no such host");
        assertFailure("http://127.0.0.1:9", "refused the connection");
    }

    private static void assertFailure(String address, String words) {
        Endpoint destination = Endpoint.resolve(Optional.of(address), Map.of(), Optional::empty)
                .orElseThrow();
        try (Connection connection = new Connection(destination)) {
            assertThatThrownBy(connection::version)
                    .hasMessage("MLflow at " + URI.create(address) + " " + words)
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ServerFailure.Kind.ABSENT));
        }
    }

    /** What reads, what writes and files alike. */
    @Test
    void goesOverTheProxyOfJavasSettings() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'{', '}'});
            }
        });
        proxy.start();
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(new BehindProxy(proxy.getAddress(), usual));
        URI server = URI.create("http://" + BehindProxy.HOST + ":5000");
        try (Connection connection = new Connection(new Endpoint("test", server, Access.open()))) {
            connection.version();
            connection.server().setTags("a", Map.of("b", "c"));
            connection.artifacts().put("mlflow-artifacts:/1/a/artifacts", "d.txt", new byte[1]);
        } finally {
            ProxySelector.setDefault(usual);
            proxy.stop(0);
        }
        assertThat(asked)
                .containsExactly(
                        "GET " + server + "/version",
                        "POST " + server + "/api/2.0/mlflow/runs/log-batch",
                        "PUT " + server + "/api/2.0/mlflow-artifacts/artifacts/1/a/artifacts/d.txt");
    }

    @Test
    void saysThatAProxyWantsAPassword() throws IOException {
        ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread answering = new Thread(() -> refuseAll(proxy), "proxy");
        answering.setDaemon(true);
        answering.start();
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(new BehindProxy(proxy.getLocalSocketAddress(), usual));
        try {
            for (String scheme : List.of("http", "https")) {
                URI server = URI.create(scheme + "://" + BehindProxy.HOST + ":5000");
                try (Connection connection = new Connection(new Endpoint("test", server, Access.open()))) {
                    for (Runnable request : List.<Runnable>of(
                            connection::version, () -> connection.server().setTags("a", Map.of("b", "c")))) {
                        assertThatThrownBy(request::run)
                                .hasMessageStartingWith(
                                        "MLflow at " + server
                                                + " is behind a proxy that asks for a name and a password, which Ablate has none for")
                                .hasMessageEndingWith(
                                        "-Dhttp.nonProxyHosts=" + BehindProxy.HOST + " in JAVA_TOOL_OPTIONS")
                                .isInstanceOfSatisfying(
                                        ServerFailure.class,
                                        failure -> assertThat(failure.kind()).isEqualTo(ServerFailure.Kind.CLOSED));
                    }
                }
            }
        } finally {
            ProxySelector.setDefault(usual);
            proxy.close();
        }
    }

    /** One host alone: other tests, which run at the same time, reach theirs as ever. */
    private static final class BehindProxy extends ProxySelector {

        static final String HOST = "mlflow.invalid";

        private final SocketAddress proxy;
        private final ProxySelector others;

        BehindProxy(SocketAddress proxy, ProxySelector others) {
            this.proxy = proxy;
            this.others = others;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return HOST.equals(uri.getHost()) ? List.of(new Proxy(Proxy.Type.HTTP, proxy)) : others.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            others.connectFailed(uri, address, failure);
        }
    }

    /** Until it is closed; by hand, as the JDK's server knows no CONNECT. */
    private static void refuseAll(ServerSocket proxy) {
        while (true) {
            try (Socket socket = proxy.accept()) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                while (!"".equals(request.readLine())) {
                    // to the end of the headers
                }
                socket.getOutputStream()
                        .write(
                                ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"\r\n"
                                                + "Content-Length: 9\r\nConnection: close\r\n\r\nWho goes?")
                                        .getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error_code\": \"BUSY\", \"message\": \"slow  down\"} | BUSY: slow down",
                "{\"message\": \"no\"} | no",
                "{\"detail\": 1} | {\"detail\": 1}",
                "{ broken | { broken",
                "<!DOCTYPE html><html><head><title>Sign in</title></head></html> | a web page: Sign in",
                "<html><body>503</body></html> | a web page",
                "<b>not</b> a page | <b>not</b> a page",
                "'' | ''"
            })
    void showsAnAnswerInOneLine(String body, String words) {
        assertThat(Http.words(body)).isEqualTo(words);
    }

    @Test
    void cutsALongAnswer() {
        assertThat(Http.words("x".repeat(400))).hasSize(303).endsWith("x...");
        assertThat(Http.words(null)).isEmpty();
    }
}
