package dev.ablate.engine.report;

import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.prepare.Fitted.Unmet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Categories that only rows have that are held back, so that no model has learned anything of them. */
final class UnmetCategories {

    /** More of them say nothing new. */
    private static final int MOST = 4;

    private UnmetCategories() {}

    /** A sentence for each, over all seeds, and one for all after the first; most often none. */
    static List<String> of(List<Outcome> outcomes) {
        long pairs = outcomes.stream()
                .map(Outcome::run)
                .map(PlannedRun::pair)
                .distinct()
                .count();
        Map<String, Map<Pair, Integer>> rows = rows(outcomes);
        int named = rows.size() <= MOST + 1 ? rows.size() : MOST;
        List<String> sentences = new ArrayList<>();
        rows.entrySet().stream()
                .limit(named)
                .forEach(category -> sentences.add(sentence(category.getKey(), category.getValue(), pairs)));
        if (named < rows.size()) {
            sentences.add("The same holds for " + Numbers.count(rows.size() - named)
                    + " more categories; data.encode.rare gathers those of few rows.");
        }
        return sentences;
    }

    /** The rows of each over all pairs, by name: {@code port=Q}. */
    static Map<String, Integer> counts(List<Outcome> outcomes) {
        Map<String, Integer> counts = new HashMap<>();
        rows(outcomes)
                .forEach((name, rows) -> counts.put(
                        name, rows.values().stream().mapToInt(Integer::intValue).sum()));
        return counts;
    }

    private static Map<String, Map<Pair, Integer>> rows(List<Outcome> outcomes) {
        SharedData data = new SharedData();
        Map<String, Map<Pair, Integer>> rows = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            PlannedRun run = outcome.run();
            if (!run.context().preparation().isOfExamples()) {
                for (Unmet unmet : data.of(run.context()).unmet()) {
                    rows.computeIfAbsent(unmet.name(), none -> new HashMap<>())
                            .merge(run.pair(), unmet.rows(), Math::max);
                }
            }
        }
        return rows;
    }

    private static String sentence(String name, Map<Pair, Integer> rows, long pairs) {
        int all = rows.values().stream().mapToInt(Integer::intValue).sum();
        boolean folds = rows.keySet().stream().anyMatch(pair -> pair.fold().isPresent());
        String where = pairs == 1
                ? "No"
                : "In " + rows.size() + " of " + Numbers.count(pairs, folds ? "fold" : "seed") + " no";
        return where + " training row has " + name + ": it is encoded as none of the categories in "
                + Numbers.count(all, "test row") + ".";
    }
}
