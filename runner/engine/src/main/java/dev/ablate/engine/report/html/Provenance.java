package dev.ablate.engine.report.html;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the runs of a report come from.
 *
 * @param command what asks for them again: {@code ablate run or-gate.yaml}
 * @param spec the resolved spec as YAML, each leaf with its origin behind it
 * @param environment what they were trained with, by name: {@code java -> 17.0.15}
 */
public record Provenance(String command, String spec, Map<String, String> environment) {

    /** Copies the map, keeping its order. */
    public Provenance {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
