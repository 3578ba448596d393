package dev.ablate.engine.compare.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where runs come from that no spec speaks for, by name as a person reads it: {@code file -> results.csv}.
 *
 * @param asked what was asked for: it stays the same when more runs are there
 * @param found what was there
 */
public record Origin(Map<String, String> asked, Map<String, String> found) {

    /** Copies the maps, keeping their order. */
    public Origin {
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
        found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
    }

    /** Both. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(asked);
        facts.putAll(found);
        return facts;
    }
}
