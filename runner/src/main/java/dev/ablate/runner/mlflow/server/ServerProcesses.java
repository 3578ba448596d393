package dev.ablate.runner.mlflow.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the processes of one folder's server from all others, which are never touched.
 *
 * <p>The server is a parent, whose command line names the folder's database, and a child that serves, whose command line names
 * only the port. {@code kill -9} of the parent leaves the child alive.
 */
final class ServerProcesses {

    private static final Pattern PORT = Pattern.compile("--port (\\d+)");

    /** By how much a process's start may seem to have moved: the system's account of it follows its clock, which gets set. */
    private static final long START_TOLERANCE_MILLIS = 60_000;

    /** What the parent's command line contains. */
    private final String database;

    ServerProcesses(String database) {
        this.database = database;
    }

    /** The recorded processes that still run, and all that they have started. */
    List<ProcessHandle> of(ServerRecord record) {
        List<ProcessHandle> alive = new ArrayList<>();
        for (ServerRecord.Member member : record.processes()) {
            ProcessHandle.of(member.pid())
                    .filter(process -> isMember(process, member, record.port()))
                    .ifPresent(alive::add);
        }
        return withDescendants(alive);
    }

    private boolean isMember(ProcessHandle process, ServerRecord.Member member, int port) {
        // somebody else's tells no command
        if (!runs(process) || process.info().command().isEmpty()) {
            return false;
        }
        long start = ServerRecord.Member.of(process).start();
        if (Math.abs(start - member.start()) > START_TOLERANCE_MILLIS) {
            return false;
        }
        // Windows tells no command line; number and start must do there
        return process.info()
                .commandLine()
                .map(line -> line.contains(database)
                        || (line.contains("mlflow.server") && (line + " ").contains("--port " + port + " ")))
                .orElse(true);
    }

    /** A parent that no record tells of, because its record was lost. */
    Optional<ProcessHandle> unrecorded() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().filter(this::isParent).isPresent())
                .findFirst();
    }

    private boolean isParent(String line) {
        return line.contains("mlflow server")
                && line.contains(database)
                && PORT.matcher(line).find();
    }

    /** The port that a parent was started with. */
    static int port(ProcessHandle parent) {
        Matcher port = PORT.matcher(parent.info().commandLine().orElse(""));
        if (!port.find()) {
            throw new IllegalArgumentException("no port in the command line of process " + parent.pid());
        }
        return Integer.parseInt(port.group(1));
    }

    /** These and all that they have started, each once. */
    static List<ProcessHandle> withDescendants(Collection<ProcessHandle> processes) {
        Map<Long, ProcessHandle> all = new LinkedHashMap<>();
        for (ProcessHandle process : processes) {
            all.put(process.pid(), process);
            process.descendants().forEach(child -> all.putIfAbsent(child.pid(), child));
        }
        return List.copyOf(all.values());
    }

    /**
     * Asks processes to end, and ends those that do not within the time given.
     *
     * @return those that live on nevertheless
     */
    static List<ProcessHandle> end(Collection<ProcessHandle> processes, Duration patience) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        if (!ended(processes, patience)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            ended(processes, patience);
        }
        return processes.stream().filter(ServerProcesses::runs).toList();
    }

    private static boolean ended(Collection<ProcessHandle> processes, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(ServerProcesses::runs)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    /** False too for one that has ended and is not yet collected: in a container, nobody may ever collect it. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.UTF_8);
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException notLinux) {
            return process.isAlive();
        }
    }
}
