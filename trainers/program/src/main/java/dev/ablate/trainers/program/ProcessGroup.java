package dev.ablate.trainers.program;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process and all that it has started: in a group of its own where the system has {@code setsid}, else its descendants. */
final class ProcessGroup {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** How long a process may take to end when it is asked to; the runner waits for 10 s. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(8);

    private final Process process;
    private final boolean own;

    /** Those that were seen, which may outlive the one that started them. */
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    private ProcessGroup(Process process, boolean own) {
        this.process = process;
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
        return new ProcessGroup(process, own);
    }

    Process process() {
        return process;
    }

    /** Remembers what it has started so far. */
    void look() {
        if (!own) {
            process.descendants().forEach(seen::add);
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
        return process.isAlive() || (own ? signal("0") : seen.stream().anyMatch(ProcessHandle::isAlive));
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
            return kills
                    ? process.destroyForcibly().isAlive()
                    : process.toHandle().destroy();
        }
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"-$1\"", name, "" + process.pid())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return kill.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return process.toHandle().destroyForcibly();
        }
    }
}
