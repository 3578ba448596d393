package dev.ablate.mlflow.server;

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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Distinguishes the processes of one folder's server from all others, which are never touched.
 *
 * <p>The server is a parent, whose command line names the folder's database, and a child that serves, whose command line names
 * only the port. {@code kill -9} of the parent leaves the child alive.
 */
final class ServerProcesses {

    private static final Pattern PORT = Pattern.compile("--port (\\d+)");

    /** By how much a process's start may seem to have moved: the system's account of it follows its clock, which gets set. */
    private static final long START_TOLERANCE_MILLIS = 60_000;

    /** A server that ends takes less than this. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    /** What the command line of a child that serves contains. */
    private static final String SERVES = "mlflow.server";

    private final Path folder;

    /** What the parent's command line contains. */
    private final String database;

    ServerProcesses(Path folder) {
        this.folder = folder;
        this.database = ServerCommand.database(folder);
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
        // somebody else's shows no command
        if (!runs(process) || process.info().command().isEmpty()) {
            return false;
        }
        long start = ServerRecord.Member.of(process).start();
        if (Math.abs(start - member.start()) > START_TOLERANCE_MILLIS) {
            return false;
        }
        // Windows shows no command line; number and start must do there
        return process.info()
                .commandLine()
                .map(line -> line.contains(database)
                        || (line.contains(SERVES) && (line + " ").contains("--port " + port + " ")))
                .orElse(true);
    }

    /**
     * Those that no record names: its record was lost, or it began to serve at the moment when its parent was killed. The parents
     * first; children without a parent where the system says in which folder a process works.
     */
    List<ProcessHandle> unrecorded() {
        List<ProcessHandle> parents = new ArrayList<>();
        List<ProcessHandle> children = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            String line = process.info().commandLine().orElse("");
            if (isParent(line)) {
                parents.add(process);
            } else if (line.contains(SERVES) && PORT.matcher(line).find() && worksInFolder(process)) {
                children.add(process);
            }
        });
        return parents.isEmpty() ? children : parents;
    }

    private boolean worksInFolder(ProcessHandle process) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                            .toRealPath()
                            .equals(folder.toRealPath())
                    && runs(process);
        } catch (IOException goneOrNotLinux) {
            return false;
        }
    }

    private boolean isParent(String line) {
        return line.contains("mlflow server")
                && line.contains(database)
                && PORT.matcher(line).find();
    }

    /** The port that a process was started with; 0 if it has ended meanwhile. */
    static int port(ProcessHandle process) {
        Matcher port = PORT.matcher(process.info().commandLine().orElse(""));
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
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

    /** Those of these that somebody has stopped, and that so do nothing, not even end when they are asked to. */
    static List<Long> stopped(Collection<ProcessHandle> processes) {
        return processes.stream()
                .filter(process -> state(process).filter("T"::equals).isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** What lets these go on. */
    static String toGoOn(List<Long> stopped) {
        return "kill -CONT " + stopped.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(" "));
    }

    /**
     * Ends what a process that was killed has started and not ended, and that would go on to write where another now begins.
     *
     * @param place a path in its command line
     * @param is what else distinguishes it from others that work there
     */
    static void endOrphans(String place, Predicate<String> is) throws InterruptedException {
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(place) && is.test(line))
                        .isPresent())
                .toList();
        end(withDescendants(left), USUAL, () -> {});
    }

    /**
     * Asks processes to end, and ends those that do not within the time given.
     *
     * @param slow run once, if it lasts
     * @return those that live on nevertheless
     */
    static List<ProcessHandle> end(Collection<ProcessHandle> processes, Duration patience, Runnable slow)
            throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        // one that is stopped does not even end
        if (!stopped(processes).isEmpty() || !ended(processes, patience, slow)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            ended(processes, patience, () -> {});
        }
        return processes.stream().filter(ServerProcesses::runs).toList();
    }

    private static boolean ended(Collection<ProcessHandle> processes, Duration patience, Runnable slow)
            throws InterruptedException {
        long start = System.nanoTime();
        boolean reported = false;
        while (processes.stream().anyMatch(ServerProcesses::runs)) {
            long gone = System.nanoTime() - start;
            if (gone > patience.toNanos()) {
                return false;
            }
            if (!reported && gone > USUAL.toNanos()) {
                slow.run();
                reported = true;
            }
            Thread.sleep(50);
        }
        return true;
    }

    /** False too for one that has ended and is not yet collected: in a container, nobody may ever collect it. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && state(process).filter("Z"::equals).isEmpty();
    }

    /** What Linux says of it in one letter. */
    private static Optional<String> state(ProcessHandle process) {
        try {
            String stat =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.UTF_8);
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 1).strip().substring(0, 1));
        } catch (IOException goneOrNotLinux) {
            return Optional.empty();
        }
    }
}
