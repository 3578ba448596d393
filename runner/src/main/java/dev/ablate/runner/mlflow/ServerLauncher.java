package dev.ablate.runner.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Starts the server at the port it had last, else at a free one, and waits until it answers there. */
final class ServerLauncher {

    /** Ports to try before giving up. */
    static final int ATTEMPTS = 5;

    private static final Duration QUICK = Duration.ofSeconds(2);

    private static final Duration TO_END = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final long LARGEST_LOG = 1 << 20;

    private final Path folder;
    private final Path log;
    private final Path recordFile;
    private final ServerProcesses processes;
    private final Clock clock;
    private final Map<String, String> environment;

    /** Ports that are probably free. */
    private final IntSupplier ports;

    /** How long one start may take. */
    private final Duration toStart;

    ServerLauncher(
            Path folder,
            Path log,
            Path recordFile,
            ServerProcesses processes,
            Clock clock,
            Map<String, String> environment,
            IntSupplier ports,
            Duration toStart) {
        this.folder = folder;
        this.log = log;
        this.recordFile = recordFile;
        this.processes = processes;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.ports = ports;
        this.toStart = toStart;
    }

    /** Starts it; what was begun is ended again if it comes to nothing. The caller holds the lock. */
    URI launch(Path python, Consumer<String> progress) throws IOException, InterruptedException, LocalServerException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, folder.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        Optional<Integer> last =
                ServerRecord.read(recordFile).map(ServerRecord::port).filter(ServerLauncher::isFree);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = attempt == 0 && last.isPresent() ? last.get() : ports.getAsInt();
            progress.accept("starting the MLflow server at " + Health.address(port));
            ServerLaunch launch = ServerLaunch.begin(python, folder, port, log, environment);
            boolean answers = false;
            try {
                answers = answers(launch, port, progress);
            } finally {
                if (!answers) {
                    clear(launch);
                }
            }
            if (answers) {
                return Health.address(port);
            }
            progress.accept("port " + port + " was taken by another program meanwhile");
        }
        throw new LocalServerException(
                "no port for the MLflow server: " + ATTEMPTS + " were taken, one after the other");
    }

    /** Waits until a launched server answers; false if another program took its port before it could. */
    private boolean answers(ServerLaunch launch, int port, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        ServerRecord record = ServerRecord.begun(port, clock.instant(), List.of(launch.process()));
        record.write(recordFile);
        long start = System.nanoTime();
        long nextBeat = start + BEAT.toNanos();
        while (launch.isAlive()) {
            ServerRecord now = record.with(List.of(launch.process()));
            if (!now.equals(record)) {
                // at once: a child that is not recorded could not be told from a stranger's if its parent were killed
                record = now;
                record.write(recordFile);
            }
            if (launch.listens() && Health.answers(port, QUICK)) {
                record.answering(Health.version(port, QUICK).orElse(PythonEnvironment.MLFLOW))
                        .write(recordFile);
                return true;
            }
            if (System.nanoTime() - start > toStart.toNanos()) {
                throw new LocalServerException("the MLflow server did not answer within " + toStart.toSeconds()
                        + " s. The end of its log (" + log + "):\n" + launch.tail());
            }
            if (System.nanoTime() - nextBeat > 0) {
                progress.accept("waiting for the server ("
                        + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s)");
                nextBeat += BEAT.toNanos();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        if (launch.foundPortTaken()) {
            return false;
        }
        throw new LocalServerException(
                "the MLflow server ended while it was starting. The end of its log (" + log + "):\n" + launch.tail());
    }

    private void clear(ServerLaunch launch) throws IOException, InterruptedException {
        List<ProcessHandle> left = new ArrayList<>(ServerProcesses.withDescendants(List.of(launch.process())));
        Optional<ServerRecord> record = ServerRecord.read(recordFile);
        // its child too, where the parent is gone
        record.map(processes::of).ifPresent(left::addAll);
        ServerProcesses.end(left, TO_END);
        if (record.isPresent()) {
            record.get().ended().write(recordFile);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** A port that nobody has at this moment. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }
}
