package dev.ablate.engine.compare.across;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Across;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The data sets of a question, for one cell of what else is swept.
 *
 * @param cell what else is swept; empty where nothing is
 * @param cells the whole cell by the data set's name, in order
 */
record DataSets(Map<String, String> cell, Map<String, Map<String, String>> cells) {

    /** One for each cell of what else is swept, in order; none where the question is not about data sets. */
    static List<DataSets> of(Question question) {
        Optional<Across> across = question.across();
        if (across.isEmpty()) {
            return List.of();
        }
        String leaf = across.get().leaf();
        Set<String> others = others(question, leaf);
        Map<Map<String, String>, Map<String, Map<String, String>>> found = new LinkedHashMap<>();
        for (Map<String, String> whole : question.cells()) {
            Map<String, String> cell = new LinkedHashMap<>(whole);
            cell.keySet().retainAll(others);
            found.computeIfAbsent(cell, none -> new LinkedHashMap<>()).put(whole.getOrDefault(leaf, ""), whole);
        }
        List<DataSets> all = new ArrayList<>();
        found.forEach((cell, cells) -> all.add(new DataSets(cell, cells)));
        return all;
    }

    /** The other leaves; not those that have one value on each data set, as a target's name in a zip: they belong to it. */
    private static Set<String> others(Question question, String leaf) {
        Set<String> others = new LinkedHashSet<>();
        Map<String, Map<String, String>> first = new LinkedHashMap<>();
        for (Map<String, String> cell : question.cells()) {
            Map<String, String> before = first.putIfAbsent(cell.getOrDefault(leaf, ""), cell);
            cell.forEach((path, value) -> {
                if (before != null && !path.equals(leaf) && !value.equals(before.get(path))) {
                    others.add(path);
                }
            });
        }
        return others;
    }
}
