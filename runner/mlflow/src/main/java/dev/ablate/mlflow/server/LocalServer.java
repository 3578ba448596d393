package dev.ablate.mlflow.server;

import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.home.HomeUse;
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
import java.util.function.BooleanSupplier;
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
    private static final Duration TO_START = Duration.ofMinutes(5);

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
    private final BooleanSupplier isSeenByOthers;

    /** The folder of a home with the server's data and process id. */
    public static Path folder(Path home) {
        return home.resolve("mlflow");
    }

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
        this.processes = new ServerProcesses(this.folder);
        this.clock = clock;
        this.lock = new LockFile(this.folder.resolve("server.lock"), toStart.multipliedBy(ServerLauncher.ATTEMPTS));
        ServerCommand command = new ServerCommand(this.folder, environment);
        this.upgrade = new SchemaUpgrade(kept, python, command, clock);
        this.launcher =
                new ServerLauncher(command, this.log, this.recordFile, this.processes, clock, ports, toStart, toEnd);
        this.toStart = toStart;
        this.toEnd = toEnd;
        HomeKind kind =
                HomeKind.named(environment.getOrDefault(HomeKind.VARIABLE, "")).orElse(HomeKind.AUTO);
        this.isSeenByOthers = new HomeUse(this.folder, kind, clock, remark -> {})::isAlone;
    }

    /** What the server does. */
    public enum State {
        /** It answers. */
        RUNNING,
        /** It was started, and does not answer yet. */
        STARTING,
        /** Its process was stopped from outside (SIGSTOP), and answers nobody until it is let go on. */
        SUSPENDED,
        /** It is there, and does not answer. */
        SILENT,
        /** It is not there. */
        DOWN
    }

    /**
     * What there is to say of the server.
     *
     * @param state what it does
     * @param address where it answers, or should; empty if it is not there
     * @param processes the numbers of its processes, of those that are stopped if there are any; empty if it is not there
     * @param version of the MLflow that runs, or ran last; empty if none ever did
     * @param data the folder that holds everything it keeps
     * @param bytes the size of that folder
     * @param database how much of it is the database
     * @param artifacts how much of it are files of runs and models
     * @param log what it said since its last start
     */
    public record Status(
            State state,
            Optional<URI> address,
            List<Long> processes,
            Optional<String> version,
            Path data,
            long bytes,
            long database,
            long artifacts,
            Path log) {
        /** Copies the list. */
        public Status {
            processes = List.copyOf(processes);
        }

        /** What lets its processes go on that are stopped. */
        public String toGoOn() {
            return ServerProcesses.toGoOn(processes);
        }

        /** Whether it answers. */
        public boolean running() {
            return state == State.RUNNING;
        }
    }

    /**
     * Brings the server up, installing it first where that has not been done, and waits until it answers.
     *
     * <p>A server that runs already is left as it is. One that runs and does not answer is ended and started again. Data of an older
     * MLflow are brought to this one first, see {@link ServerData#upgrade}.
     *
     * @param progress is given in short lines what is going on
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
            return lock.holding("at work on the MLflow server", progress, () -> {
                requireThisHost();
                return work.run();
            });
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException(e.toString());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Two hosts that see one folder must not both serve its database. On a disk of one host, a name that has changed means nothing. */
    private void requireThisHost() throws LocalServerException {
        Optional<ServerRecord> record = record().filter(ServerRecord::isOfAnotherHost);
        if (record.isPresent() && processes.of(record.get()).isEmpty() && isSeenByOthers.getAsBoolean()) {
            throw new LocalServerException("the MLflow server of " + folder + " runs on host "
                    + record.get().host()
                    + "; use it there, or end it there first (ablate ui stop). If that host is gone for"
                    + " good, remove " + recordFile);
        }
    }

    /** Starts it with what it keeps, brought up to date first. The caller holds the lock. */
    URI launch(Consumer<String> progress) throws IOException, InterruptedException, LocalServerException {
        kept.settle(clock)
                .ifPresent(aside ->
                        progress.accept("a restore was interrupted, and is done now; what was there: " + aside));
        kept.putHalfMadeAside(clock)
                .ifPresent(aside -> progress.accept(
                        "MLflow was ended while it made its database, in which nothing is yet; it makes another (the half-made one: "
                                + aside + ")"));
        upgrade.run(version(), progress);
        return launcher.launch(python.python(), progress);
    }

    /** The version that ran last, as far as it is known. */
    Optional<String> version() {
        return record().map(ServerRecord::version);
    }

    private Optional<ServerRecord> record() {
        try {
            return ServerRecord.read(recordFile);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The address of the server, if it runs and answers within two seconds. */
    public Optional<URI> running() {
        return record().filter(ServerRecord::ready)
                .filter(record -> !processes.of(record).isEmpty())
                .filter(record -> Health.answers(record.port(), QUICK))
                .map(record -> Health.address(record.port()));
    }

    /**
     * Ends the server and waits until it has ended; its data stay.
     *
     * @param progress is given in short lines what is waited for, if it lasts
     * @return false if it did not run
     * @throws LocalServerException if it cannot be ended
     */
    public boolean stop(Consumer<String> progress) throws LocalServerException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        return holding(progress, () -> end(progress));
    }

    /** What there is to say of it now; asks it whether it answers. */
    public Status status() {
        Optional<ServerRecord> record = record();
        List<ProcessHandle> alive = record.map(processes::of).orElse(List.of());
        List<Long> stopped = ServerProcesses.stopped(alive);
        State state;
        if (alive.isEmpty()) {
            state = State.DOWN;
        } else if (running().isPresent()) {
            state = State.RUNNING;
        } else if (!stopped.isEmpty()) {
            state = State.SUSPENDED;
        } else {
            state = record.filter(ServerRecord::ready).isPresent() ? State.SILENT : State.STARTING;
        }
        return new Status(
                state,
                record.filter(there -> state != State.DOWN).map(there -> Health.address(there.port())),
                state == State.SUSPENDED
                        ? stopped
                        : alive.stream().map(ProcessHandle::pid).toList(),
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
    boolean end(Consumer<String> progress) throws IOException, InterruptedException, LocalServerException {
        Optional<ServerRecord> record = found();
        List<ProcessHandle> alive = record.map(processes::of).orElse(List.of());
        end(alive, progress);
        if (record.isPresent()) {
            record.get().ended().write(recordFile);
        }
        return !alive.isEmpty();
    }

    private LocalServerException unusable(IOException e) {
        return new LocalServerException(
                "the MLflow server's folder cannot be used: " + e + " (ABLATE_HOME says where else to keep it)", e);
    }

    /** The record of the server, made again if it was lost while the server runs. */
    private Optional<ServerRecord> found() throws IOException {
        Optional<ServerRecord> record = ServerRecord.read(recordFile);
        if (record.isPresent() && !processes.of(record.get()).isEmpty()) {
            return record;
        }
        List<ProcessHandle> there = processes.unrecorded();
        if (there.isEmpty()) {
            return record;
        }
        ServerRecord made = ServerRecord.begun(ServerProcesses.port(there.get(0)), clock.instant(), there);
        made.write(recordFile);
        return Optional.of(made);
    }

    /** Takes over what another process has started, be it half way; ends it if it does not answer in time. */
    private Optional<URI> adopt(Consumer<String> progress)
            throws IOException, InterruptedException, LocalServerException {
        Optional<ServerRecord> found = found();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ServerRecord record = found.get();
        String there = "the server that is there (" + Health.address(record.port()) + ")";
        Waiting waiting = new Waiting(there, "; its log: " + log.file(), record.ready() ? toEnd : toStart, progress);
        boolean reported = false;
        while (true) {
            List<ProcessHandle> alive = processes.of(record);
            if (alive.isEmpty()) {
                return Optional.empty();
            }
            if ((record.ready() || log.saysThatItListens())
                    && ServerProcesses.stopped(alive).isEmpty()
                    && Health.answers(record.port(), QUICK)) {
                record.with(alive)
                        .answering(Health.version(record.port(), QUICK).orElse(record.version()))
                        .write(recordFile);
                return Optional.of(Health.address(record.port()));
            }
            if (!reported) {
                progress.accept("waiting for " + there);
                reported = true;
            }
            Optional<String> given = waiting.on(alive);
            if (given.isPresent()) {
                progress.accept("the server that was there " + given.get() + "; ending it");
                end(alive, progress);
                return Optional.empty();
            }
        }
    }

    private void end(List<ProcessHandle> alive, Consumer<String> progress)
            throws InterruptedException, LocalServerException {
        List<ProcessHandle> left = ServerProcesses.end(
                alive,
                toEnd,
                () -> progress.accept("waiting for the MLflow server to end (process "
                        + alive.get(0).pid() + "; at most " + toEnd.toSeconds() + " s, then it is killed)"));
        if (!left.isEmpty()) {
            throw new LocalServerException(
                    "the MLflow server cannot be ended: process " + left.get(0).pid() + " lives on after kill -9");
        }
    }
}
