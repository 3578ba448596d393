package dev.ablate.trainers.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process and all that it has started: in a group of its own where the system has {@code setsid}, else its descendants. */
final class ProcessGroup {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** How long a process may take to end when it is asked to; the runner waits longer. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** How long a process may take to begin its own program. */
    private static final long BEGIN_MILLIS = 100;

    /** The line of the signals that a process handles, each a bit. */
    private static final String HANDLED = "SigCgt:";

    private static final int USR1 = 10;

    private final Optional<Process> process;
    private final ProcessHandle leader;
    private final boolean own;

    /** Those that were seen, which may outlive the one that started them. */
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    private ProcessGroup(Optional<Process> process, ProcessHandle leader, boolean own) {
        this.process = process;
        this.leader = leader;
        this.own = own;
    }

    /**
     * Starts it, with nothing to read.
     *
     * @throws IOException if it cannot be started
     */
    static ProcessGroup start(ProcessBuilder builder) throws IOException {
        boolean own = Files.isExecutable(SETSID);
        if (own) {
            List<String> command = new ArrayList<>(List.of(SETSID.toString()));
            command.addAll(builder.command());
            builder.command(command);
        }
        builder.redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ProcessGroup(Optional.of(process), process.toHandle(), own);
    }

    /** One that another process has started like this. */
    static ProcessGroup of(ProcessHandle leader) {
        return new ProcessGroup(Optional.empty(), leader, Files.isExecutable(SETSID));
    }

    /** What was started here. */
    Process process() {
        return process.orElseThrow();
    }

    /** Remembers what it has started so far. */
    void look() {
        if (!own) {
            leader.descendants().forEach(seen::add);
        }
    }

    /**
     * Sends USR1 to those of it that handle the signal, to leave a checkpoint, and waits until the first of it has ended, or so long.
     * Others it would end.
     */
    void giveNotice(Duration patience) {
        List<ProcessHandle> listening = listening(Stream.concat(Stream.of(leader), leader.descendants()));
        if (listening.isEmpty()) {
            return;
        }
        try {
            // of one that was just started the system says what its parent handles, until it begins its own program
            Thread.sleep(BEGIN_MILLIS);
            listening = listening(listening.stream());
            listening.forEach(one -> send("USR1", Long.toString(one.pid())));
            long until = System.nanoTime() + patience.toNanos();
            while (!listening.isEmpty() && leader.isAlive() && System.nanoTime() < until) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<ProcessHandle> listening(Stream<ProcessHandle> processes) {
        return processes.filter(ProcessGroup::handlesNotice).toList();
    }

    /** Whether a process has a handler of USR1, which only Linux says. */
    private static boolean handlesNotice(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(HANDLED))
                    .map(line -> new BigInteger(line.substring(HANDLED.length()).strip(), 16))
                    .anyMatch(handled -> handled.testBit(USR1 - 1));
        } catch (IOException | UncheckedIOException e) {
            // it has ended, or this is another system
            return false;
        }
    }

    /** Ends all of it: asks, waits, and kills what is still there. The thread stays interrupted if it is. */
    void end() {
        boolean interrupted = Thread.interrupted();
        look();
        signal("TERM");
        long until = System.nanoTime() + PATIENCE;
        while (isAlive() && System.nanoTime() < until) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (isAlive()) {
            look();
            signal("KILL");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAlive() {
        return leader.isAlive() || (own ? signal("0") : seen.stream().anyMatch(ProcessHandle::isAlive));
    }

    /** Sends a signal to all; whether there was anyone to get it. */
    private boolean signal(String name) {
        if (!own) {
            boolean kills = name.equals("KILL");
            seen.forEach(child -> {
                if (kills) {
                    child.destroyForcibly();
                } else {
                    child.destroy();
                }
            });
            return kills ? leader.destroyForcibly() : leader.destroy();
        }
        return send(name, "-" + leader.pid()).orElseGet(leader::destroyForcibly);
    }

    /** Whether there was anyone to get it; empty where no signals can be sent. */
    private static Optional<Boolean> send(String signal, String whom) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, whom)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return Optional.of(kill.onExit().join().exitValue() == 0);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
