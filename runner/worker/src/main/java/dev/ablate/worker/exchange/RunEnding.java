package dev.ablate.worker.exchange;

import dev.ablate.worker.exchange.RunResult.Status;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status how far it came
 * @param error what became of it, as the end of a sentence; empty unless it failed
 * @param deterministic whether it is known that another seed gives the same
 * @param updates the last update that was made or recorded
 * @param stopped whether its stop rule ended it
 * @param parameters learned numbers by name; empty unless it finished
 * @param log what there is to know of it beyond its error, for a person; may be empty
 */
public record RunEnding(
        Status status,
        Optional<String> error,
        boolean deterministic,
        long updates,
        boolean stopped,
        Map<String, Double> parameters,
        String log) {

    /** Copies the map, keeping its order. */
    public RunEnding {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** It came to its last update, or its stop rule ended it. */
    public static RunEnding finished(
            boolean deterministic, long updates, boolean stopped, Map<String, Double> parameters) {
        return new RunEnding(Status.FINISHED, Optional.empty(), deterministic, updates, stopped, parameters, "");
    }

    /** It cannot be trained as it is. */
    public static RunEnding failed(String error, boolean deterministic, long updates, String log) {
        return new RunEnding(Status.FAILED, Optional.of(error), deterministic, updates, false, Map.of(), log);
    }

    /** It was ended from outside. */
    public static RunEnding killed(long updates) {
        return new RunEnding(Status.KILLED, Optional.empty(), false, updates, false, Map.of(), "");
    }
}
