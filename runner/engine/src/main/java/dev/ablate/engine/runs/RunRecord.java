package dev.ablate.engine.runs;

import dev.ablate.worker.spec.RunKey;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one attempt at a run.
 *
 * @param id the attempt's number in the store; a later attempt at the same key has another
 * @param key what it is a run of
 * @param results the number of results in its key, as {@link RunKey#RESULTS} was; 0 where a version stood instead
 * @param status how far it came
 * @param error what became of it, as the end of a sentence: {@code failed after 3 updates: ...}; empty unless {@link RunStatus#FAILED}
 * @param deterministic whether it is known that another seed gives the same: neither it nor its split drew from a stream of
 *     its seed, to its end or to the update at which it failed; false while it runs
 * @param start when it started, or was submitted as long as it is queued; kept when it is resumed
 * @param end when it ended; empty while it runs
 * @param updates the last update that was recorded
 * @param stopped whether its stop rule ended it before its last update; {@code updates} is where
 * @param trainRows rows it trained on
 * @param testRows rows held back; 0 without a split
 * @param params what it depends on, by dotted path
 * @param metrics of its last recorded step, by name, and the last values that its trainer reported
 * @param parameters learned numbers by name; empty until it has finished
 * @param remark what its trainer has to say of it, for a person; empty if nothing
 */
public record RunRecord(
        long id,
        RunKey key,
        int results,
        RunStatus status,
        Optional<String> error,
        boolean deterministic,
        Instant start,
        Optional<Instant> end,
        long updates,
        boolean stopped,
        int trainRows,
        int testRows,
        Map<String, String> params,
        Map<String, Double> metrics,
        Map<String, Double> parameters,
        Optional<String> remark) {

    /** Copies the maps, keeping their order. */
    public RunRecord {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** See {@link RunStatus#hasEnded}. */
    public boolean hasEnded() {
        return status.hasEnded();
    }
}
