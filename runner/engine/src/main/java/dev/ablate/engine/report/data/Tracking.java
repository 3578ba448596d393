package dev.ablate.engine.report.data;

import java.util.Map;
import java.util.Optional;

/**
 * Where the runs of a report are where they were delivered.
 *
 * @param parent the page of the parent run
 * @param runs the id of a run there by the attempt's number
 */
public record Tracking(Optional<String> parent, Map<Long, String> runs) {

    /** Nothing was delivered, or it is not known yet. */
    public static final Tracking NONE = new Tracking(Optional.empty(), Map.of());

    /** Copies the map. */
    public Tracking {
        runs = Map.copyOf(runs);
    }
}
