package dev.ablate.runner.mlflow.server;

import dev.ablate.runner.runs.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * The MLflow server that Ablate installs, starts and ends for a person who has none.
 *
 * <p>It listens on 127.0.0.1 alone, keeps its data in one folder, and outlives the process that started it. Any number of
 * processes may use one folder at a time: they find the same server.
 */
public final class LocalServer {

    /** The version of MLflow that is installed and started. */
    public static final String VERSION = PythonEnvironment.MLFLOW;

    /** For a question to a server that is there. */
    private static final Duration QUICK = Duration.ofSeconds(2);

    /** For asking it to end, and again for making it. */
    private static final Duration TO_END = Duration.ofSeconds(10);

    /** Five to eight seconds are usual; a busy machine takes many times that, and a server that dies is noticed at once. */
    private static final Duration TO_START = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** In the folder's path: MLflow takes it for a URI. */
    private static final Pattern MISREAD = Pattern.compile("[%?]");

    private final Path folder;
    private final ServerFolder kept;
    private final ServerLog log;
    private final Path recordFile;
    private final PythonEnvironment python;
    private final ServerProcesses processes;
    private final Clock clock;
    private final LockFile lock;
    private final ServerLauncher launcher;
    private final SchemaUpgrade upgrade;
    private final Duration toStart;
    private final Duration toEnd;

    /**
     * Touches nothing yet.
     *
     * @param folder where this server's data, log and record lie; made when it is started
     * @param shared where the virtual environment with MLflow lies, for all servers of one user
     * @param environment all variables that the programs it starts shall see
     */
    public LocalServer(Path folder, Path shared, Clock clock, Map<String, String> environment) {
        this(folder, shared, clock, environment, ServerLauncher::freePort, TO_START, TO_END);
    }

    /** With the ports to try after the last one, and the times that starting and ending may take. */
    LocalServer(
            Path folder,
            Path shared,
            Clock clock,
            Map<String, String> environment,
            IntSupplier ports,
            Duration toStart,
            Duration toEnd) {
        this.folder = folder.toAbsolutePath().normalize();
        this.kept = new ServerFolder(this.folder);
        this.log = new ServerLog(this.folder.resolve("server.log"));
        this.recordFile = kept.record();
        this.python = new PythonEnvironment(shared, environment);
        this.processes = new ServerProcesses(ServerCommand.database(this.folder));
        this.clock = clock;
        this.lock = new LockFile(this.folder.resolve("server.lock"), toStart.multipliedBy(2 * ServerLauncher.ATTEMPTS));
        ServerCommand command = new ServerCommand(this.folder, environment);
        this.upgrade = new SchemaUpgrade(kept, python, command, clock);
        this.launcher =
                new ServerLauncher(command, this.log, this.recordFile, this.processes, clock, ports, toStart, toEnd);
        this.toStart = toStart;
        this.toEnd = toEnd;
    }

    /**
     * What there is to say of the server.
     *
     * @param address where it answers; empty if it does not
     * @param version of the MLflow that runs, or ran last; empty if none ever did
     * @param data the folder that holds everything it keeps
     * @param bytes the size of that folder
     * @param database how much of it is the database
     * @param artifacts how much of it are files of runs and models
     * @param log what it said since its last start
     */
    public record Status(
            Optional<URI> address,
            Optional<String> version,
            Path data,
            long bytes,
            long database,
            long artifacts,
            Path log) {
        /** Whether it answers. */
        public boolean running() {
            return address.isPresent();
        }
    }

    /**
     * Brings the server up, installing it first where that has not been done, and waits until it answers.
     *
     * <p>A server that runs already is left as it is. One that runs and does not answer is ended and started anew. Data of an older
     * MLflow are brought to this one first, see {@link ServerData#upgrade}.
     *
     * @param progress is told in short lines what is going on
     * @return its address, without a slash at the end
     * @throws LocalServerException with what to install or repair
     * @throws InterruptedException if the thread is interrupted: what was begun is ended
     */
    public URI start(Consumer<String> progress) throws LocalServerException, InterruptedException {
        Optional<URI> running = running();
        if (running.isPresent()) {
            return running.get();
        }
        if (MISREAD.matcher(folder.toString()).find()) {
            throw new LocalServerException("MLflow cannot keep its data in " + folder
                    + ", as it misreads % and ? in a path; set ABLATE_HOME to another folder");
        }
        python.install(progress);
        return holding(progress, () -> {
            Optional<URI> there = adopt(progress);
            return there.isPresent() ? there.get() : launch(progress);
        });
    }

    /** What it keeps, to be upgraded, backed up and restored. */
    public ServerData data() {
        return new ServerData(this, kept, python, upgrade, clock);
    }

    /** Works while nobody else starts, ends or changes the server. */
    <T> T holding(Consumer<String> progress, LockFile.Work<T> work) throws LocalServerException, InterruptedException {
        try {
            Home.create(folder);
            return lock.holding(
                    () -> progress.accept("another ablate is at work on the MLflow server; waiting for it"), work);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException(e.toString());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Starts it with what it keeps, brought up to date first. The caller holds the lock. */
    URI launch(Consumer<String> progress) throws IOException, InterruptedException, LocalServerException {
        kept.settle(clock);
        upgrade.run(version(), progress);
        return launcher.launch(python.python(), progress);
    }

    /** The version that ran last, as far as it is known. */
    Optional<String> version() {
        try {
            return ServerRecord.read(recordFile).map(ServerRecord::version);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The address of the server, if it runs and answers within two seconds. */
    public Optional<URI> running() {
        try {
            return ServerRecord.read(recordFile)
                    .filter(ServerRecord::ready)
                    .filter(record -> !processes.of(record).isEmpty())
                    .filter(record -> Health.answers(record.port(), QUICK))
                    .map(record -> Health.address(record.port()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Ends the server and waits until it has ended; its data stay.
     *
     * @return false if it did not run
     * @throws LocalServerException if it cannot be ended
     */
    public boolean stop() throws LocalServerException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        return holding(line -> {}, this::end);
    }

    /** What there is to say of it now; asks it whether it answers. */
    public Status status() {
        return new Status(
                running(),
                version(),
                folder,
                ServerFolder.bytes(folder),
                ServerFolder.bytes(kept.database()),
                ServerFolder.bytes(kept.artifacts()),
                log.file());
    }

    /**
     * Ends it. The caller holds the lock.
     *
     * @return false if it did not run
     */
    boolean end() throws IOException, InterruptedException, LocalServerException {
        Optional<ServerRecord> record = found();
        List<ProcessHandle> alive = record.map(processes::of).orElse(List.of());
        end(alive);
        if (record.isPresent()) {
            record.get().ended().write(recordFile);
        }
        return !alive.isEmpty();
    }

    private LocalServerException unusable(IOException e) {
        return new LocalServerException(
                "the MLflow server's folder cannot be used: " + e + " (ABLATE_HOME says where else to keep it)", e);
    }

    /** The record of the server, made anew if it was lost while the server runs. */
    private Optional<ServerRecord> found() throws IOException {
        Optional<ServerRecord> record = ServerRecord.read(recordFile);
        if (record.isPresent() && !processes.of(record.get()).isEmpty()) {
            return record;
        }
        Optional<ProcessHandle> parent = processes.unrecorded();
        if (parent.isEmpty()) {
            return record;
        }
        ServerRecord anew =
                ServerRecord.begun(ServerProcesses.port(parent.get()), clock.instant(), List.of(parent.get()));
        anew.write(recordFile);
        return Optional.of(anew);
    }

    /** Takes over what another process has started, be it half way; ends it if it does not answer in time. */
    private Optional<URI> adopt(Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        Optional<ServerRecord> found = found();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ServerRecord record = found.get();
        Duration patience = record.ready() ? toEnd : toStart;
        long end = System.nanoTime() + patience.toNanos();
        boolean told = false;
        while (true) {
            List<ProcessHandle> alive = processes.of(record);
            if (alive.isEmpty()) {
                return Optional.empty();
            }
            if ((record.ready() || log.saysThatItListens()) && Health.answers(record.port(), QUICK)) {
                record.with(alive)
                        .answering(Health.version(record.port(), QUICK).orElse(record.version()))
                        .write(recordFile);
                return Optional.of(Health.address(record.port()));
            }
            if (System.nanoTime() - end > 0) {
                progress.accept("the server that was there does not answer; ending it");
                end(alive);
                return Optional.empty();
            }
            if (!told) {
                progress.accept("waiting for the server that is there (" + Health.address(record.port()) + ")");
                told = true;
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void end(List<ProcessHandle> alive) throws InterruptedException, LocalServerException {
        List<ProcessHandle> left = ServerProcesses.end(alive, toEnd);
        if (!left.isEmpty()) {
            throw new LocalServerException(
                    "the MLflow server cannot be ended (process " + left.get(0).pid() + ")");
        }
    }
}
