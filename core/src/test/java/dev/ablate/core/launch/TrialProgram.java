package dev.ablate.core.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What runs the tasks of {@link LauncherContract}, in a process of its own; the file of a task says in a word what it does. */
final class TrialProgram {

    /** Writes its result. */
    static final String TRAIN = "train";

    /** The same, once there is a file {@link #GO}. */
    static final String WAIT = "wait";

    /** Ends the program, with another exit code than 0. */
    static final String FAIL = "fail";

    /** Beside the tasks. */
    static final String GO = "go";

    /** Beside a task: a line each time that it is run. */
    static final String RAN = ".ran";

    /** Beside a task: locked while it waits. */
    static final String LOCK = ".lock";

    /** Beside a task: it waits. */
    static final String BEGAN = ".began";

    /** No test waits longer; what nobody ends must end by itself. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(20);

    private TrialProgram() {}

    /** The command that runs tasks. */
    static List<String> command(List<TaskFile> tasks) {
        List<String> java = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TrialProgram.class.getName());
        return Stream.concat(
                        java.stream(),
                        tasks.stream()
                                .flatMap(task -> Stream.of(
                                        task.file().toString(), task.result().toString())))
                .toList();
    }

    /** What a task's result holds: more than is written at once. */
    static String result(Path task) {
        return (task.getFileName() + " is trained\n").repeat(5_000);
    }

    /**
     * Runs tasks one after the other.
     *
     * @param arguments the task and the result of each
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (int i = 0; i < arguments.length; i += 2) {
            run(Path.of(arguments[i]), Path.of(arguments[i + 1]));
        }
    }

    private static void run(Path task, Path result) throws IOException, InterruptedException {
        String what = Files.readString(task);
        Files.writeString(beside(task, RAN), "ran\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println("begins " + task.getFileName());
        if (what.equals(FAIL)) {
            throw new IllegalStateException("cannot train " + task.getFileName());
        }
        if (what.equals(WAIT)) {
            await(task);
        }
        byte[] bytes = result(task).getBytes(StandardCharsets.UTF_8);
        Path part = beside(result, ".part");
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
            file.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
            file.force(true);
        }
        Files.move(part, result, StandardCopyOption.ATOMIC_MOVE);
        System.err.println("has trained " + task.getFileName());
    }

    private static void await(Path task) throws IOException, InterruptedException {
        Path go = task.resolveSibling(GO);
        long begin = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(beside(task, LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            Files.writeString(beside(task, BEGAN), "");
            while (Files.notExists(go)) {
                if (System.nanoTime() - begin > LONGEST_NANOS || Files.notExists(task)) {
                    throw new IllegalStateException("nobody says go to " + task.getFileName());
                }
                Thread.sleep(20);
            }
        }
    }

    /** A file beside another. */
    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
