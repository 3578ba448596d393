package dev.ablate.runner.report;

import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Measure;
import dev.ablate.runner.compare.Observation;
import dev.ablate.runner.compare.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Means and standard deviations of metrics over finished runs: by variant, and in a sweep by cell. */
final class MetricTables {

    private final Report report;
    private final Question question;
    private final boolean several;

    private MetricTables(Report report) {
        this.report = report;
        this.question = report.findings().question();
        this.several = Group.of(question).stream()
                .anyMatch(group -> report.findings()
                                .finished(group.variant(), group.cell())
                                .size()
                        > 1);
    }

    static void write(Report report, Sheet page) {
        MetricTables tables = new MetricTables(report);
        if (tables.question.hasCells()) {
            tables.question.measures().forEach(measure -> tables.byCell(measure, page));
        } else {
            tables.byVariant(page);
        }
    }

    private void byVariant(Sheet page) {
        Table table = new Table().text("metric");
        variants(table);
        Map<String, String> cell = question.cells().get(0);
        for (String metric : report.metrics()) {
            List<String> row = new ArrayList<>(List.of(metric));
            row.addAll(cells(cell, run -> run.metrics().getOrDefault(metric, Double.NaN)));
            table.row(row);
        }
        long[] updates = report.findings().observations().stream()
                .filter(Observation::finished)
                .flatMapToLong(run -> run.updates().stream())
                .distinct()
                .toArray();
        if (updates.length > 1) {
            List<String> row = new ArrayList<>(List.of("updates"));
            row.addAll(
                    cells(cell, run -> run.updates().isPresent() ? run.updates().getAsLong() : Double.NaN));
            table.row(row);
        }
        page.table(
                "Metrics" + (updates.length == 1 ? " after " + Numbers.count(updates[0], "update") : "") + means(),
                table);
    }

    private void byCell(Measure measure, Sheet page) {
        EffectTables.Cells cells = new EffectTables.Cells(question);
        Table table = new Table();
        cells.headers(table);
        variants(table.repeatThese());
        for (Map<String, String> cell : question.cells()) {
            List<String> row = new ArrayList<>(cells.values(cell));
            row.addAll(cells(cell, run -> run.metrics().getOrDefault(measure.name(), Double.NaN)));
            table.row(row);
        }
        page.table(measure.name() + " by cell" + means(), table);
    }

    private String means() {
        return several ? " (means over seeds)" : "";
    }

    private void variants(Table table) {
        for (String variant : question.variants()) {
            table.numberOf(variant);
            if (several) {
                table.number("sd");
            }
        }
    }

    /** Mean, and perhaps standard deviation, of each variant. */
    private List<String> cells(Map<String, String> cell, ToDoubleFunction<Observation> value) {
        List<String> cells = new ArrayList<>();
        for (String variant : question.variants()) {
            double[] values = report.findings().finished(variant, cell).stream()
                    .mapToDouble(value)
                    .filter(number -> !Double.isNaN(number))
                    .toArray();
            cells.add(Numbers.rounded(Comparison.mean(values)));
            if (several) {
                cells.add(Numbers.rounded(Comparison.sd(values)));
            }
        }
        return cells;
    }
}
