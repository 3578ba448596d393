package dev.ablate.launchers.slurm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real Slurm of one node on this machine, from the programs that {@code build/slurm} unpacks; it listens on the loopback alone. */
public final class OneNodeSlurm implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** Begins of two ranges, as one daemon must not have the other's port. */
    private static final int CONTROLLER_PORTS = 20_000;

    private static final int NODE_PORTS = 25_000;
    private static final int PORTS = 5_000;

    private final Path programs;
    private final Path folder;
    private final List<Process> daemons = new ArrayList<>();

    private OneNodeSlurm(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /**
     * Starts one, and waits until it takes jobs. Without the programs the test is skipped, or fails where the build must have them.
     *
     * @param folder what it writes is in there; taken away at the end
     */
    public static OneNodeSlurm start(Path folder) {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            String missing = "there is no Slurm in " + place() + ": build/slurm " + place();
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            // Maven counts what is skipped, and says no reason
            System.err.println("[slurm] the tests with a real Slurm are skipped: " + missing);
            abort(missing);
        }
        OneNodeSlurm slurm = new OneNodeSlurm(programs.orElseThrow(), folder.toAbsolutePath());
        try {
            slurm.start();
        } catch (IOException | RuntimeException | AssertionError e) {
            slurm.endDaemons();
            throw new IllegalStateException("Slurm does not start in " + folder, e);
        }
        return slurm;
    }

    private static Path place() {
        return Optional.ofNullable(System.getenv("ABLATE_SLURM"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".ablate", "slurm"));
    }

    private static Optional<Path> programs() {
        return Optional.of(place().resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("slurmctld")));
    }

    /** The variables by which Slurm's commands are found, and find it. */
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "SLURM_CONF",
                configuration().toString());
    }

    private Path configuration() {
        return folder.resolve("slurm.conf");
    }

    private void start() throws IOException {
        for (String inner : List.of("run", "spool", "state", "log")) {
            Files.createDirectories(folder.resolve(inner));
        }
        String host = call("hostname", "-s").strip();
        String text = new String(
                Objects.requireNonNull(OneNodeSlurm.class.getResourceAsStream("/one-node-slurm.conf"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        Files.writeString(
                configuration(),
                text.replace("@HOST@", host)
                        .replace("@HERE@", folder.toString())
                        .replace("@USER@", System.getProperty("user.name"))
                        .replace("@CONTROLLER@", Integer.toString(freePort(CONTROLLER_PORTS)))
                        .replace("@NODE@", Integer.toString(freePort(NODE_PORTS)))
                        .replace(
                                "@PLUGINS@",
                                programs.resolve("plugins").toRealPath().toString()));
        daemon("slurmctld", "-D", "-f", configuration().toString());
        await("the controller answers", () -> call("scontrol", "ping").contains("is UP"));
        startNode();
    }

    /** Starts the daemon of the node, which must not run. */
    public void startNode() throws IOException {
        daemon(
                "slurmd",
                "-D",
                "-N",
                call("hostname", "-s").strip(),
                "-f",
                configuration().toString(),
                "-d",
                programs.resolve("slurmstepd").toString());
        await(
                "the node takes jobs",
                () -> call("sinfo", "--noheader", "--format=%T").matches("(idle|mixed|allocated)\\s*"));
    }

    /** Kills the daemon of the node; what it has started goes on. */
    public void killNode() {
        Process node = daemons.remove(daemons.size() - 1);
        node.destroyForcibly();
        await("the daemon ends", () -> !node.isAlive());
    }

    private void daemon(String... words) throws IOException {
        ProcessBuilder builder = builder(words);
        Path log = folder.resolve("log").resolve(words[0] + ".out");
        daemons.add(builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start());
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        Path own = programs.resolve(words[0]);
        if (Files.isExecutable(own)) {
            command.set(0, own.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        return builder;
    }

    /** Calls one of its commands, and gives what it prints. */
    public String call(String... words) {
        try {
            Process process = builder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Processes of its jobs that run a program. */
    public Stream<ProcessHandle> running(String program) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("/" + program))
                        .isPresent())
                .filter(process -> isOfJob(process.pid()));
    }

    private boolean isOfJob(long process) {
        try {
            String variables = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process), "environ")), StandardCharsets.UTF_8);
            return variables.contains("SLURM_CONF=" + configuration() + "\0") && variables.contains("\0SLURM_JOB_ID=");
        } catch (IOException e) {
            // it has ended, or is another's
            return false;
        }
    }

    /** Waits for something. */
    public static void await(String what, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError("two minutes long it is not so that " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Below those that the system gives away by itself: a daemon takes its own a second later. */
    private static int freePort(int from) {
        while (true) {
            int port = from + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // another has it
            }
        }
    }

    /** Cancels all jobs, ends both daemons and takes the folder away. */
    @Override
    public void close() {
        try {
            if (!daemons.isEmpty()) {
                call("scancel", "--me");
                await(
                        "all jobs have ended",
                        () -> !call("squeue", "--noheader", "--me").matches("(?s)\\s*[0-9].*"));
            }
        } finally {
            endDaemons();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endDaemons() {
        for (int k = daemons.size() - 1; k >= 0; k--) {
            Process daemon = daemons.get(k);
            daemon.destroy();
            try {
                if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                daemon.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }
        daemons.clear();
    }
}
