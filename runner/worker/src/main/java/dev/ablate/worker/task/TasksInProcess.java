package dev.ablate.worker.task;

import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.worker.catalog.Plugged;
import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link dev.ablate.core.launch.TaskFunction} calls: it does as {@link TaskProgram}, for any number of threads. */
public final class TasksInProcess {

    private static final long PAUSE_MILLIS = 100;

    /** By their folder: what a plugin loads into the process stays there, and is loaded once. */
    private static final Map<Path, Plugins> PLUGINS = new ConcurrentHashMap<>();

    /** Held alone by tasks of plugins whose runs must not overlap. */
    private static final ReadWriteLock OVERLAP = new ReentrantReadWriteLock(true);

    private TasksInProcess() {}

    /**
     * Trains the runs of tasks that are in memory, and gives back their results.
     *
     * @param plugins with a folder of jars for each plugin
     * @param folder with their input files, in the place of the exchange's
     * @param tasks what their files hold, by name
     * @param results takes what the file of a result would hold, with the task's name
     * @param printer takes a line for each task
     * @param cancelled ends it early, once it is true
     * @return what the program ends with
     */
    public static int run(
            Path plugins,
            Path folder,
            Map<String, byte[]> tasks,
            BiConsumer<String, byte[]> results,
            Consumer<String> printer,
            AtomicBoolean cancelled) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = TasksInProcess.class.getClassLoader();
        thread.setContextClassLoader(own);
        try {
            Plugins found = PLUGINS.computeIfAbsent(plugins, place -> Plugins.find(own, List.of(place)));
            List<Assignment> given = new ArrayList<>();
            tasks.forEach((name, task) ->
                    given.add(Assignment.inMemory(folder.resolve(name), task, result -> results.accept(name, result))));
            TaskRuns runs = new TaskRuns(given, printer);
            Lock turn = given.stream().anyMatch(task -> mustNotOverlap(task, found))
                    ? OVERLAP.writeLock()
                    : OVERLAP.readLock();
            return inTurn(turn, cancelled) ? train(runs, found, turn, cancelled) : TaskRuns.LACKING;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static int train(TaskRuns runs, Plugins plugins, Lock turn, AtomicBoolean cancelled) {
        try {
            return runs.train(plugins, System.getenv(), cancelled);
        } finally {
            turn.unlock();
        }
    }

    private static boolean inTurn(Lock turn, AtomicBoolean cancelled) {
        try {
            while (!cancelled.get()) {
                if (turn.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean mustNotOverlap(Assignment task, Plugins plugins) {
        try {
            RunSpec spec = task.spec();
            return mustNotOverlap(plugins.of(Kind.DATASET).get(spec.dataset().plugin()))
                    || mustNotOverlap(
                            plugins.of(Kind.TRAINER).get(spec.trainer().plugin()));
        } catch (ExchangeException e) {
            // whoever trains it reports that
            return false;
        }
    }

    private static boolean mustNotOverlap(@Nullable Plugged plugged) {
        return plugged != null && plugged.entry().oneAtATime();
    }
}
