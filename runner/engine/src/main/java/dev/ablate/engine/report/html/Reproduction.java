package dev.ablate.engine.report.html;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to get the runs of a report again.
 *
 * @param command what asks for them again: {@code ablate run or-gate.yaml}
 * @param spec the resolved spec as YAML, each leaf with its origin behind it; empty where no plan made the runs
 * @param environment what they were trained with, by name: {@code Java -> 17.0.15}; empty if it is not known; where no plan made the
 *     runs, where they come from
 */
public record Reproduction(String command, String spec, Map<String, String> environment) {

    /** Copies the map, keeping its order. */
    public Reproduction {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
