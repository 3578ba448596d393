package dev.ablate.runner.mlflow;

import java.net.URI;

/**
 * Where runs are delivered.
 *
 * @param id {@code managed} for the server that {@code ablate ui} starts, whose port may change; else the tracking URI
 * @param server the address, without a slash at the end
 */
public record Destination(String id, URI server) {

    /** The id of the managed server. */
    public static final String MANAGED = "managed";

    /** The managed server at its present address. */
    public static Destination managed(URI server) {
        return new Destination(MANAGED, server);
    }
}
