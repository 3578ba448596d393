package dev.ablate.engine.tracking;

import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.RunStore;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of tracking server, and how runs get there.
 *
 * <p>The engine works without one: the store has everything. A tracker promises that nothing is lost and nothing is there twice,
 * whatever breaks on the way, and writes into the {@link RunStore#ledger ledger} after each answer of a server, so that any later
 * process goes on where this one stopped. It may be used from several threads.
 */
public interface Tracker {

    /** What it is called in messages. */
    String name();

    /**
     * The destination that counts: the one that somebody named, else the one of the environment, else {@link #own}.
     *
     * @param named as a person typed it; empty: nothing was named
     * @return empty if there is nothing to deliver to
     * @throws TrackingException if what is named, here or in the environment, is not a destination
     */
    Optional<Destination> destination(Optional<String> named);

    /** The destination that counts if nobody names another, and that this tracker keeps itself; empty while it does not run. */
    Optional<Destination> own();

    /**
     * The name under which a comparison is filed at its destination: what somebody named, else the spec's, else the environment's, else
     * the comparison's own.
     *
     * @param named as a person typed it
     * @param spec of the spec, which was checked when it was read
     * @param comparison the comparison's name
     * @throws TrackingException if what is named, here or in the environment, is not allowed there
     */
    String experiment(Optional<String> named, Optional<String> spec, String comparison);

    /**
     * Begins to deliver; nothing is asked of the server before the first {@link Delivery#watch}.
     *
     * @param destination one of this tracker
     * @throws IllegalArgumentException if the destination is another tracker's
     */
    Delivery begin(RunStore store, Destination destination, Purpose purpose);

    /**
     * Whether a destination has all of a comparison as it now is in the store, as far as the ledger knows; asks no server.
     *
     * @param entries what the ledger has of this comparison at that destination, by attempt number
     */
    boolean isComplete(RunStore store, ComparisonRecord comparison, Map<Long, DeliveryLedger.Entry> entries);

    /** What becomes of runs that a destination lacks. */
    enum Purpose {
        /** They are sent, unless somebody deleted them there. */
        DELIVERED,
        /** They are sent; what somebody deleted at the destination, or is spoilt there, is made again. */
        RECREATED
    }
}
