package dev.ablate.mlflow.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Starts the server at the port it had last, else at a free one, and waits until it answers there. */
final class ServerLauncher {

    /** Ports to try before giving up. */
    static final int ATTEMPTS = 5;

    private static final Duration QUICK = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerCommand command;
    private final ServerLog log;
    private final Path recordFile;
    private final ServerProcesses processes;
    private final Clock clock;

    /** Ports that are probably free. */
    private final IntSupplier ports;

    /** How long one start may take. */
    private final Duration toStart;

    /** How long it may take to end when asked, and again when made to. */
    private final Duration toEnd;

    ServerLauncher(
            ServerCommand command,
            ServerLog log,
            Path recordFile,
            ServerProcesses processes,
            Clock clock,
            IntSupplier ports,
            Duration toStart,
            Duration toEnd) {
        this.command = command;
        this.log = log;
        this.recordFile = recordFile;
        this.processes = processes;
        this.clock = clock;
        this.ports = ports;
        this.toStart = toStart;
        this.toEnd = toEnd;
    }

    /** Starts it; what was begun is ended again if it comes to nothing. The caller holds the lock. */
    URI launch(Path python, Consumer<String> progress) throws IOException, InterruptedException, LocalServerException {
        Optional<Integer> last = ServerRecord.read(recordFile).map(ServerRecord::port);
        if (last.isPresent() && !becomesFree(last.get())) {
            last = Optional.empty();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = attempt == 0 && last.isPresent() ? last.get() : ports.getAsInt();
            progress.accept("starting the MLflow server at " + Health.address(port));
            log.turn();
            Process process = command.start(python, port, log.file());
            boolean answers = false;
            try {
                answers = answers(process, port, progress);
            } finally {
                if (!answers) {
                    clear(process);
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
    private boolean answers(Process process, int port, Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        ServerRecord record = ServerRecord.begun(port, clock.instant(), List.of(process.toHandle()));
        record.write(recordFile);
        Waiting waiting = new Waiting(
                "the MLflow server at " + Health.address(port), "; its log: " + log.file(), toStart, progress);
        while (process.isAlive()) {
            List<ProcessHandle> alive = ServerProcesses.withDescendants(List.of(process.toHandle()));
            ServerRecord now = record.with(alive);
            if (!now.equals(record)) {
                // at once: a child that is not recorded could not be distinguished from a stranger's if its parent were
                // killed
                record = now;
                record.write(recordFile);
            }
            if (log.saysThatItListens() && ServerProcesses.stopped(alive).isEmpty() && Health.answers(port, QUICK)) {
                record.answering(Health.version(port, QUICK).orElse(PythonEnvironment.MLFLOW))
                        .write(recordFile);
                return true;
            }
            Optional<String> given = waiting.on(alive);
            if (given.isPresent()) {
                throw new LocalServerException("the MLflow server " + given.get() + ", and was ended; " + log.end());
            }
        }
        if (log.saysThatThePortIsTaken()) {
            return false;
        }
        throw new LocalServerException("the MLflow server ended while it was starting; " + log.end());
    }

    private void clear(Process process) throws IOException, InterruptedException {
        List<ProcessHandle> left = new ArrayList<>(ServerProcesses.withDescendants(List.of(process.toHandle())));
        Optional<ServerRecord> record = ServerRecord.read(recordFile);
        // its child too, where the parent is gone
        record.map(processes::of).ifPresent(left::addAll);
        ServerProcesses.end(left, toEnd, () -> {});
        if (record.isPresent()) {
            record.get().ended().write(recordFile);
        }
    }

    /** Whether a port is free, or is so in a moment: the system may still be clearing up after a server that was just ended. */
    private static boolean becomesFree(int port) throws InterruptedException {
        long start = System.nanoTime();
        while (!isFree(port)) {
            if (System.nanoTime() - start > QUICK.toNanos()) {
                return false;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return true;
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
