package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With real servers and real signals. */
@ManagedMlflow
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent from outside by kill")
@Order(9)
class LocalServerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    /** With what a path may contain. */
    private Path folder;

    private LocalServer server;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void nameTheFolder() {
        folder = home.resolve("a b#ü").resolve("mlflow");
        server = server(ServerLauncher::freePort, PATIENCE, PATIENCE);
    }

    @AfterEach
    void endWhatRuns() throws Exception {
        server.stop(line -> {});
        assertThat(processes()).isEmpty();
    }

    @Test
    void isFoundByAnyNumberOfProcessesOutlivesThemAndIsStartedAgain() throws Exception {
        Files.createDirectories(folder);
        HalfMade.write(folder.resolve("mlflow.db"));
        Process one = otherAblate();
        Process other = otherAblate();

        String first = output(one);
        String second = output(other);

        assertThat(first).startsWith("http://127.0.0.1:").isEqualTo(second);
        assertThat(server.running()).contains(URI.create(first));
        assertThat(processes()).hasSize(1);
        assertThat(session(processes().get(0).pid()))
                .as("a session of its own: Ctrl-C does not reach it")
                .isNotEqualTo(session(ProcessHandle.current().pid()));
        LocalServer.Status status = server.status();
        assertThat(status.running()).isTrue();
        assertThat(status.version()).contains(PythonEnvironment.MLFLOW);
        assertThat(status.bytes()).isGreaterThan(100_000);
        assertThat(status.log()).content().contains("Uvicorn running on " + first);

        try (Stream<Path> aside = Files.list(folder)) {
            assertThat(aside.map(file -> String.valueOf(file.getFileName())))
                    .as("what an earlier start left half made")
                    .anyMatch(name -> name.startsWith("half-made-"));
        }
        letsInThisMachinesNamesAlone(URI.create(first).getPort());

        Files.delete(folder.resolve("server.json"));
        assertThat(server.running()).isEmpty();
        assertThat(server.start(progress::add)).isEqualTo(URI.create(first));
        assertThat(processes()).hasSize(1);

        isFoundWithoutItsParentAndStartedAgainBesideStrangersAndWhenHung(URI.create(first));

        assertThat(server.stop(line -> {})).isTrue();
        assertThat(server.stop(line -> {})).isFalse();
        assertThat(server.running()).isEmpty();
        assertThat(server.status().running()).isFalse();
    }

    /** A browser shows a foreign page the answers of whatever its name leads to: the name is what distinguishes it from one of ours. */
    private static void letsInThisMachinesNamesAlone(int port) throws IOException {
        String search = "/api/2.0/mlflow/experiments/search?max_results=1";
        for (String host : List.of("127.0.0.1:" + port, "localhost:" + port)) {
            assertThat(status(port, "GET " + search, "Host: " + host)).as(host).isEqualTo(200);
            assertThat(status(port, "GET /", "Host: " + host)).as(host).isEqualTo(200);
        }
        for (String name : List.of(
                "10.evil.example",
                "192.168.evil.example",
                "172.16.evil.example",
                "fd00:evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "0.0.0.0",
                "localhost@evil.example",
                "localhost:80@evil.example",
                "evil.example")) {
            for (String host : List.of(name, name + ":" + port)) {
                assertThat(status(port, "GET " + search, "Host: " + host))
                        .as(host)
                        .isEqualTo(403);
                assertThat(status(port, "GET /", "Host: " + host)).as(host).isEqualTo(403);
            }
        }
        String own = "Host: 127.0.0.1:" + port;
        String create = "POST /api/2.0/mlflow/experiments/create";
        for (String origin :
                List.of("http://evil.example", "https://10.evil.example", "http://localhost.evil.example", "null")) {
            assertThat(status(port, create, own, "Origin: " + origin))
                    .as(origin)
                    .isEqualTo(403);
        }
        // refused for what is in it, not for who asks
        assertThat(status(port, create, own, "Origin: http://127.0.0.1:" + port))
                .isEqualTo(400);
    }

    /** The status of what a server answers to a request with these headers, such as no client of Java's sends. */
    private static int status(int port, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = request + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    /** Of a server that runs: one less to start. */
    private void isFoundWithoutItsParentAndStartedAgainBesideStrangersAndWhenHung(URI address) throws Exception {
        ProcessHandle parent = processes().get(0);
        List<ProcessHandle> children = parent.descendants().toList();

        parent.destroyForcibly();
        parent.onExit().get(10, TimeUnit.SECONDS);
        assertThat(server.running()).as("its child serves on").contains(address);
        if (Files.exists(Path.of("/proc/self/cwd"))) {
            // as if it had been killed before its child was recorded
            Files.delete(folder.resolve("server.json"));
        }
        assertThat(server.start(progress::add)).isEqualTo(address);
        assertThat(processes()).isEmpty();

        children.forEach(ProcessHandle::destroyForcibly);
        await(() -> server.running().isEmpty());
        assertThat(server.status().running()).isFalse();
        URI other = leavesStrangersAloneAndTakesAnotherPort();

        LocalServer impatient = server(ServerLauncher::freePort, PATIENCE, Duration.ofSeconds(1));
        ProcessHandle hung = processes().get(0);
        signal("STOP", ServerProcesses.withDescendants(List.of(hung)));
        assertThat(impatient.running()).isEmpty();
        LocalServer.Status status = impatient.status();
        assertThat(status.state()).isEqualTo(LocalServer.State.SUSPENDED);
        assertThat(status.running()).isFalse();
        assertThat(status.address()).contains(other);
        assertThat(status.processes()).contains(hung.pid());
        assertThat(status.toGoOn()).startsWith("kill -CONT ").contains(Long.toString(hung.pid()));
        progress.clear();
        assertThat(impatient.start(progress::add)).as("at its old port").isEqualTo(other);
        assertThat(progress).contains("the server that was there did not answer within 1 s; ending it");
        await(() -> !hung.isAlive());
    }

    /** Where the record's process number and port both belong to others by now. */
    private URI leavesStrangersAloneAndTakesAnotherPort() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        HttpServer healthy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        healthy.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            try (var body = exchange.getResponseBody()) {
                body.write("OK".getBytes(StandardCharsets.UTF_8));
            }
        });
        healthy.start();
        int taken = healthy.getAddress().getPort();
        try {
            new ServerRecord(
                            taken,
                            "3.17.2",
                            Instant.EPOCH,
                            true,
                            "",
                            List.of(ServerRecord.Member.of(stranger.toHandle())))
                    .write(folder.resolve("server.json"));
            assertThat(server.running()).isEmpty();
            assertThat(server.stop(line -> {})).isFalse();

            int[] next = {taken, ServerLauncher.freePort()};
            int[] asked = {0};
            server = server(() -> next[asked[0]++], PATIENCE, PATIENCE);
            URI address = server.start(progress::add);

            assertThat(address).isEqualTo(Health.address(next[1]));
            assertThat(progress).contains("port " + taken + " was taken by another program meanwhile");
            assertThat(server.running()).contains(address);
            assertThat(stranger.isAlive()).isTrue();
            return address;
        } finally {
            healthy.stop(0);
            stranger.destroyForcibly();
        }
    }

    @Test
    void showsTheEndOfTheLogOfAServerThatDies() throws Exception {
        Files.createDirectories(folder);
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mlflow.db"));
                Statement statement = database.createStatement()) {
            String newest = Migrations.of(MlflowExtension.shared().resolve("mlflow-" + LocalServer.VERSION))
                    .newest();
            statement.execute("create table alembic_version (version_num text)");
            statement.execute("insert into alembic_version values ('" + newest + "')");
            statement.execute("create table experiments (of_another_program text)");
            statement.execute("insert into experiments values ('something')");
        }

        assertThatThrownBy(() -> server.start(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("the MLflow server ended while it was starting; the end of ")
                .hasMessageContaining("experiments");
        assertThat(server.running()).isEmpty();
    }

    @Test
    void endsAServerThatTakesTooLong() {
        server = server(ServerLauncher::freePort, Duration.ofMillis(500), PATIENCE);

        assertThatThrownBy(() -> server.start(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("the MLflow server did not answer within 0 s");
        assertThat(processes()).isEmpty();
    }

    @Test
    void endsAServerThatWasStoppedWhileItStartsAndSaysWhatItWaitedFor() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                server.start(progress::add);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        thread.start();
        await(() -> !processes().isEmpty());
        ProcessHandle stopped = processes().get(0);
        signal("STOP", List.of(stopped));
        await(() -> server.status().state() == LocalServer.State.SUSPENDED);

        // two minutes are how long a start may take
        thread.join(Duration.ofSeconds(60).toMillis());

        assertThat(thrown.get())
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("the MLflow server did not go on within 10 s: its process " + stopped.pid()
                        + " is stopped (SIGSTOP), and was ended; the end of "
                        + server.status().log());
        assertThat(progress)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("waiting for the MLflow server at http://127.0.0.1:")
                        .contains(
                                "s of at most 120; its log: " + server.status().log())
                        .endsWith("its process " + stopped.pid() + " is stopped; to let it go on: kill -CONT "
                                + stopped.pid()));
        assertThat(processes()).isEmpty();
        assertThat(server.status().state()).isEqualTo(LocalServer.State.DOWN);
    }

    /** As {@code ui}, {@code ui stop} and {@code run --ui} do, each of which works under the lock. */
    @Test
    void saysWhichOtherProcessItWaitsFor() throws Exception {
        Files.createDirectories(folder);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve("server.lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('x');
            signal("STOP", List.of(other.toHandle()));

            assertThatThrownBy(() -> server.stop(progress::add))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessage("another ablate (process " + other.pid()
                            + ") is at work on the MLflow server, and did not go on within 10 s: its process "
                            + other.pid() + " is stopped (SIGSTOP). To end it: kill -9 " + other.pid()
                            + "; then try again");
            assertThat(progress)
                    .first()
                    .isEqualTo("another ablate (process " + other.pid()
                            + ") is at work on the MLflow server; waiting for it");
        } finally {
            other.destroyForcibly();
        }
        await(() -> !other.isAlive());
        assertThat(server.stop(progress::add)).as("its lock has ended with it").isFalse();
    }

    @Test
    void endsWhatItBeganWhenInterrupted() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                server.start(progress::add);
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        thread.start();
        await(() -> !processes().isEmpty());

        thread.interrupt();
        thread.join(30_000);

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(processes()).isEmpty();
    }

    @Test
    void saysThatItsFolderCannotBeMade() throws Exception {
        Files.writeString(home.resolve("a b#ü"), "in the way");

        assertThatThrownBy(() -> server.start(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("the MLflow server's folder cannot be used: ")
                .hasMessageContaining("a b#ü");
        assertThat(server.running()).isEmpty();
        assertThat(server.stop(line -> {})).isFalse();
        assertThat(server.status().running()).isFalse();
    }

    @Test
    void refusesAFolderThatMlflowWouldMisread() {
        server = new LocalServer(home.resolve("100%41"), MlflowExtension.shared(), Clock.systemUTC(), System.getenv());

        assertThatThrownBy(() -> server.start(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("ABLATE_HOME");
    }

    @Test
    void takesABrokenRecordForNone() throws Exception {
        Files.createDirectories(folder);
        for (String broken : List.of(
                "", "{", "[]", "{}", "{\"port\":\"x\"}", "null", "\u0000\u0001", "{\"port\":1,\"processes\":[1]}")) {
            Files.writeString(folder.resolve("server.json"), broken);

            assertThat(server.running()).as(broken).isEmpty();
            assertThat(server.status().version()).as(broken).isEmpty();
        }
    }

    private LocalServer server(IntSupplier ports, Duration toStart, Duration toEnd) {
        return new LocalServer(
                folder, MlflowExtension.shared(), Clock.systemUTC(), System.getenv(), ports, toStart, toEnd);
    }

    /** The parents that serve this test's folder. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(ServerCommand.database(folder)))
                        .isPresent())
                .toList();
    }

    private static String session(long pid) throws Exception {
        return output(new ProcessBuilder("ps", "-o", "sess=", "-p", Long.toString(pid)).start());
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            assertThat(output(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start()))
                    .isEmpty();
        }
    }

    private Process otherAblate() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherAblate.class.getName(),
                        folder.toString(),
                        MlflowExtension.shared().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String output(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.strip();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("patience has ended").isNegative();
            Thread.sleep(50);
        }
    }

    /** A process that holds a lock until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            new LockFile(Path.of(arguments[0]), PATIENCE).holding("", line -> {}, () -> {
                System.out.println("x");
                Thread.sleep(Duration.ofMinutes(10).toMillis());
                return true;
            });
        }
    }

    /** A process that starts the server and ends. */
    static final class OtherAblate {
        private OtherAblate() {}

        public static void main(String[] arguments) throws Exception {
            LocalServer server =
                    new LocalServer(Path.of(arguments[0]), Path.of(arguments[1]), Clock.systemUTC(), System.getenv());
            System.out.println(server.start(line -> {}));
        }
    }
}
