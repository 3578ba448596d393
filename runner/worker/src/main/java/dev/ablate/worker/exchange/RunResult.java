package dev.ablate.worker.exchange;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run that was trained elsewhere: all that the store would have been given.
 *
 * @param key the run's key, as its task had it
 * @param leaves what the key is a hash of, as its task had it; a worker that finds other data, files or plugins trains nothing
 * @param status how the run ended
 * @param error what became of it, as the end of a sentence; empty unless it failed
 * @param deterministic whether it is known that another seed gives the same
 * @param started when it began
 * @param ended when it ended
 * @param updates the last update that was made or recorded
 * @param stopped whether its stop rule ended it
 * @param trainRows rows that it trained on
 * @param testRows rows held back
 * @param parameters learned numbers by name; empty unless it finished
 * @param series what was measured, by name
 * @param files that are kept with the run, by path: its data's description, its model, what its trainer kept
 * @param notes what its program logged, in order
 * @param provenance what it was begun with, by name
 * @param log what the worker has to say of it, for a person
 */
public record RunResult(
        String key,
        String leaves,
        Status status,
        Optional<String> error,
        boolean deterministic,
        Instant started,
        Instant ended,
        long updates,
        boolean stopped,
        int trainRows,
        int testRows,
        Map<String, Double> parameters,
        List<Series> series,
        Map<String, byte[]> files,
        List<LoggedNote> notes,
        Map<String, String> provenance,
        String log) {

    /** How a run can end. */
    public enum Status {
        /** It came to its last update, or its stop rule ended it. */
        FINISHED,
        /** It cannot be trained as it is. */
        FAILED,
        /** It was ended from outside, and may be tried again. */
        KILLED
    }

    /** Copies the collections, keeping their order. */
    public RunResult {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        series = List.copyOf(series);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        notes = List.copyOf(notes);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /** The same with other files. */
    public RunResult with(Map<String, byte[]> others) {
        return with(others, provenance);
    }

    /** The same with another provenance. */
    public RunResult withProvenance(Map<String, String> other) {
        return with(files, other);
    }

    private RunResult with(Map<String, byte[]> others, Map<String, String> from) {
        return new RunResult(
                key,
                leaves,
                status,
                error,
                deterministic,
                started,
                ended,
                updates,
                stopped,
                trainRows,
                testRows,
                parameters,
                series,
                others,
                notes,
                from,
                log);
    }

    /**
     * The values of one metric or weight.
     *
     * @param name as in the store: {@code train/mse}
     * @param steps rising, {@code [n]}
     * @param values finite, {@code [n]}
     * @param times when each was recorded, in milliseconds since 1970, {@code [n]}
     */
    @SuppressWarnings("ArrayRecordComponent") // written and read, and never compared
    public record Series(String name, long[] steps, double[] values, long[] times) {

        /**
         * @throws IllegalArgumentException if the lengths differ
         */
        public Series {
            if (steps.length != values.length || steps.length != times.length) {
                throw new IllegalArgumentException(
                        steps.length + " steps, " + values.length + " values and " + times.length + " times");
            }
        }
    }
}
