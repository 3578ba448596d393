package dev.ablate.engine.report.html.chart;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Weights;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Pictures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Learned numbers by name, the groups side by side. */
final class WeightCharts {

    private static final int MOST_WEIGHTS = 24;

    /** A weight below it, on features about as large as 1, moves no answer. */
    private static final double ROUNDING = 1e-9;

    private WeightCharts() {}

    static List<Chart> of(Comparison comparison) {
        List<Chart> charts = new ArrayList<>();
        Weights weights = Weights.of(comparison);
        boolean zero =
                weights.comparable() && weights.names().stream().allMatch(name -> weights.largest(name) < ROUNDING);
        if (!weights.names().isEmpty() && !zero) {
            charts.add(chart("Weights by name", weights, comparison));
        }
        return charts;
    }

    private static Chart chart(String title, Weights weights, Comparison comparison) {
        Question question = comparison.findings().question();
        Dataset dataset = comparison.plan().dataset();
        List<String> names = new ArrayList<>(weights.names());
        boolean all = names.size() <= MOST_WEIGHTS;
        if (!all) {
            names.sort(Comparator.comparingDouble(name -> -weights.largest(name)));
            names.subList(MOST_WEIGHTS, names.size()).clear();
        }
        // the first one on top, though an axis counts from below
        Collections.reverse(names);
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        List<Double> ends = new ArrayList<>(List.of(0.0));
        for (Group group : Group.of(question)) {
            Map<String, Double> own = weights.byGroup().getOrDefault(group.label(), Map.of());
            if (own.isEmpty() || legend.size() == Pictures.MOST_GROUPS) {
                continue;
            }
            List<Object> values = new ArrayList<>();
            for (String name : names) {
                double value = own.getOrDefault(name, Double.NaN);
                values.add(ChartOption.of(
                        "value",
                        ChartOption.number(value),
                        "tip",
                        group.label() + ": " + name + " " + Numbers.rounded(value)));
            }
            own.forEach((name, value) -> ends.add(names.contains(name) ? value : 0));
            Sign sign = Charts.area(question, group);
            series.add(ChartOption.of(
                    "type", "bar", "name", group.label(), "color", sign.colour(), "barMinHeight", 1, "data", values));
            legend.add(new Chart.Entry(group.label(), sign, List.of(group.label())));
        }
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis("weight", Ticks.around(ends.stream().mapToDouble(Double::doubleValue))),
                ChartOption.rows(names));
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        return Chart.of(
                title,
                (weights.comparable()
                                ? "The longer a bar, the more its feature counts; to the left of 0 it speaks against "
                                : "To the left of 0 a feature speaks against ")
                        + (dataset.learns(Task.CLASSES)
                                ? "the class behind the slash"
                                : dataset.isNone() ? "the answer" : dataset.target())
                        + "."
                        + (weights.byGroup().keySet().stream().anyMatch(weights::hasBias)
                                ? dataset.learns(Task.CLASSES)
                                        ? " A row bias/... does not belong to a feature: it is what the weighted sum of that class is"
                                                + " where all features are 0."
                                        : " The row bias does not belong to a feature: it is what the weighted sum is where all features are 0."
                                : "")
                        + weights.caution().map(caution -> " " + caution).orElse("")
                        + (all
                                ? ""
                                : " The largest " + MOST_WEIGHTS + " of "
                                        + weights.names().size() + "."),
                70 + names.size() * Math.max(26, 14 * series.size() + 8),
                legend,
                option);
    }
}
