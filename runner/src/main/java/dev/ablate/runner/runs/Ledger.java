package dev.ablate.runner.runs;

import java.util.List;
import java.util.Optional;

/** What was delivered where, written after each answer of a tracking server, so that nothing is sent twice and nothing forgotten. */
public interface Ledger {

    /**
     * How far one run of one comparison came at one destination.
     *
     * @param destination {@code managed}, or the tracking URI
     * @param experiment the MLflow experiment's name
     * @param comparison the comparison's key
     * @param run the attempt's number; 0 for the parent
     * @param mlflowRun the id that the server gave
     * @param pointsThrough the highest id of a point that the server has
     * @param digest of params, tags, note and artifacts as last sent, so that what changed is sent again; empty: nothing yet
     * @param complete whether all that the store had was delivered, end time and status included, and read back
     */
    record Entry(
            String destination,
            String experiment,
            String comparison,
            long run,
            String mlflowRun,
            long pointsThrough,
            String digest,
            boolean complete) {}

    /**
     * What came of the last attempt to make sure that a run at a destination is as it is here.
     *
     * @param run the attempt's number; 0 for the parent
     * @param verified whether the run was read back, and was in the end as it is here
     * @param words what differed, or why it was refused, for a person; empty where there is nothing to tell
     */
    record Proof(String destination, String experiment, String comparison, long run, boolean verified, String words) {}

    /** The proofs of a destination. */
    List<Proof> proofs(String destination);

    /** Writes a proof, replacing the one of the same destination, experiment, comparison and run. */
    void put(Proof proof);

    /** The entry of a run, if it was begun there. */
    Optional<Entry> find(String destination, String experiment, String comparison, long run);

    /** All entries of a destination. */
    List<Entry> entries(String destination);

    /** Writes an entry, replacing the one of the same destination, experiment, comparison and run. */
    void put(Entry entry);

    /** Forgets an entry, and its proof. */
    void remove(Entry entry);

    /** Superseded attempts that a destination still shows: to be put into its trash, then {@link #remove}d. */
    List<Entry> superseded(String destination);
}
