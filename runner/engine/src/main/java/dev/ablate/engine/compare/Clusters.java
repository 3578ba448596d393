package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Pair;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs that belong together, such as the sentences of one text: their differences are not independent, so that their signs are flipped
 * together.
 *
 * @param column what says to which cluster a pair belongs; empty: each pair stands for itself
 * @param names of the clusters, by cell and pair
 */
public record Clusters(String column, Map<Map<String, String>, Map<Pair, String>> names) {

    /** Each pair stands for itself. */
    public static final Clusters NONE = new Clusters("", Map.of());

    /** Whether each pair stands for itself. */
    public boolean areNone() {
        return column.isEmpty();
    }

    /**
     * The number of the cluster of each of these pairs, from 0 without a gap; {@code [pairs]}.
     *
     * @param pairs each has a cluster in this cell
     */
    int[] numbers(Map<String, String> cell, List<Pair> pairs) {
        Map<Pair, String> known = names.getOrDefault(cell, Map.of());
        Map<String, Integer> numbers = new HashMap<>();
        return pairs.stream()
                .mapToInt(pair -> numbers.computeIfAbsent(known.getOrDefault(pair, ""), none -> numbers.size()))
                .toArray();
    }

    /** How many clusters these pairs are of. */
    int count(Map<String, String> cell, List<Pair> pairs) {
        Map<Pair, String> known = names.getOrDefault(cell, Map.of());
        Set<String> found = new HashSet<>();
        pairs.forEach(pair -> found.add(known.getOrDefault(pair, "")));
        return found.size();
    }

    /** The same where all cells are looked at as one; empty where a pair is in one cluster here and in another there. */
    public Optional<Clusters> merged() {
        if (areNone()) {
            return Optional.of(this);
        }
        Map<Pair, String> all = new LinkedHashMap<>();
        for (Map<Pair, String> cell : names.values()) {
            for (Map.Entry<Pair, String> entry : cell.entrySet()) {
                String before = all.putIfAbsent(entry.getKey(), entry.getValue());
                if (before != null && !before.equals(entry.getValue())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Clusters(column, Map.of(Map.of(), all)));
    }
}
