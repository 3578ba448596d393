package dev.ablate.engine.runs.home;

import dev.ablate.worker.task.ThisProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process that a lock of a home names, on whichever host it runs.
 *
 * <p>A number alone names no process: it is given again, on other hosts and in other containers at the same time.
 *
 * @param host the host's name
 * @param machine what distinguishes hosts of one name, this start of the host, and containers on it
 * @param process its number there
 * @param began when it began by the system's account, in milliseconds since 1970; 0 where that is not known
 * @param since when it took the home, in milliseconds since 1970
 * @param id what no other holder has
 * @param renewed how many times it has renewed the lock
 */
record HomeHolder(String host, String machine, long process, long began, long since, String id, long renewed) {

    private static final String FIRST_LINE = "ablate home lock 1";

    /** By how much a process's start may seem to have moved: the system's account of it follows its clock, which gets set. */
    private static final long TOLERANCE_MILLIS = 60_000;

    private static final AtomicLong TAKEN = new AtomicLong();

    /** This process, from now on. */
    static HomeHolder here(Instant now) {
        ProcessHandle process = ProcessHandle.current();
        String machine = thisMachine();
        long began = start(process);
        return new HomeHolder(
                ThisProgram.host(Map.of()).orElse("unknown").replaceAll("\\s", "-"),
                machine,
                process.pid(),
                began,
                now.toEpochMilli(),
                machine + "/" + process.pid() + "/" + began + "/" + now.toEpochMilli() + "/" + TAKEN.incrementAndGet(),
                0);
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The number of this start of the host and that of the space of process numbers; {@code -} where the system has none. */
    private static String thisMachine() {
        String start = "-";
        String space = "-";
        try {
            start = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII)
                    .strip();
            space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException notLinux) {
            // the host's name has to do
        }
        return start + "/" + space;
    }

    /** Whether this process can see whether that one is alive. */
    boolean isOnThisHost(HomeHolder here) {
        return host.equals(here.host) && machine.equals(here.machine);
    }

    /** Whether it still runs; to be asked on its host alone. */
    boolean isAlive() {
        Optional<ProcessHandle> found = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        if (found.isEmpty() || hasEnded(process)) {
            return false;
        }
        long now = start(found.get());
        return began == 0 || now == 0 || Math.abs(now - began) <= TOLERANCE_MILLIS;
    }

    /** Whether it has ended, and nobody has asked yet how. */
    private static boolean hasEnded(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"), StandardCharsets.UTF_8);
            // behind the name, which may hold anything
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException | IndexOutOfBoundsException notLinux) {
            return false;
        }
    }

    HomeHolder renewed(long times) {
        return new HomeHolder(host, machine, process, began, since, id, times);
    }

    /** {@code host node17, process 1234}; {@code process 1234 of this host}. */
    String words(HomeHolder here) {
        return isOnThisHost(here)
                ? process == here.process ? "this process" : "process " + process + " of this host"
                : "host " + host + ", process " + process;
    }

    /** {@code 2026-11-30 00:20:11Z}. */
    String sinceWords() {
        return Instant.ofEpochMilli(since)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ');
    }

    /** As it stands in the lock's file; of the same length however often it was renewed. */
    byte[] bytes() {
        return String.join(
                        "\n",
                        FIRST_LINE,
                        "host " + host,
                        "machine " + machine,
                        "process " + process,
                        "began " + began,
                        "since " + since,
                        "id " + id,
                        "renewed " + String.format(Locale.ROOT, "%012d", renewed),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads it; empty if the text is none, such as one that is just being written. */
    static Optional<HomeHolder> read(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                values.put(line.substring(0, blank), line.substring(blank + 1));
            }
        });
        if (!text.startsWith(FIRST_LINE + "\n") || !values.containsKey("renewed")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HomeHolder(
                    values.getOrDefault("host", ""),
                    values.getOrDefault("machine", ""),
                    Long.parseLong(values.getOrDefault("process", "")),
                    Long.parseLong(values.getOrDefault("began", "")),
                    Long.parseLong(values.getOrDefault("since", "")),
                    values.getOrDefault("id", ""),
                    Long.parseLong(values.getOrDefault("renewed", ""))));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }
}
