package dev.ablate.runner.plan;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.spec.Position;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person should know of the data before a model is blamed for it. */
final class DataWarnings {

    /** More row numbers than this help nobody. */
    private static final int MOST_ROWS = 6;

    private DataWarnings() {}

    /**
     * Warns of rows that contradict each other, so that no model gets them all right.
     *
     * @param features what each variant trains on
     */
    static void tell(Dataset data, Map<String, List<String>> features, Position at, Problems problems) {
        Map<List<String>, List<String>> variants = new LinkedHashMap<>();
        features.forEach((variant, names) ->
                variants.computeIfAbsent(names, none -> new ArrayList<>()).add(variant));
        variants.forEach((names, named) -> {
            Contradictions found = Contradictions.in(data.examples().select(names), data.task());
            if (!found.rows().isEmpty()) {
                String who = variants.size() == 1 ? "" : " in variant " + String.join(", ", named);
                problems.add(Problem.warning(at, text(found, who)));
            }
        });
    }

    private static String text(Contradictions found, String who) {
        String told = "rows " + rows(found.rows()) + " have equal features and different targets" + who;
        if (found.mostRight().isEmpty()) {
            return told + ": no model gets them all right";
        }
        return told + ": no model gets more than " + found.mostRight().getAsInt() + " of the " + found.size()
                + " rows right (accuracy "
                + CanonicalText.number(found.bestAccuracy().orElseThrow()) + ")";
    }

    /** Counted from 1, as a person does. */
    private static String rows(List<Integer> rows) {
        List<String> numbers = rows.stream()
                .limit(MOST_ROWS)
                .map(row -> Integer.toString(row + 1))
                .collect(Collectors.toList());
        if (rows.size() > MOST_ROWS) {
            numbers.add(rows.size() - MOST_ROWS + " more");
        }
        int last = numbers.size() - 1;
        return String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last);
    }
}
