package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of deliveries that need a person. */
class DeliveryWordsTest {

    private static final String NOWHERE = "http://127.0.0.1:9";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to what it accepts, then
            403 | Have it allow you to write there, then
            404 | Check that its address is the one of MLflow itself, then
            413 | Have it, or the proxy before it, accept larger requests (nginx: client_max_body_size), then
            500 | Its log says why. Then
            """)
    void saysWhatAServerThatIsUpAnsweredAndWhatToDo(int status, String remedy) throws IOException {
        String spec = shell.write("quick.yaml", spec("quick"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "its own words".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean version = exchange.getRequestURI().getPath().equals("/version");
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(version && status == 413 ? 404 : status, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            Shell.Result result = shell.run("run", spec, "--tracking-uri", address, "--require-tracking");
            assertThat(result.code()).isEqualTo(4);
            assertThat(result.out())
                    .contains("MLflow at " + address + " answered " + status + ": its own words; 1 run is stored. "
                            + remedy + ": ablate sync --tracking-uri " + address + "\n")
                    .doesNotContain("When it is up");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void statusShowsWhatNeedsAPersonFirstAndWhole() {
        for (int k = 0; k < 14; k++) {
            assertThat(shell.run("run", shell.write("c" + k + ".yaml", spec("c" + k)))
                            .code())
                    .isZero();
        }
        try (RunStore store = RunStore.open(shell.home(), Clock.systemUTC())) {
            for (ComparisonRecord comparison : store.comparisons()) {
                boolean refused =
                        comparison.name().equals("c0") || comparison.name().equals("c1");
                for (long run : new long[] {0, comparison.members().get(0).run().id()}) {
                    store.ledger()
                            .put(new DeliveryLedger.Entry(
                                    NOWHERE,
                                    comparison.name(),
                                    comparison.key(),
                                    run,
                                    "f".repeat(32),
                                    0,
                                    "",
                                    !refused));
                }
                if (refused) {
                    store.ledger()
                            .put(new DeliveryLedger.Proof(
                                    NOWHERE, comparison.name(), comparison.key(), 0, false, "refused: its own words"));
                }
            }
        }
        List<String> lines = shell.run("status", "--tracking-uri", NOWHERE)
                .out()
                .lines()
                .map(String::strip)
                .dropWhile(line -> !line.contains("delivered to"))
                .skip(1)
                .toList();
        assertThat(lines).hasSize(15);
        assertThat(lines.get(0)).matches("c1 \\([0-9a-f]{8}\\): 0 of 1 run delivered and verified");
        assertThat(lines.get(1)).isEqualTo("the parent run: refused: its own words");
        assertThat(lines.get(2)).startsWith("c0 (");
        assertThat(lines.get(3)).isEqualTo("the parent run: refused: its own words");
        assertThat(lines.get(4)).startsWith("c13 (");
        assertThat(lines.get(14)).isEqualTo("and 2 older comparisons, delivered and verified");
    }

    @Test
    void writesReportsOfNamesThatAreLongerThanAFilesNameMayBe() throws IOException {
        String name = "größe ".repeat(60).strip();
        String spec = shell.write("long.yaml", spec("'" + name + "'"));
        String other = shell.write("other.yaml", spec("'" + name + ", otherwise'"));
        assertThat(shell.run("run", spec).code()).isZero();
        assertThat(shell.run("run", other).code()).isZero();
        Shell.Result all = shell.run("report", "--all");
        assertThat(all.err()).isEmpty();
        assertThat(all.code()).isZero();
        assertThat(shell.run("report", spec).code()).isZero();
        try (Stream<Path> reports = Files.list(Path.of(all.out().strip()).getParent())) {
            assertThat(reports.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .allMatch(file -> file.length() < 200);
        }
    }

    @Test
    void refusesNamesOfExperimentsThatNoServerAllows() {
        String spec = shell.write("quick.yaml", spec("quick"));
        Shell.Result flag = shell.run("run", spec, "--experiment", "e".repeat(501));
        assertThat(flag.code()).isEqualTo(2);
        assertThat(flag.err()).contains("--experiment must be a name of 1 to 500 characters, got 501");
        Shell.Result inherited = new Shell(folder)
                .with("MLFLOW_EXPERIMENT_NAME", "e".repeat(501))
                .run("run", spec);
        assertThat(inherited.code()).isEqualTo(2);
        assertThat(inherited.err()).contains("MLFLOW_EXPERIMENT_NAME must be a name of 1 to 500 characters, got 501");
        assertThat(shell.run("run", spec, "--experiment", "e".repeat(500)).code())
                .isZero();
    }

    private static String spec(String name) {
        return """
                version: 1
                name: %s
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 2 }
                """.formatted(name);
    }
}
