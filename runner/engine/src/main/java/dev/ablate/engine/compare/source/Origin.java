package dev.ablate.engine.compare.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where runs come from that no spec speaks for, by name as a person reads it: {@code file -> results.csv}.
 *
 * @param asked what was asked for: it stays the same when more runs are there
 * @param found what was there; found out where it is asked for, as the checksum of a large file takes a while
 */
public record Origin(Map<String, String> asked, Supplier<Map<String, String>> found) {

    /** Copies the map, keeping its order. */
    public Origin {
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    /** Both. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(asked);
        facts.putAll(found.get());
        return facts;
    }
}
