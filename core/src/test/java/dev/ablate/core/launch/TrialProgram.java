package dev.ablate.core.launch;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What runs the tasks of {@link LauncherContract}, in a process of its own or within another; the file of a task says in a word what it
 * does, and on a second line where the exchange's folder is, which a launcher may have copied the file from.
 */
public final class TrialProgram {

    /** Writes its result. */
    static final String TRAIN = "train";

    /** The same, once there is a file {@link #GO}. */
    static final String WAIT = "wait";

    /** Ends the program, with another exit code than 0. */
    static final String FAIL = "fail";

    /** In the exchange's folder. */
    static final String GO = "go";

    /** There, behind a task's name: a line each time that it is run. */
    static final String RAN = ".ran";

    /** There, behind a task's name: locked while it waits. */
    static final String LOCK = ".lock";

    /** There, behind a task's name: it waits. */
    static final String BEGAN = ".began";

    /** No test waits longer; what nobody ends must end by itself. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(20);

    private TrialProgram() {}

    /** That of this process. */
    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(Path::of)
                .toList();
    }

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
    static String content(Path task) {
        return (task.getFileName() + " is trained\n").repeat(5_000);
    }

    /**
     * Runs tasks one after the other.
     *
     * @param arguments the task and the result of each
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AtomicBoolean never = new AtomicBoolean();
        for (int i = 0; i < arguments.length; i += 2) {
            Path task = Path.of(arguments[i]);
            System.out.println("begins " + task.getFileName());
            run(task, Path.of(arguments[i + 1]), never);
            System.err.println("has trained " + task.getFileName());
        }
    }

    /** Runs tasks as {@link TaskFunction} says. */
    public static int run(
            Path plugins,
            Path folder,
            Map<String, byte[]> tasks,
            BiConsumer<String, byte[]> results,
            Consumer<String> printer,
            AtomicBoolean cancelled)
            throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> task : tasks.entrySet()) {
            String name = task.getKey();
            printer.accept("begins " + name);
            List<String> lines =
                    new String(task.getValue(), StandardCharsets.UTF_8).lines().toList();
            try {
                results.accept(name, result(name, lines, cancelled));
            } catch (IllegalStateException e) {
                printer.accept(e.getMessage());
                return 1;
            }
            printer.accept("has trained " + name);
        }
        return 0;
    }

    /** Where the result of a task belongs. */
    static Path result(Path task) {
        return task.resolveSibling(String.valueOf(task.getFileName()).replace(".task", ".result"));
    }

    private static void run(Path task, Path result, AtomicBoolean cancelled) throws IOException, InterruptedException {
        byte[] bytes = result(String.valueOf(task.getFileName()), Files.readAllLines(task), cancelled);
        Path part = beside(result, ".part");
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
            file.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
            file.force(true);
        }
        Files.move(part, result, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] result(String name, List<String> lines, AtomicBoolean cancelled)
            throws IOException, InterruptedException {
        Path original = Path.of(lines.get(1)).resolve(name);
        Files.writeString(beside(original, RAN), "ran\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (lines.get(0).equals(FAIL)) {
            throw new IllegalStateException("cannot train " + name);
        }
        if (lines.get(0).equals(WAIT)) {
            await(original, cancelled);
        }
        return content(original).getBytes(StandardCharsets.UTF_8);
    }

    private static void await(Path task, AtomicBoolean cancelled) throws IOException, InterruptedException {
        Path go = task.resolveSibling(GO);
        long begin = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(beside(task, LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            Files.writeString(beside(task, BEGAN), "");
            while (Files.notExists(go)) {
                if (cancelled.get()) {
                    throw new IllegalStateException(task.getFileName() + " is cancelled");
                }
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
