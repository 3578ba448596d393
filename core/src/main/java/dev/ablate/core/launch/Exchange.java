package dev.ablate.core.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where tasks and results are exchanged, and how a task is run. */
public interface Exchange {

    /** What the program ends with that was asked to end, and has a result or a checkpoint more than it began with. */
    int RESUMABLE = 75;

    /** The folder with tasks, their input files and their results; whoever runs a task reads and writes it. */
    Path folder();

    /** The folder for what jobs print and a launcher notes of them; it is there, and is removed once no task is left. */
    Path logs();

    /**
     * The program that runs tasks, and its arguments.
     *
     * <p>It trains them one after the other, writes a result for each, and ends with 0 where all results were written, whatever became
     * of the runs. A task that has its result is left out. By SIGTERM it ends early: with {@link #RESUMABLE} where it came further, so
     * that the same command goes on from there.
     *
     * @param tasks at least one
     */
    List<String> command(List<TaskFile> tasks);

    /**
     * The files and folders of the exchange's folder that a task needs, its own file first: where that folder is not seen they are copied,
     * each to the same place below another, and the task's result appears below that one.
     *
     * @param task one that was handed over
     * @return paths relative to {@link #folder}
     * @throws IOException if the task cannot be read
     */
    List<Path> files(TaskFile task) throws IOException;

    /**
     * What {@link #command} does, as a function of Java.
     *
     * @param tasks at least one
     * @throws IOException if a task cannot be read
     */
    TaskFunction function(List<TaskFile> tasks) throws IOException;
}
