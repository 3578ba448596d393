package dev.ablate.worker.task;

import dev.ablate.core.launch.Exchange;
import dev.ablate.worker.catalog.Plugins;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program that a launcher starts: it trains the runs of tasks, one after the other, and writes their results beside them.
 *
 * <p>{@code --plugins FOLDER} (any number of times), then the files of the tasks. It ends with 0 where each result was written, whatever
 * became of the runs; with 1 where a run cannot be trained here, which it reports; and with 2 where it is called otherwise. When it is
 * asked to end (SIGTERM), the run that it trains ends as killed, and no other begins; it ends with {@link Exchange#RESUMABLE} if a later
 * attempt begins further on. A task that has its result is left out.
 */
public final class TaskProgram {

    /** How long a run may take to end once it was asked to: a program has 20 s for a checkpoint, and 10 s to end. */
    private static final long PATIENCE_SECONDS = 45;

    private static final String PLUGINS = "--plugins";

    private final List<Path> folders = new ArrayList<>();
    private final List<Path> tasks = new ArrayList<>();
    private final PrintStream out;

    private TaskProgram(PrintStream out) {
        this.out = out;
    }

    /** Runs it. */
    @Allowed("the exit of a program of its own")
    public static void main(String[] arguments) {
        TaskProgram program = new TaskProgram(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        if (!program.understands(arguments)) {
            program.out.println("usage: " + PLUGINS + " FOLDER ... TASK ...");
            System.exit(2);
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger status = new AtomicInteger(TaskRuns.LACKING);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            cancelled.set(true);
            try {
                if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && status.get() == Exchange.RESUMABLE) {
                    halt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            status.set(program.run(cancelled));
        } finally {
            done.countDown();
        }
        System.exit(status.get());
    }

    @Allowed("else a signal's own exit code stands, which says nothing of what a later attempt goes on from")
    private static void halt() {
        Runtime.getRuntime().halt(Exchange.RESUMABLE);
    }

    /** The arguments that make it run tasks with the plugins of folders. */
    public static List<String> arguments(List<Path> pluginFolders, List<Path> tasks) {
        List<String> arguments = new ArrayList<>();
        for (Path folder : pluginFolders) {
            arguments.add(PLUGINS);
            arguments.add(folder.toString());
        }
        tasks.forEach(task -> arguments.add(task.toString()));
        return arguments;
    }

    private boolean understands(String[] arguments) {
        for (int k = 0; k < arguments.length; k++) {
            if (arguments[k].equals(PLUGINS)) {
                k++;
                if (k == arguments.length) {
                    return false;
                }
                folders.add(Path.of(arguments[k]));
            } else {
                tasks.add(Path.of(arguments[k]));
            }
        }
        return !tasks.isEmpty();
    }

    private int run(AtomicBoolean cancelled) {
        Plugins plugins = Plugins.find(TaskProgram.class.getClassLoader(), folders);
        return new TaskRuns(tasks, Optional.empty(), out::println).train(plugins, System.getenv(), cancelled);
    }
}
