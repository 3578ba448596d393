package dev.ablate.engine.runs;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.point.StoredSeries;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The local record of every run: one SQLite file, safe for several threads and several processes.
 *
 * <p>A finished run is on the disk before {@link RunLog#finish} returns; points are at most a second or 1,000 points behind.
 * Methods throw {@link StoreException} where the file cannot be read or written (full disk, read-only, made by a newer version).
 */
public interface RunStore extends AutoCloseable {

    /**
     * The store in a home.
     *
     * <p>Home and file are created at the first write; until then nothing is found.
     *
     * @param home {@link Home#folder}
     * @param clock gives the times of starts, ends and points, which are kept to the millisecond
     */
    static RunStore open(Path home, Clock clock) {
        return open(home, clock, copy -> {});
    }

    /**
     * The same; a store of an older format is brought up to date when it is first used.
     *
     * @param upgraded hears once of the copy of such a store, as it was, which is made beside it first
     */
    static RunStore open(Path home, Clock clock, Consumer<Path> upgraded) {
        return open(home, HomeKind.AUTO, clock, upgraded, remark -> {});
    }

    /**
     * The same of a home that a person may say more of. On a network file system one process at a time uses it.
     *
     * @param kind whether other hosts see it
     * @param remarks hears what a person should know of a home on a network file system, as it arises
     */
    static RunStore open(Path home, HomeKind kind, Clock clock, Consumer<Path> upgraded, Consumer<String> remarks) {
        return new SqliteStore(home, kind, clock, upgraded, remarks);
    }

    /** The current attempt at a run, whatever its status; superseded attempts are not found. */
    Optional<RunRecord> find(RunKey key);

    /** The current attempts at some runs, by key; of one state of the store. */
    Map<RunKey, RunRecord> find(Collection<RunKey> keys);

    /** The current attempts whose key begins with these hex digits. */
    List<RunRecord> findByPrefix(String digits);

    /** The current attempts at all runs, newest first, at most {@code limit}. */
    List<RunRecord> newest(int limit);

    /**
     * Begins an attempt, or one that is queued, or resumes one that was interrupted (RUNNING without an owner, or KILLED): its start time
     * and points stay, and a point that is already there is not added again.
     *
     * @param fresh supersede what is there, whatever its status, and begin again
     * @throws IllegalStateException if the run is being trained by another thread or process; or if it has ended, and
     *     {@code fresh} is false
     */
    default RunLog begin(PlannedRun run, boolean fresh) {
        return tryBegin(run, fresh ? EnumSet.allOf(RunStatus.class) : EnumSet.noneOf(RunStatus.class))
                .orElseThrow(() -> new IllegalStateException(
                        "run " + run.label() + " has ended, or is being trained by another process"));
    }

    /**
     * Like {@link #begin}, where others may be about to do the same.
     *
     * @param supersede which attempts to give up for a new one, by the status that they have once nobody else trains the run
     * @return empty if another thread or process trains the run just now, or it has ended with a status that is not to be
     *     superseded: {@link #find} knows
     */
    default Optional<RunLog> tryBegin(PlannedRun run, Set<RunStatus> supersede) {
        return tryBegin(run, supersede, Provenance.NONE);
    }

    /**
     * Like {@link #tryBegin(PlannedRun, Set)}, and stores what the attempt is begun or resumed with.
     *
     * @param provenance of this process; stored together with the attempt, or not at all
     */
    Optional<RunLog> tryBegin(PlannedRun run, Set<RunStatus> supersede, Provenance provenance);

    /**
     * Notes that a run was submitted: an attempt that is QUEUED until it is begun, or superseded. One that was interrupted is given up
     * for it; one that is queued stays as it is.
     *
     * @param supersede which attempts that have ended to give up for a new one, by their status
     * @return false if another thread or process trains the run just now, or it has ended with a status that is not to be superseded:
     *     {@link #find} knows
     */
    boolean submit(PlannedRun run, Set<RunStatus> supersede);

    /**
     * Stores what a submitted run gave elsewhere, as if it had been trained here; whether it may is for the caller to know.
     *
     * @return empty if the run is not submitted, or another thread or process trains it just now
     */
    Optional<RunRecord> collect(PlannedRun run, RunResult result);

    /** What a run gave elsewhere. */
    record Elsewhere(PlannedRun run, RunResult result) {}

    /**
     * {@linkplain #submit Submits} and {@linkplain #collect collects} many runs in one change, which takes little longer than one of them.
     *
     * @return what was stored, by key: without runs that had ended, and those that another thread or process trains just now
     */
    Map<RunKey, RunRecord> collect(List<Elsewhere> results);

    /**
     * Stores a run that has finished in another store, as if it had been trained here; one that has not ended here is given up for it.
     *
     * @param results the number of results in its key
     * @param params what it depends on, by dotted path
     * @return empty if it has ended here, or another thread or process trains it just now
     */
    Optional<RunRecord> adopt(RunKey key, int results, Map<String, String> params, RunResult result);

    /**
     * Stores a comparison of another store, whose runs are here; where it is here already, those of its runs that are not in it join it.
     *
     * @param published what came of it
     * @param registration which run of it is to be in the model registry
     * @return false if nothing of it is new
     */
    boolean adopt(ComparisonRecord comparison, Published published, Optional<Registration> registration);

    /** The folder in which attempts at a run leave what the next one goes on from; it need not exist. */
    Path checkpoint(RunKey key);

    /** What an attempt was begun with; {@link Provenance#NONE} if that is not known. */
    Provenance provenance(long run);

    /** What the current attempts of a comparison's runs were begun with, one for each that has begun. */
    List<Provenance> provenances(String comparison);

    /** Whether some thread or process trains a run right now. */
    boolean isTrained(RunKey key);

    /** How a run stands: what is recorded as running and is trained by nobody was killed. */
    default RunStatus state(RunRecord run) {
        return run.status() == RunStatus.RUNNING && !isTrained(run.key()) ? RunStatus.KILLED : run.status();
    }

    /** Points of an attempt with an id above {@code after}, rising, at most {@code limit}. */
    List<Point> points(long run, long after, int limit);

    /** One whole series of an attempt by step. */
    List<Point> series(long run, String name);

    /** Some whole series of an attempt, by name; those that were not recorded are absent. */
    Map<String, StoredSeries> series(long run, Collection<String> names);

    /** What the program of an attempt logged, in order, without the first {@code after} of it. */
    List<LoggedNote> notes(long run, long after);

    /** The files that are kept with an attempt, by path. */
    Map<String, byte[]> files(long run);

    /**
     * Records the comparison of a plan, or adds what is new to it: members and their order; called before anything is trained.
     * Its members appear as their runs begin (or at once, if they exist already).
     */
    void record(Plan plan, String experiment);

    /**
     * Stores what the parent run shows when all is done, instead of what was stored before, and that the comparison has ended.
     *
     * @param published of its predictions, those of other runs stay
     * @throws IllegalArgumentException if the comparison was never recorded
     */
    void publish(String comparison, Published published);

    /**
     * Notes that a comparison has ended once more, if what was published of it before is made of the same.
     *
     * @param inputs a hash of all that it would be made of now
     * @return false: it is to be published
     */
    boolean publishAgain(String comparison, String inputs);

    /** The current attempts at a comparison's runs that have begun, and how they stand: equal lists, the same attempts. */
    List<String> begun(String comparison);

    /**
     * Notes which run of a comparison is to be in the model registry, instead of what was noted before.
     *
     * @param registration empty: none
     * @throws StoreException if the comparison was never recorded
     */
    void register(String comparison, Optional<Registration> registration);

    /** Which run of a comparison is to be in the model registry; empty: none. */
    Optional<Registration> registration(String comparison);

    /** A comparison with its members whose runs have begun. */
    Optional<ComparisonRecord> comparison(String key);

    /** All comparisons, the one that was run last first. */
    List<ComparisonRecord> comparisons();

    /** The effects of a comparison as it was when it ended, in their order; none before that. */
    List<StoredEffect> effects(String comparison);

    /** The files of a comparison by path. */
    Map<String, byte[]> files(String comparison);

    /** What was delivered where; see {@link DeliveryLedger}. */
    DeliveryLedger ledger();

    /**
     * Takes a lease that other threads and processes respect until it is closed, or its process dies.
     *
     * @return empty while somebody else has it
     */
    Optional<Lease> lease(String name);

    /** Writes what is waiting, gives back all leases and closes the file. An attempt that has not ended can be resumed. */
    @Override
    void close();

    /** A lease; closing it gives it back. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
