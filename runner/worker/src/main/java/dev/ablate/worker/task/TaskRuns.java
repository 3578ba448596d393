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

    private final List<Path> tasks;
    private final Optional<Path> out;
    private final Consumer<String> printer;

    /**
     * @param out the folder of results; empty: each beside its task
     * @param printer takes a line for each task
     */
    public TaskRuns(List<Path> tasks, Optional<Path> out, Consumer<String> printer) {
        this.tasks = List.copyOf(tasks);
        this.out = out;
        this.printer = printer;
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
        for (Path task : tasks) {
            Path result = result(task);
            if (TaskWorker.isDone(task, result)) {
                printer.accept(task + " has its result");
                continue;
            }
            if (cancelled.get()) {
                printer.accept(task + " is not begun, as the program is to end");
                return further ? Exchange.RESUMABLE : LACKING;
            }
            try {
                RunResult made = worker.work(task, result, cancelled);
                printer.accept(task + " " + made.status().name().toLowerCase(Locale.ROOT)
                        + made.error().map(error -> ": " + error).orElse(""));
                if (made.status() == RunResult.Status.KILLED) {
                    return further || TaskWorker.isResumable(task, result) ? Exchange.RESUMABLE : LACKING;
                }
                further = true;
            } catch (ExchangeException | UncheckedIOException e) {
                lacking++;
                printer.accept(e.getMessage());
            }
        }
        return lacking == 0 ? DONE : LACKING;
    }

    private Path result(Path task) {
        Path beside = RunSpecFile.result(task);
        if (out.isEmpty()) {
            return beside;
        }
        try {
            return Files.createDirectories(out.get()).resolve(Objects.requireNonNull(beside.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + out.get() + " cannot be made: " + e.getMessage(), e);
        }
    }
}
