package dev.ablate.runner.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A resolved {@code dataset} or {@code trainer}: a plugin's name, and its options as written.
 *
 * @param at where the block begins, for what is missing in it
 * @param plugin the leaf {@code plugin}; empty if it is missing, which was told as a problem
 * @param options the other leaves by the option's name, each whole, whatever its value
 */
public record Block(Position at, Optional<Setting> plugin, Map<String, Setting> options) {
    /** Copies the map. */
    public Block {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
