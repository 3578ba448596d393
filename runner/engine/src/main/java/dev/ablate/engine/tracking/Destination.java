package dev.ablate.engine.tracking;

import java.net.URI;

/**
 * Where runs are delivered.
 *
 * <p>Only the tracker that made it knows how to enter there: a password is no part of this.
 */
public interface Destination {

    /**
     * What the ledger of the store knows it by: two destinations of one id hold the same runs. It outlives the process, and holds no
     * credentials.
     */
    String id();

    /** Its present address, for a person: without credentials. */
    URI address();
}
