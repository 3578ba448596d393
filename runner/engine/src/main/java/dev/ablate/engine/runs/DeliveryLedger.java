package dev.ablate.engine.runs;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was delivered where, written after each answer of a tracking server, so that nothing is sent twice and nothing forgotten. */
public interface DeliveryLedger {

    /** The parent's number where attempts are numbered. */
    long PARENT = 0;

    /**
     * How far one run of one comparison came at one destination.
     *
     * @param destination {@code managed}, or the tracking URI
     * @param experiment the name of the experiment that it is filed under there
     * @param comparison the comparison's key
     * @param run the attempt's number; 0 for the parent
     * @param remoteRun the id that the server gave
     * @param pointsThrough the highest id of a point that the server has
     * @param digest of params, tags, note and artifacts as last sent, so that what changed is sent again; empty: nothing yet
     * @param complete whether all that the store had was delivered, end time and status included, and read back
     */
    record Entry(
            String destination,
            String experiment,
            String comparison,
            long run,
            String remoteRun,
            long pointsThrough,
            String digest,
            boolean complete) {}

    /**
     * What came of the last attempt to make sure that a run at a destination is as it is here.
     *
     * @param run the attempt's number; 0 for the parent
     * @param verified whether the run was read back, and was in the end as it is here
     * @param words what differed, or why it was refused, for a person; empty where there is nothing to say
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

    /** Of all entries of a destination, those of a comparison. */
    static List<Entry> of(ComparisonRecord comparison, List<Entry> all) {
        return all.stream()
                .filter(entry -> entry.comparison().equals(comparison.key())
                        && entry.experiment().equals(comparison.experiment()))
                .toList();
    }

    /** Writes an entry, replacing the one of the same destination, experiment, comparison and run. */
    void put(Entry entry);

    /** Forgets an entry, and its proof. */
    void remove(Entry entry);

    /** Superseded attempts that a destination still shows: to be put into its trash, then {@link #remove}d. */
    List<Entry> superseded(String destination);

    /**
     * The experiment that runs go to, whatever it is called there by now.
     *
     * @param destination {@code managed}, or the tracking URI
     * @param experiment the name as it was asked for
     * @param id the server's
     * @param created when the server made it, in milliseconds of the epoch: another database may give the same id to another
     *     experiment; 0 if the server does not say it
     * @param origin when the server made its first experiment, likewise: whether it is the same database
     */
    record Place(String destination, String experiment, String id, long created, long origin) {}

    /** The experiment of a name at a destination, if it is known. */
    Optional<Place> place(String destination, String experiment);

    /** Notes an experiment, instead of what was noted for its destination and name. */
    void put(Place place);

    /** Forgets an experiment. */
    void remove(Place place);

    /** Forgets the experiments of a destination: its server may have gone back to an older state. */
    void forgetPlaces(String destination);

    /**
     * A version in a registry of models.
     *
     * @param destination {@code managed}, or the tracking URI
     * @param comparison the comparison's key
     * @param name of the registered model, as it was asked for
     * @param model what it is called there
     * @param created when the registered model was made, in milliseconds of the epoch, where it has no id
     * @param version its number
     * @param run whose model it is: the id that the server gave
     */
    record Registered(
            String destination,
            String comparison,
            String name,
            String model,
            long created,
            String version,
            String run) {}

    /** The version that was added for a comparison under a name, if one was. */
    Optional<Registered> registered(String destination, String comparison, String name);

    /** Notes a version, instead of what was noted for its destination, comparison and name. */
    void put(Registered registered);

    /** Makes an id for one who writes to servers from this store; no other store has it, not even a copy of this one. */
    String newWriter();

    /** All ids that were made for writers from this store. */
    Set<String> writers();
}
