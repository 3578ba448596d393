package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An interpreter that has imported a script, and forks a process for each run. It ends when nobody has asked it for a while, and as soon as
 * this process has ended, however that was; then it ends all that it has started, and removes its folder.
 *
 * <p>Where the system has no fork, each run has a process of its own, and there is nothing to wait for one.
 */
final class Server {

    /** How long a process that is asked to end may take; the runner waits for 10 s. */
    static final int PATIENCE_SECONDS = 8;

    private final Launch launch;
    private final Path folder;
    private final Optional<Process> process;
    private final AtomicLong runs = new AtomicLong();

    private Server(Launch launch, Path folder, Optional<Process> process) {
        this.launch = launch;
        this.folder = folder;
        this.process = process;
    }

    static boolean canFork() {
        return File.separatorChar == '/';
    }

    /**
     * Starts one, and waits until it has imported the script.
     *
     * @throws PythonFailure if it cannot
     */
    static Server start(Launch launch, boolean forks, Lines.Cancelled cancelled) {
        Path folder = Folders.make();
        if (!forks) {
            return new Server(launch, folder, Optional.empty());
        }
        Process process = started(launch, folder, "serve");
        boolean ready = false;
        try {
            Optional<String> hello = new Lines(process.getInputStream()).next(cancelled);
            if (hello.isEmpty()) {
                throw new PythonFailure("an interpreter that does not start: " + launch.python()
                        + new Printed(folder.resolve("import.txt")).lastLines());
            }
            JsonObject said = JsonParser.parseString(hello.get()).getAsJsonObject();
            if (said.has("error")) {
                throw Session.failure(said, launch);
            }
            ready = true;
            return new Server(launch, folder, Optional.of(process));
        } finally {
            if (!ready) {
                process.destroyForcibly();
                Folders.remove(folder);
            }
        }
    }

    private static Process started(Launch launch, Path folder, String what) {
        try {
            return launch.process(folder, what).start();
        } catch (IOException e) {
            Folders.remove(folder);
            throw new PythonFailure("an interpreter that cannot be started: " + launch.python());
        }
    }

    Launch launch() {
        return launch;
    }

    boolean isAlive() {
        return process.map(Process::isAlive).orElse(true) && Files.isDirectory(folder);
    }

    /** A folder for one run, which goes with the server's at the latest. */
    Path newFolder() {
        try {
            return Files.createDirectory(folder.resolve("run-" + runs.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the script printed while it was imported. */
    Path imported() {
        return folder.resolve("import.txt");
    }

    /**
     * Begins a process for a run.
     *
     * @throws IOException if the server has ended
     */
    Connection connect() throws IOException {
        return process.isPresent()
                ? new SocketConnection(folder.resolve("socket"), this::end)
                : new PipeConnection(started(launch, folder, "direct"));
    }

    private synchronized void end(long child) {
        try {
            OutputStream control = process.orElseThrow().getOutputStream();
            control.write((child + "\n").getBytes(StandardCharsets.US_ASCII));
            control.flush();
        } catch (IOException e) {
            // the server was killed
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Ends it, as it would end by itself. */
    void close() {
        try {
            if (process.isPresent()) {
                process.get().getOutputStream().close();
            } else {
                Folders.remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
