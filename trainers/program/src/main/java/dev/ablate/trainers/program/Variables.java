package dev.ablate.trainers.program;

import dev.ablate.core.option.ReadBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment variables.
 *
 * @param values text by name
 */
@ReadBy(VariablesType.class)
public record Variables(Map<String, String> values) {

    /** Copies the map. */
    public Variables {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
