package dev.ablate.engine.tracking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run that any program logged to a tracking server.
 *
 * @param id the server's
 * @param name what people call it; may be empty
 * @param status as the server has it: {@code FINISHED}, {@code FAILED}, ...
 * @param params by name
 * @param tags by name
 * @param metrics of each its last value
 */
public record LoggedRun(
        String id,
        String name,
        String status,
        Map<String, String> params,
        Map<String, String> tags,
        Map<String, Double> metrics) {

    /** Copies the maps, keeping their order. */
    public LoggedRun {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * One value of a metric.
     *
     * @param step as it was logged with
     */
    public record Value(long step, double value) {}
}
