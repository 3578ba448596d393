package dev.ablate.core.launch;

import java.io.IOException;
import java.util.List;

/**
 * Takes runs to where they are trained: other processes, the nodes of a cluster.
 *
 * <p>A plugin brings one with {@code launcher("grid", GridOptions.class).to(Grid.class)}, and a spec names it in {@code run.launcher}. It
 * does not look into tasks and results: for each task it sees to it that {@link Exchange#command} is run once, somewhere where the
 * exchange's folder can be read and written, and the result appears beside the task. What it is to know of a job later, it finds
 * by the id that it gave, since another process of the same user may ask.
 *
 * @param <O> the options record; {@link dev.ablate.core.option.NoOptions} where there are none
 */
public interface Launcher<O extends Record> {

    /** The name that no launcher has: in a spec it stands for the threads of the program itself, and it is the default. */
    String LOCAL = "local";

    /** The key that all launchers have beside their options, and that no options record has: where {@link Exchange#folder} is. */
    String FOLDER = "folder";

    /**
     * Hands tasks over, as one job.
     *
     * @param tasks at least one, each in the exchange's folder
     * @return the job's id: text on one line, which says to this launcher where the job is
     * @throws IOException if that is not possible; nothing is handed over then
     */
    String submit(O options, List<TaskFile> tasks, Exchange exchange) throws IOException;

    /**
     * How far a job is.
     *
     * @return {@link JobState#ENDED} once no further result can come, also for a job that is not known any more
     * @throws IOException if nobody can say just now
     */
    JobState poll(O options, String job, Exchange exchange) throws IOException;

    /**
     * Ends a job: what has not begun does not begin, what runs is ended as by SIGTERM. No effect on one that has ended.
     *
     * @throws IOException if that is not possible just now
     */
    void cancel(O options, String job, Exchange exchange) throws IOException;

    /**
     * A job in a few words, for a person who wants to know how far it is: {@code 4711, 3 array tasks run and 17 are queued (Priority)}.
     *
     * @return text on one line
     * @throws IOException if nobody can say just now
     */
    default String describe(O options, String job, Exchange exchange) throws IOException {
        return job;
    }

    /**
     * What a job printed, for a person who looks for the reason why a result is missing.
     *
     * @return its last lines; empty if it printed nothing
     * @throws IOException if that cannot be read
     */
    String log(O options, String job, Exchange exchange) throws IOException;
}
