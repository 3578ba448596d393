package dev.ablate.mlflow.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server of another version of MLflow, started as the managed one is.
 *
 * @param address where it answers
 * @param version what it says that it is
 * @param process the first of its processes
 */
public record OtherServer(URI address, String version, Process process) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Starts it and waits until it answers.
     *
     * @param python the interpreter of the virtual environment that has it
     * @param folder for its data; made if need be
     */
    public static OtherServer start(Path python, Path folder) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder).toAbsolutePath();
        int port = ServerLauncher.freePort();
        Path log = data.resolve("server.log");
        Process process = new ServerCommand(data, System.getenv()).start(python, port, log);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Health.answers(port, Duration.ofSeconds(2))) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                end(process);
                throw new IOException(python + " starts no server: " + new ServerLog(log).end());
            }
            Thread.sleep(100);
        }
        String version = Health.version(port, Duration.ofSeconds(5)).orElse("");
        return new OtherServer(Health.address(port), version, process);
    }

    @Override
    public void close() {
        try {
            end(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) throws InterruptedException {
        ServerProcesses.end(
                ServerProcesses.withDescendants(List.of(process.toHandle())), Duration.ofSeconds(10), () -> {});
    }
}
