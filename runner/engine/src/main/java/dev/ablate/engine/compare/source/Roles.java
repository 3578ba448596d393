package dev.ablate.engine.compare.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What says which variant a run is of and which others it is a pair with: a column of a file, or a param or tag of a tracking server.
 *
 * @param variant its name; empty: {@code variant}
 * @param pair its name; empty: {@code pair}, else {@code seed}, and others that are surely a seed
 * @param mean whether several runs of one variant and pair count as one, by the means of their metrics; else they are refused
 * @param cluster the column that says which pairs belong together; empty: each stands for itself
 */
public record Roles(Optional<String> variant, Optional<String> pair, boolean mean, Optional<String> cluster) {

    /** Of pairs that stand for themselves. */
    public Roles(Optional<String> variant, Optional<String> pair, boolean mean) {
        this(variant, pair, mean, Optional.empty());
    }

    /** The usual names. */
    public static final Roles USUAL = new Roles(Optional.empty(), Optional.empty(), false);

    /** What was said, by name as a person reads it. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        variant.ifPresent(name -> facts.put("variants by", name));
        pair.ifPresent(name -> facts.put("pairs by", name));
        cluster.ifPresent(name -> facts.put("clusters by", name));
        if (mean) {
            facts.put("repeats", "their mean");
        }
        return facts;
    }
}
