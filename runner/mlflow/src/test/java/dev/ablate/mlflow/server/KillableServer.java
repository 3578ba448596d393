package dev.ablate.mlflow.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real MLflow server, for tests that kill it again and again: it is forked from a process that has loaded MLflow's modules and
 * nothing else, so that a start costs a twentieth of what it does otherwise. Not where there is no fork.
 */
public final class KillableServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Forks a server at each line, which names its port, and prints its number; the server ends when this process does. */
    private static final String FORKING = """
            import os, signal, sys, threading
            import uvicorn
            from mlflow.server.fastapi_app import app
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            living, parent = os.pipe()
            def end_with_parent():
                os.read(living, 1)
                os._exit(0)
            for line in iter(sys.stdin.readline, ""):
                pid = os.fork()
                if pid == 0:
                    os.close(parent)
                    threading.Thread(target=end_with_parent, daemon=True).start()
                    uvicorn.run(app, host="127.0.0.1", port=int(line), log_level="warning", access_log=False)
                    os._exit(0)
                print(pid, flush=True)
            """;

    private final Process forking;
    private final OutputStream lines;
    private final BufferedReader numbers;
    private final int port = ServerLauncher.freePort();
    private long child;

    private KillableServer(Process forking) {
        this.forking = forking;
        this.lines = forking.getOutputStream();
        this.numbers = forking.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Loads the modules; {@link #start} starts the server.
     *
     * @param folder of its data
     * @param shared where the virtual environment lies
     */
    public static KillableServer begin(Path folder, Path shared)
            throws IOException, InterruptedException, LocalServerException {
        Path python = new PythonEnvironment(shared, System.getenv()).install(line -> {});
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(List.of(python.toString(), "-c", FORKING));
        builder.directory(folder.toFile());
        builder.redirectError(folder.resolve("server.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("_MLFLOW_"));
        // what mlflow server passes to the processes that serve
        environment.put("_MLFLOW_SERVER_FILE_STORE", ServerCommand.database(folder.toAbsolutePath()));
        environment.put("_MLFLOW_SERVER_ARTIFACT_ROOT", "mlflow-artifacts:/");
        environment.put("_MLFLOW_SERVER_SERVE_ARTIFACTS", "true");
        environment.put(
                "_MLFLOW_SERVER_ARTIFACT_DESTINATION",
                folder.resolve("artifacts").toAbsolutePath().toString());
        environment.put("_MLFLOW_SGI_NAME", "uvicorn");
        environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
        environment.put("DO_NOT_TRACK", "true");
        environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        return new KillableServer(builder.start());
    }

    /** Where it answers, after each start. */
    public URI address() {
        return Health.address(port);
    }

    /** Starts it, and waits until it answers. */
    public void start() throws IOException, InterruptedException {
        lines.write((port + "\n").getBytes(StandardCharsets.UTF_8));
        lines.flush();
        String number = numbers.readLine();
        if (number == null) {
            throw new IOException("MLflow's modules could not be loaded");
        }
        child = Long.parseLong(number);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Health.answers(port, PATIENCE)) {
            if (System.nanoTime() - end > 0 || ProcessHandle.of(child).isEmpty()) {
                throw new IOException("the server does not answer");
            }
            Thread.sleep(20);
        }
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() throws IOException, InterruptedException {
        ProcessHandle server =
                ProcessHandle.of(child).orElseThrow(() -> new IOException("the server has ended by itself"));
        server.destroyForcibly();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.isAlive()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the server cannot be killed");
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws IOException {
        ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
        lines.close();
        forking.destroyForcibly();
        forking.onExit().join();
    }
}
