package dev.ablate.worker.task;

import dev.ablate.core.launch.Exchange;
import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSpecFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Trains the runs of tasks one after the other, as {@link Exchange#command} promises. */
public final class TaskRuns {

    /** Each result was written, whatever became of the runs. */
    public static final int DONE = 0;

    /** A run cannot be trained here, or the end came before the last. */
    public static final int LACKING = 1;

    private final List<Assignment> tasks;
    private final Consumer<String> printer;

    /**
     * Of tasks in files.
     *
     * @param out the folder of results, which is made; empty: each beside its task
     * @param printer takes a line for each task
     * @throws UncheckedIOException if the folder cannot be made
     */
    public TaskRuns(List<Path> tasks, Optional<Path> out, Consumer<String> printer) {
        this(inFiles(tasks, out), printer);
    }

    /** Of any tasks. */
    TaskRuns(List<Assignment> tasks, Consumer<String> printer) {
        this.tasks = List.copyOf(tasks);
        this.printer = printer;
    }

    private static List<Assignment> inFiles(List<Path> tasks, Optional<Path> out) {
        out.ifPresent(TaskRuns::make);
        return tasks.stream()
                .map(task -> {
                    Path beside = RunSpecFile.result(task);
                    return Assignment.inFiles(
                            task,
                            out.map(folder -> folder.resolve(Objects.requireNonNull(beside.getFileName())))
                                    .orElse(beside));
                })
                .toList();
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Trains them.
     *
     * @param plugins what there is to choose from
     * @param environment the environment's variables
     * @param cancelled ends the run that is trained as killed, and begins no other, once it is true
     * @return {@link #DONE}, {@link #LACKING}, or {@link Exchange#RESUMABLE}
     */
    public int train(Plugins plugins, Map<String, String> environment, AtomicBoolean cancelled) {
        TaskWorker worker = new TaskWorker(plugins, environment, 1, ForwardClock.system());
        int lacking = 0;
        boolean further = false;
        for (Assignment task : tasks) {
            if (task.isDone()) {
                printer.accept(task + " has its result");
                continue;
            }
            if (cancelled.get()) {
                printer.accept(task + " is not begun, as the program is to end");
                return further ? Exchange.RESUMABLE : LACKING;
            }
            try {
                RunResult made = worker.work(task, cancelled);
                printer.accept(task + " " + made.status().name().toLowerCase(Locale.ROOT)
                        + made.error().map(error -> ": " + error).orElse(""));
                if (made.status() == RunResult.Status.KILLED) {
                    return further || task.isResumable() ? Exchange.RESUMABLE : LACKING;
                }
                further = true;
            } catch (ExchangeException | UncheckedIOException e) {
                lacking++;
                printer.accept(e.getMessage());
            }
        }
        return lacking == 0 ? DONE : LACKING;
    }
}
