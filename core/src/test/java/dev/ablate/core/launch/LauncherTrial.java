package dev.ablate.core.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An exchange with tasks of {@link TrialProgram}, and what has become of them.
 *
 * @param <O> the options record
 */
final class LauncherTrial<O extends Record> implements FolderExchange, AutoCloseable {

    private static final int LONGEST_PAUSE = 500;

    private final Path above;
    private final Path folder;
    private final Launcher<O> launcher;
    private final O options;
    private final Supplier<Duration> patience;
    private final List<String> jobs = new ArrayList<>();

    /**
     * Makes a folder whose name has a blank and a quote.
     *
     * @param above a folder that is taken away at the end
     * @param patience how long to wait for what must come; asked while it waits
     */
    LauncherTrial(Path above, Launcher<O> launcher, O options, Supplier<Duration> patience) throws IOException {
        this.above = above;
        this.folder = Files.createDirectory(above.resolve("it's an exchange"));
        this.launcher = launcher;
        this.options = options;
        this.patience = patience;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public List<String> command(List<TaskFile> tasks) {
        assertFalse(tasks.isEmpty(), "a command for no tasks was asked for");
        return TrialProgram.command(tasks);
    }

    @Override
    public List<Path> files(TaskFile task) {
        return List.of(folder.relativize(task.file()));
    }

    @Override
    public TaskFunction function(List<TaskFile> tasks) {
        return new TaskFunction(TrialProgram.classPath(), TrialProgram.class.getName(), List.of());
    }

    /** A task that does something. */
    TaskFile task(String name, String what) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".task"), what + "\n" + folder + "\n");
        return new TaskFile(name, file, TrialProgram.result(file));
    }

    String submit(TaskFile... tasks) throws IOException {
        String job = launcher.submit(options, List.of(tasks), this);
        assertNotNull(job, "the id is null");
        jobs.add(job);
        return job;
    }

    /** Waiting tasks go on. */
    void go() throws IOException {
        Files.writeString(folder.resolve(TrialProgram.GO), "");
    }

    // ---- what is waited for

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) {
        await(what, patience, condition);
    }

    /** A state may be unknown for a while. */
    private static void await(String what, Supplier<Duration> patience, Condition condition) {
        long begin = System.nanoTime();
        String reason = "";
        for (int pause = 20; ; pause = Math.min(LONGEST_PAUSE, 2 * pause)) {
            try {
                if (condition.holds()) {
                    return;
                }
                reason = "";
            } catch (IOException e) {
                reason = ": " + e;
            }
            Duration bound = patience.get();
            if (System.nanoTime() - begin > bound.toNanos()) {
                throw new AssertionError(what + " within " + bound.toSeconds() + " s" + reason);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", e);
            }
        }
    }

    void awaitEnded(Launcher<O> asked, String job) {
        await("the job does not end", () -> asked.poll(options, job, this) == JobState.ENDED);
    }

    void awaitEnded(String job) {
        awaitEnded(launcher, job);
    }

    /** The job runs, and has not ended before. */
    void awaitRunning(Launcher<O> asked, String job) {
        await("the job is not running, whose task is,", () -> {
            JobState state = asked.poll(options, job, this);
            assertFalse(state == JobState.ENDED, "the job is said to have ended, and its task runs");
            return state == JobState.RUNNING;
        });
    }

    /** One of some tasks waits, or more. */
    void awaitBegun(TaskFile... tasks) {
        await(
                "no task begins",
                () -> Stream.of(tasks)
                        .anyMatch(task -> Files.exists(TrialProgram.beside(task.file(), TrialProgram.BEGAN))));
    }

    // ---- what has become of tasks

    /** The result is there, and all of it. */
    void assertWhole(TaskFile task) throws IOException {
        assertFalse(Files.notExists(task.result()), "the job has ended, and there is no result of task " + task.name());
        assertEquals(
                TrialProgram.content(task.file()), Files.readString(task.result()), "the result of " + task.name());
    }

    void assertNoResult(TaskFile task) {
        assertFalse(Files.exists(task.result()), "there is a result of task " + task.name());
    }

    void assertRan(int times, TaskFile task) throws IOException {
        Path ran = TrialProgram.beside(task.file(), TrialProgram.RAN);
        assertEquals(
                times,
                Files.exists(ran) ? Files.readAllLines(ran).size() : 0,
                "how often task " + task.name() + " was run");
    }

    /** Its program does not wait any more: the system gives a lock back when a process ends. */
    void assertNotWaiting(TaskFile task) throws IOException {
        Path lock = TrialProgram.beside(task.file(), TrialProgram.LOCK);
        if (Files.notExists(lock)) {
            return;
        }
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            FileLock free = file.tryLock();
            assertNotNull(free, "the job has ended, and the program of task " + task.name() + " runs");
        }
    }

    /** Ends what runs, and takes the folder away. */
    @Override
    public void close() throws IOException {
        go();
        for (String job : jobs) {
            try {
                launcher.cancel(options, job, this);
            } catch (IOException | RuntimeException e) {
                // whether it can be cancelled is what is tried
            }
        }
        await("the folder cannot be taken away", () -> Duration.ofMinutes(1), () -> {
            try (Stream<Path> files = Files.walk(above)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            return true;
        });
    }
}
