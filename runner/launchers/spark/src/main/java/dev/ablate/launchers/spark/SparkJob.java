package dev.ablate.launchers.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A job, as an id has it: {@code 4711@node7 spark-0a1b2c3d4e5f-8123}.
 *
 * @param pid the driver's process
 * @param host the machine that has it
 * @param folder the name of the job's folder, among the logs
 */
record SparkJob(long pid, String host, String folder) {

    private static final Pattern ID = Pattern.compile("([0-9]{1,12})@(\\S+) (spark-[0-9a-f]{12}-[0-9]{1,20})");

    private static final long PAUSE_MILLIS = 10;
    private static final int MOST_LOOKS = 500;

    /** Empty if this launcher never gave such an id. */
    static Optional<SparkJob> of(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new SparkJob(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    String id() {
        return pid + "@" + host + " " + folder;
    }

    /**
     * Notes a process that was started for a job; it returns once the process itself has left its number, so that the job is found
     * without its id.
     */
    static SparkJob started(Process driver, Path folder) {
        SparkJob job = new SparkJob(driver.pid(), thisHost(), String.valueOf(folder.getFileName()));
        try {
            while (driver.isAlive() && Files.notExists(folder.resolve(SubmitCommand.PID))) {
                Thread.sleep(PAUSE_MILLIS);
            }
            return job;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return job;
        }
    }

    /** A new folder for a job whose tasks give this name. */
    static Path newFolder(Path logs, String name) throws IOException {
        return Files.createTempDirectory(logs, "spark-" + name + "-");
    }

    /** A job with such tasks whose driver is alive on this machine. */
    static Optional<SparkJob> alive(Path logs, String name) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(logs)) {
            folders = all.filter(folder -> String.valueOf(folder.getFileName()).startsWith("spark-" + name + "-"))
                    .toList();
        }
        for (Path folder : folders) {
            Path pid = folder.resolve(SubmitCommand.PID);
            if (Files.exists(pid)) {
                Optional<SparkJob> job =
                        of(Files.readString(pid).strip() + "@" + thisHost() + " " + folder.getFileName());
                if (job.filter(SparkJob::isAlive).isPresent()) {
                    return job;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether this machine has the driver, or had it. */
    boolean isHere() {
        return host.equals(thisHost());
    }

    /**
     * Whether the driver's process is there. Another one that got its number later does not have the folder's name on its line; one
     * that has ended and is not yet taken away has no line.
     */
    boolean isAlive() {
        return ProcessHandle.of(pid).filter(this::isDriver).isPresent();
    }

    private boolean isDriver(ProcessHandle process) {
        Path line = Path.of("/proc", Long.toString(pid), "cmdline");
        if (!Files.exists(line)) {
            return process.info()
                    .arguments()
                    .filter(words -> Stream.of(words).anyMatch(word -> word.contains(folder)))
                    .isPresent();
        }
        // Java gives the first 4,096 characters alone
        try {
            String words = text(line);
            // while one program follows another there is none, or the begin of one: each word has an end of its own
            for (int k = 0; !words.endsWith("\0") && k < MOST_LOOKS && !isZombie(); k++) {
                Thread.sleep(PAUSE_MILLIS);
                words = text(line);
            }
            return words.contains(folder);
        } catch (IOException e) {
            // it has ended meanwhile
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether it has ended, and its parent has not taken note. */
    private boolean isZombie() throws IOException {
        String state = text(Path.of("/proc", Long.toString(pid), "stat"));
        return state.startsWith(" Z", state.lastIndexOf(')') + 1);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** The machine's name; the same at each call. */
    static String thisHost() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // another system
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
