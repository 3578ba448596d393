package dev.ablate.runner.runs;

import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.plan.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The local record of every run: one SQLite file, safe for several threads and several processes.
 *
 * <p>A finished run is on the disk before {@link RunLog#finish} returns; points are at most a second or 1,000 points behind.
 * Methods throw {@link StoreException} where the file cannot be read or written (full disk, read-only, made by a newer version).
 */
public interface RunStore extends AutoCloseable {

    /** The current attempt at a run, whatever its status; superseded attempts are not found. */
    Optional<RunRecord> find(RunKey key);

    /** The current attempts whose key begins with these hex digits. */
    List<RunRecord> findByPrefix(String digits);

    /** The current attempts at all runs, newest first, at most {@code limit}. */
    List<RunRecord> newest(int limit);

    /**
     * Begins an attempt, or resumes one that was interrupted (RUNNING without an owner, or KILLED): its start time and points
     * stay, and a point that is already there is not added again.
     *
     * @param fresh supersede what is there, whatever its status, and begin anew
     * @throws IllegalStateException if the run is being trained by another process
     */
    RunLog begin(PlannedRun run, boolean fresh);

    /** Points of an attempt with an id above {@code after}, rising, at most {@code limit}. */
    List<Point> points(long run, long after, int limit);

    /** One whole series of an attempt by step. */
    List<Point> series(long run, String name);

    /**
     * Records the comparison of a plan, or adds what is new to it: members and their order; called before anything is trained.
     * Its members appear as their runs begin (or at once, if they exist already).
     */
    void record(Plan plan, String experiment);

    /** Stores what the parent run shows when all is done: the note, files by path ({@code spec.yaml}, {@code report.json}), predictions by run. */
    void publish(String comparison, String note, Map<String, byte[]> files, Map<RunKey, String> predictions);

    /** A comparison with its members whose runs have begun. */
    Optional<ComparisonRecord> comparison(String key);

    /** All comparisons, newest first. */
    List<ComparisonRecord> comparisons();

    /** The files of a comparison by path. */
    Map<String, byte[]> files(String comparison);

    /** What was delivered where; see {@link Ledger}. */
    Ledger ledger();

    /**
     * Takes a lease that other threads and processes respect until it is closed, or its process dies.
     *
     * @return empty while somebody else has it
     */
    Optional<Lease> lease(String name);

    /** Writes what is waiting and closes the file. */
    @Override
    void close();

    /** A lease; closing it gives it back. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
