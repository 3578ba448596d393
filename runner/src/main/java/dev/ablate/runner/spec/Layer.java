package dev.ablate.runner.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one file, or the options of the command line, say: leaves by path, a null being one that deletes.
 *
 * @param leaves outside variants
 * @param containers maps by path, and where their keys stand: an empty one counts too
 * @param variants by name; a deletion has no leaves
 */
record Layer(Map<String, Setting> leaves, Map<String, Position> containers, Map<String, Variant> variants) {

    /**
     * What a layer says of one variant.
     *
     * @param at where its name stands
     * @param deleted whether it is taken away
     * @param leaves what it changes
     */
    record Variant(Position at, boolean deleted, Map<String, Setting> leaves) {}

    Layer() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }
}
