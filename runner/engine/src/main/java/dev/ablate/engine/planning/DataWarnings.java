package dev.ablate.engine.planning;

import dev.ablate.core.data.Contradictions;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person should know of the data before a model is blamed for it. */
final class DataWarnings {

    /** More row numbers than this help nobody. */
    private static final int MOST_ROWS = 6;

    private DataWarnings() {}

    /** Says what a dataset remarks, and warns of rows that contradict each other, so that no model gets them all right; once each. */
    static void report(List<CellPlan> cells, Problems problems) {
        Set<Problem> remarks = new LinkedHashSet<>();
        cells.forEach(cell -> cell.data().remarks().stream()
                .map(remark -> Problem.warning(cell.dataset().pluginAt(), remark))
                .forEach(remarks::add));
        remarks.forEach(problems::add);
        IdentityHashMap<Dataset, List<CellPlan>> datasets = new IdentityHashMap<>();
        cells.forEach(cell ->
                datasets.computeIfAbsent(cell.data(), none -> new ArrayList<>()).add(cell));
        for (CellPlan cell : cells) {
            List<CellPlan> using = datasets.remove(cell.data());
            if (using != null && !cell.data().isNone()) {
                String where = using.size() == cells.size() ? "" : " in cell " + CellPlan.written(cell.spec());
                report(cell, using, where, problems);
            }
        }
    }

    private static void report(CellPlan first, List<CellPlan> using, String where, Problems problems) {
        Map<List<String>, Set<String>> variants = new LinkedHashMap<>();
        Map<List<String>, Dataset> data = new HashMap<>();
        for (CellPlan cell : using) {
            for (VariantPlan variant : cell.variants()) {
                data.putIfAbsent(variant.features(), variant.data());
                variants.computeIfAbsent(variant.features(), none -> new LinkedHashSet<>())
                        .add(variant.name());
            }
        }
        boolean swept =
                first.spec().swept().stream().anyMatch(leaf -> leaf.path().equals("data.features"));
        // variants with other columns may well have the same rows in contradiction
        Map<Contradictions, List<String>> whose = new LinkedHashMap<>();
        variants.forEach((names, named) -> {
            Contradictions found = Contradictions.in(
                    data.getOrDefault(names, first.data()).examples().select(names),
                    first.data().task());
            whose.computeIfAbsent(found, none -> new ArrayList<>())
                    .addAll(swept ? List.of(String.join(", ", names)) : named);
        });
        whose.forEach((found, names) -> {
            if (!found.rows().isEmpty()) {
                String of = swept
                        ? " of " + String.join(" and of ", names)
                        : " in variant" + (names.size() == 1 ? " " : "s ") + String.join(", ", names);
                problems.add(Problem.warning(
                        first.dataset().pluginAt(), text(found, whose.size() == 1 ? where : of + where)));
            }
        });
    }

    private static String text(Contradictions found, String who) {
        String rows = "rows " + rows(found.rows()) + " have equal features and different targets" + who;
        if (found.mostRight().isEmpty()) {
            return rows + ": no model gets them all right";
        }
        return rows + ": no model gets more than " + found.mostRight().getAsInt() + " of the " + found.size()
                + " rows right (accuracy "
                + Phrases.rounded(found.bestAccuracy().orElseThrow()) + ")";
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
