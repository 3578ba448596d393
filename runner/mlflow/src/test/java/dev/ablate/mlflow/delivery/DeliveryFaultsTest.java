package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Sync;
import dev.ablate.mlflow.client.Access;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.FaultyServer.Answer;
import dev.ablate.mlflow.delivery.FaultyServer.Break;
import dev.ablate.mlflow.delivery.FaultyServer.Hang;
import dev.ablate.mlflow.delivery.FaultyServer.LoseAnswer;
import dev.ablate.mlflow.delivery.FaultyServer.Mood;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ManagedMlflow
@Order(5)
class DeliveryFaultsTest {

    private static final Mood WELL = (method, path, body) -> new Pass();
    /** Half of what a delivery may take that goes on trying. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String HTML = "<!doctype html><html><body>Sign in</body></html>";

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;
    private String experiment = "";

    DeliveryFaultsTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @BeforeEach
    void nameTheExperiment(TestInfo test) {
        experiment = test.getTestMethod().orElseThrow().getName() + " " + test.getDisplayName();
    }

    /** To a server that has a second to answer: only where it hangs, as a busy machine takes longer now and then. */
    private static Endpoint impatient(FaultyServer faulty) {
        Access access = new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(1));
        return new Endpoint("test", faulty.address(), access);
    }

    private static Endpoint patient(FaultyServer faulty) {
        return new Endpoint("test", faulty.address(), Access.open());
    }

    private void assertDeliveredOnce(Delivery.Report report) {
        assertThat(report.problem()).isEmpty();
        assertThat(report.complete()).hasSize(1);
        List<Rest.Run> all = rest.active(experiment);
        assertThat(all).hasSize(3);
        List<Rest.Run> children = Rest.children(all);
        assertThat(children).hasSize(2);
        for (Rest.Run child : children) {
            assertThat(child.info("status")).isEqualTo("FINISHED");
            assertThat(rest.artifact(child.id(), "predictions.json")).isEqualTo(Lab.PREDICTIONS);
        }
        for (String key : List.of("train/mse", "weights/x1", "weights/x2")) {
            assertThat(rest.histories(children.stream().map(Rest.Run::id).toList(), key)
                            .values())
                    .allSatisfy(values ->
                            assertThat(values).extracting(Rest.Value::step).containsExactly(0L, 10L, 20L, 30L, 40L));
        }
    }

    @Test
    void keepsEverythingWhereNobodyListens() throws IOException {
        int port = freePort();
        Endpoint gone = new Endpoint("test", URI.create("http://127.0.0.1:" + port), Access.open());
        try (Lab lab = new Lab(home, experiment, List.of(1L))) {
            lab.trainAll(5);
            long begin = System.nanoTime();
            Delivery.Report report = lab.deliver(gone);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
            assertThat(report.problem()).contains("MLflow at http://127.0.0.1:" + port + " refused the connection");
            assertThat(report.undelivered()).isEqualTo(2);
            Sync sync = new Sync(lab.store, Lab.TRACKER, gone);
            assertThat(sync.pending()).hasSize(1);

            try (FaultyServer up = new FaultyServer(server, port, WELL)) {
                assertThat(up.address()).isEqualTo(gone.server());
                assertDeliveredOnce(lab.sync(gone, Duration.ofSeconds(60)));
                assertThat(sync.pending()).isEmpty();
            }
        }
    }

    @Test
    void saysThatAWebPageIsNotMlflow() {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer web =
                        new FaultyServer(server, (method, path, body) -> new Answer(200, "text/html", HTML))) {
            lab.trainAll(5);
            assertThat(lab.deliver(patient(web)).problem())
                    .contains("MLflow at " + web.address() + " is not an MLflow server: it answered with a web page");
            assertThat(web.requests).containsOnly("GET /version");
        }
    }

    @Test
    void saysThatAnAnswerIsNotMlflows() {
        Mood gateway = (method, path, body) ->
                path.equals("/version") ? new Answer(404, "text/plain", "") : new Answer(200, "text/html", HTML);
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer web = new FaultyServer(server, gateway)) {
            lab.trainAll(5);
            assertThat(lab.deliver(patient(web)).problem())
                    .contains("MLflow at " + web.address() + " answered, but not as MLflow does");
        }
    }

    @Test
    void saysWhereARedirectLeads() {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer web = new FaultyServer(server, (method, path, body) -> new Answer(302, "text/html", ""))) {
            lab.trainAll(5);
            assertThat(lab.deliver(patient(web)).problem())
                    .contains(
                            "MLflow at " + web.address()
                                    + " sends one elsewhere, to https://elsewhere.example/login; give the address of MLflow itself");
        }
    }

    @Test
    void showsTheServersWordsWhereItRefusesAccess() {
        Mood guarded = (method, path, body) -> path.equals("/version")
                ? new Pass()
                : new Answer(401, "text/plain", "You are not authenticated.\nPlease see the docs.");
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer web = new FaultyServer(server, guarded)) {
            lab.trainAll(5);
            long begin = System.nanoTime();
            assertThat(lab.deliver(patient(web)).problem())
                    .contains("MLflow at " + web.address()
                            + " answered 401: You are not authenticated. Please see the docs.");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
        }
    }

    @Test
    void sendsCredentials() {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer well = new FaultyServer(server, WELL)) {
            lab.trainAll(5);
            Access access = new Access(
                    Optional.of("me"), Optional.of("pässword"), Optional.empty(), false, Duration.ofSeconds(5));
            assertDeliveredOnce(lab.deliver(new Endpoint("test", well.address(), access)));
            assertThat(well.authorizations).hasSizeGreaterThan(10).containsOnly("Basic bWU6cMOkc3N3b3Jk");
        }
    }

    @Test
    void doesNotWaitForAServerThatHangs() {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer hanging = new FaultyServer(
                        server, (method, path, body) -> path.equals("/version") ? new Pass() : new Hang())) {
            lab.trainAll(5);
            try (Delivery delivery = lab.begin(impatient(hanging))) {
                long begin = System.nanoTime();
                delivery.watch(lab.plan.key());
                // no call to the server can end sooner
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
                Delivery.Report report = delivery.finish(Duration.ofSeconds(3));
                assertThat(report.problem()).contains("MLflow at " + hanging.address() + " did not answer within 1 s");
                assertThat(report.undelivered()).isEqualTo(2);
                hanging.change(WELL);
                assertDeliveredOnce(delivery.finish(Duration.ofSeconds(60)));
            }
        }
    }

    @Test
    void closesWhileACallHangs() throws Exception {
        // its threads alone: other tests deliver at the same time
        ThreadGroup threads = new ThreadGroup("closing");
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer hanging = new FaultyServer(
                        server, (method, path, body) -> path.equals("/version") ? new Pass() : new Hang())) {
            lab.trainAll(5);
            FutureTask<Delivery> begun = new FutureTask<>(() -> lab.begin(Lab.at(hanging.address())));
            new Thread(threads, begun, "begin").start();
            Delivery delivery = begun.get();
            delivery.watch(lab.plan.key());
            Delivery.Report report = delivery.finish(Duration.ofSeconds(1));
            assertThat(report.problem()).contains("MLflow at " + hanging.address() + " has not answered for 1 s");
            assertThat(names(threads)).contains("ablate-delivery");
            long begin = System.nanoTime();
            delivery.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Access.open().timeout().dividedBy(2));
            assertThat(names(threads)).doesNotContain("ablate-delivery");
        }
    }

    private static List<String> names(ThreadGroup threads) {
        Thread[] alive = new Thread[100];
        return Stream.of(alive)
                .limit(threads.enumerate(alive))
                .map(Thread::getName)
                .toList();
    }

    /** Two of them with a body block the client for ever: its connections are not given back. */
    @Test
    void survivesTooManyRequests() {
        AtomicInteger left = new AtomicInteger(3);
        Mood busy = (method, path, body) -> path.endsWith("runs/log-batch") && left.getAndDecrement() > 0
                ? new Answer(
                        429,
                        "application/json",
                        "{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"slow down\"}")
                : new Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, busy)) {
            lab.trainAll(5);
            assertDeliveredOnce(lab.deliver(new Endpoint(
                    "test",
                    faulty.address(),
                    new Access(Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(5)))));
            assertThat(left.get()).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "lost"})
    void makesARunOnceWhereTheAnswerIsLost(String how) {
        AtomicInteger lost = new AtomicInteger();
        Mood losing = (method, path, body) -> {
            if (!path.endsWith("runs/create") || lost.getAndIncrement() % 4 == 3) {
                return new Pass();
            }
            return how.equals("500") ? new LoseAnswer(500, "text/plain", "oh") : new LoseAnswer(200, "text/html", "");
        };
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, losing)) {
            lab.trainAll(5);
            assertDeliveredOnce(deliverInSpiteOf(lab, faulty));
            assertThat(lost.get()).isGreaterThan(2);
            // the client itself asks three times where the answer is 500: of what that made, all but one a run is in
            // the trash
            int kept = 3;
            assertThat(rest.runs(experiment, "DELETED_ONLY")).hasSize(lost.get() - kept);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs/log-batch", "runs/update", "experiments/create", "predictions.json"})
    void sendsAgainWhatGotNoAnswer(String request) {
        AtomicInteger times = new AtomicInteger();
        Mood losing = (method, path, body) -> !path.endsWith(request)
                ? new Pass()
                : switch (times.getAndIncrement()) {
                    case 0 -> new Break();
                    case 1 -> new LoseAnswer(503, "text/plain", "busy");
                    case 2 -> new Answer(408, "text/plain", "");
                    case 3 -> new Hang();
                    default -> new Pass();
                };
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, losing)) {
            lab.trainAll(5);
            assertDeliveredOnce(lab.deliver(impatient(faulty)));
            // the server made the experiment in spite of its answer
            assertThat(times.get()).isGreaterThan(request.equals("experiments/create") ? 1 : 4);
        }
    }

    /** The client takes a web page for success: only reading back shows it. */
    @ParameterizedTest
    @ValueSource(strings = {"runs/log-batch", "runs/update", "predictions.json"})
    void sendsAgainWhatWasSwallowed(String request) {
        AtomicInteger times = new AtomicInteger();
        Mood swallowing = (method, path, body) -> path.endsWith(request) && times.getAndIncrement() == 0
                ? new Answer(200, "text/html", HTML)
                : new Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, swallowing)) {
            lab.trainAll(5);
            assertDeliveredOnce(lab.deliver(patient(faulty)));
            assertThat(times.get()).isGreaterThan(1);
        }
    }

    @Test
    void namesWhatIsSwallowedAgainAndAgain() {
        Mood swallowing = (method, path, body) -> path.endsWith("runs/log-batch") && body.contains("weights/x1")
                ? new Answer(200, "application/json", "{}")
                : new Pass();
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, swallowing)) {
            lab.trainAll(5);
            Delivery.Report report = lab.deliver(patient(faulty));
            assertThat(report.complete()).isEmpty();
            assertThat(report.undelivered()).isEqualTo(2);
            assertThat(report.problem())
                    .contains("run no-bias/seed=1: metric weights/x1 has 0 points there, 5 here (and 1 more run)");
        }
    }

    @Test
    void refusalOfOneRunDoesNotHoldUpTheOthers() {
        String[] refused = {""};
        Mood strict = (method, path, body) -> {
            if (path.endsWith("runs/log-batch") && body.contains(refused[0])) {
                return new Answer(
                        400,
                        "application/json",
                        "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"not this one\"}");
            }
            return new Pass();
        };
        try (Lab lab = new Lab(home, experiment, List.of(1L, 2L));
                FaultyServer faulty = new FaultyServer(server, strict)) {
            refused[0] = "\"" + lab.run(1).params().get("seed") + "\"";
            lab.trainAll(5);
            Delivery.Report report = lab.deliver(patient(faulty));

            assertThat(report.undelivered()).isEqualTo(2);
            assertThat(report.problem().orElseThrow())
                    .startsWith("run no-bias/seed=1: MLflow at " + faulty.address()
                            + " answered 400: INVALID_PARAMETER_VALUE: not this one");
            assertThat(rest.children(experiment))
                    .extracting(run -> run.info("status"))
                    .containsExactly("RUNNING", "RUNNING", "FINISHED", "FINISHED");
            faulty.change(WELL);
            assertThat(lab.deliver(patient(faulty)).complete()).hasSize(1);
        }
    }

    /** As after {@code kill -9} of the program between two requests, or between a request and its answer. */
    @ParameterizedTest
    @CsvSource({
        "3, lost",
        "4, lost",
        "5, done",
        "6, done",
        "7, done",
        "9, lost",
        "9, done",
        "11, done",
        "14, done",
        "17, lost",
        "20, done",
        "24, lost",
        "27, done",
        "33, done"
    })
    void goesOnWhereverItWasStopped(int stop, String request) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch stopped = new CountDownLatch(1);
        Mood ending = (method, path, body) -> {
            int number = requests.incrementAndGet();
            if (number < stop) {
                return new Pass();
            }
            if (number == stop && request.equals("done")) {
                return new LoseAnswer(503, "text/plain", "");
            }
            stopped.countDown();
            return new Hang();
        };
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, ending)) {
            lab.trainAll(5);
            Future<Delivery.Report> report;
            try (Delivery delivery = lab.begin(new Endpoint("test", faulty.address(), Access.open()))) {
                delivery.watch(lab.plan.key());
                report = Lab.meanwhile(() -> delivery.finish(Duration.ofMinutes(1)));
                assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(report.get(1, TimeUnit.MINUTES).complete()).isEmpty();
            faulty.change(WELL);
            assertDeliveredOnce(lab.deliver(impatient(faulty)));
        }
    }

    /** Makes a key of its own, and a certificate of it. */
    private Path keys(String name, String... more) throws Exception {
        Path keys = home.resolve(name + ".p12");
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=elsewhere.example"));
        words.addAll(List.of(more));
        keytool(keys, words);
        return keys;
    }

    private void keytool(Path keys, List<String> words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(words);
        command.addAll(List.of("-keystore", keys.toString(), "-storepass", "secret"));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @Test
    void takesAnyCertificateOnlyWhereAskedTo() throws Exception {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer secure = FaultyServer.secure(server, keys("any"), "secret", WELL)) {
            lab.trainAll(5);
            assertThat(secure.address()).hasScheme("https");
            assertThat(lab.deliver(patient(secure)).problem())
                    .contains("MLflow at " + secure.address()
                            + " has no secure connection: nobody this Java trusts vouches for its certificate"
                            + " (MLFLOW_TRACKING_SERVER_CERT_PATH=FILE names who does,"
                            + " MLFLOW_TRACKING_INSECURE_TLS=true takes any certificate)");
            Access any =
                    new Access(Optional.empty(), Optional.empty(), Optional.of("token"), true, Duration.ofSeconds(30));
            assertDeliveredOnce(lab.deliver(new Endpoint("test", secure.address(), any)));
            assertThat(secure.authorizations).containsOnly("Bearer token");
        }
    }

    @Test
    void takesTheCertificatesOfAnAuthorityOfOnesOwn() throws Exception {
        Path keys = keys("own", "-ext", "SAN=ip:127.0.0.1");
        Path authority = home.resolve("authority.pem");
        keytool(keys, List.of("-exportcert", "-rfc", "-file", authority.toString()));
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer secure = FaultyServer.secure(server, keys, "secret", WELL)) {
            lab.trainAll(5);
            Access access = Access.of(Map.of("MLFLOW_TRACKING_SERVER_CERT_PATH", authority.toString()));
            assertDeliveredOnce(lab.deliver(new Endpoint("test", secure.address(), access)));
        }
    }

    @Test
    void explainsThatAServerKnowsItselfByAnotherName() {
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer strict = new FaultyServer(
                        server,
                        (method, path, body) -> new Answer(
                                403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected"))) {
            lab.trainAll(5);
            assertThat(lab.deliver(patient(strict)).problem())
                    .contains("MLflow at " + strict.address()
                            + " answered 403: Invalid Host header - possible DNS rebinding attack detected;"
                            + " start it with --allowed-hosts "
                            + strict.address().getAuthority());
        }
    }

    /** A server repeats what it was sent: neither what is printed nor what is stored has it. */
    @Test
    void keepsSecretsOutOfTheServersWords() throws IOException {
        String canary = "c4n4ry-8d1f";
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer repeating = new FaultyServer(
                        server,
                        (method, path, body) -> path.endsWith("runs/log-batch")
                                ? new Answer(400, "text/plain", "no, " + canary + " may not")
                                : new Pass())) {
            lab.trainAll(5);
            Access access =
                    new Access(Optional.empty(), Optional.empty(), Optional.of(canary), false, Duration.ofSeconds(30));
            Delivery.Report report = lab.deliver(new Endpoint("test", repeating.address(), access));
            assertThat(report.problem().orElseThrow())
                    .contains("no, *** may not")
                    .doesNotContain(canary);
            assertThat(repeating.authorizations).contains("Bearer " + canary);
            assertThat(lab.store.ledger().proofs("test"))
                    .isNotEmpty()
                    .allMatch(proof -> proof.words().contains("refused: ") && !proof.verified());
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(canary);
            }
        }
    }

    @Test
    void waitsForAServerThatComesBack() {
        AtomicInteger requests = new AtomicInteger();
        // down for a while after the first 15 requests
        Mood restarting = (method, path, body) -> {
            int number = requests.incrementAndGet();
            return number > 15 && number < 30 ? new Break() : new Pass();
        };
        try (Lab lab = new Lab(home, experiment, List.of(1L));
                FaultyServer faulty = new FaultyServer(server, restarting)) {
            lab.trainAll(5);
            assertDeliveredOnce(lab.deliver(patient(faulty)));
            assertThat(requests.get()).isGreaterThan(30);
        }
    }

    /** Repeats as a person would, until all is delivered. */
    private static Delivery.Report deliverInSpiteOf(Lab lab, FaultyServer faulty) {
        Delivery.Report report = lab.deliver(impatient(faulty));
        for (int times = 0; times < 10 && report.complete().isEmpty(); times++) {
            report = lab.deliver(impatient(faulty));
        }
        return report;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
