package dev.ablate.core.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of any names; those of a component called {@code options} or {@code params} are leaves, each by itself.
 *
 * @param values a text, {@code Boolean}, {@code Long} or {@code Double} by name
 */
@ReadBy(FreeOptionsType.class)
public record FreeOptions(Map<String, Object> values) {

    /** Copies the map. */
    public FreeOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
