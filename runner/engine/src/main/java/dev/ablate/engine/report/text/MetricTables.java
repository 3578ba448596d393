package dev.ablate.engine.report.text;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Sheet;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Means and standard deviations of metrics: by variant, and in a sweep by cell. With one variant beside the baseline they are over the
 * pairs, as its differences are; with more, whose pairs may not be the same, over all finished runs, and it is said if that differs.
 */
final class MetricTables {

    /** A spread below this share of the values is their rounding. */
    private static final double ROUNDING = 1e-12;

    private final Report report;
    private final Question question;
    private final Detail detail;
    private final boolean several;

    /** The names of all, which are found by a look at each run. */
    private final List<String> metrics;

    /** How many rows metrics of a part of the data are measured on, the most; 0 if that is not known. */
    private final int trainRows;

    private final int testRows;

    /** How many pairs stand behind each row whose means are over fewer than all seeds. */
    private final Set<Integer> restricted = new TreeSet<>();

    /** Whether a row has means over all seeds. */
    private boolean whole;

    private MetricTables(Report report, Detail detail) {
        this.report = report;
        this.detail = detail;
        this.question = report.findings().question();
        this.metrics = report.metrics();
        this.trainRows = rows(report, false);
        this.testRows = rows(report, true);
        this.several = Group.of(question).stream()
                .anyMatch(group -> report.findings()
                                .finished(group.variant(), group.cell())
                                .size()
                        > 1);
    }

    static void write(Report report, Detail detail, Sheet page) {
        MetricTables tables = new MetricTables(report, detail);
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
        List<String> shown = shown();
        for (String metric : shown) {
            List<String> row = new ArrayList<>(List.of(metric));
            row.addAll(cells(cell, metric, metric(metric)));
            table.row(row);
        }
        long[] updates = report.findings().observations().stream()
                .filter(Observation::finished)
                .map(Observation::updates)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .distinct()
                .toArray();
        if (updates.length > 1) {
            List<String> row = new ArrayList<>(List.of("updates"));
            row.addAll(cells(
                    cell,
                    "updates",
                    run -> run.updates().isPresent() ? run.updates().getAsLong() : Double.NaN));
            table.row(row);
        }
        page.table(
                "Metrics" + (updates.length == 1 ? " after " + Numbers.count(updates[0], "update") : "") + means(),
                table);
        int more = metrics.size() - shown.size();
        if (more > 0) {
            page.line("and " + Numbers.count(more) + " more metrics: -v shows them", Sheet.Tone.FAINT);
        }
    }

    /** In brief the metrics that are compared, each on both parts of the data. */
    private List<String> shown() {
        if (detail != Detail.BRIEF) {
            return metrics;
        }
        Set<String> kinds = question.measures().stream()
                .map(measure -> kind(measure.name()))
                .collect(Collectors.toUnmodifiableSet());
        List<String> compared =
                metrics.stream().filter(metric -> kinds.contains(kind(metric))).toList();
        // a single other one takes no more room than the line that would say so
        return compared.size() + 1 < metrics.size() ? compared : metrics;
    }

    /** {@code mse} of {@code test/mse}. */
    private static String kind(String metric) {
        return metric.substring(metric.lastIndexOf('/') + 1);
    }

    private void byCell(Measure measure, Sheet page) {
        EffectTables.Cells cells = new EffectTables.Cells(question);
        Table table = new Table();
        cells.headers(table);
        variants(table.repeatThese());
        for (Map<String, String> cell : question.cells()) {
            List<String> row = new ArrayList<>(cells.values(cell));
            row.addAll(cells(cell, measure.name(), metric(measure.name())));
            table.row(row);
        }
        page.table(measure.name() + " by cell" + means(), table);
    }

    /** Once the table is full. */
    private String means() {
        if (!several) {
            return "";
        }
        if (!restricted.isEmpty()) {
            // rows may differ in what is missing
            return restricted.size() == 1 && !whole
                    ? " (means over " + Numbers.count(restricted.iterator().next()) + " of "
                            + Numbers.count(
                                    question.pairs().size(), question.haveOwnPairs() ? question.pairNoun() : "pair")
                            + ")"
                    : " (means over pairs)";
        }
        return question.challengers().size() > 1 && haveUnpairedRuns()
                ? " (means over all finished runs; differences are over pairs)"
                : folds()
                        ? " (means over seeds and folds)"
                        : " (means over " + (question.haveOwnPairs() ? Numbers.plural(question.pairNoun()) : "seeds")
                                + ")";
    }

    private boolean folds() {
        return question.pairs().stream().anyMatch(pair -> pair.fold().isPresent());
    }

    private boolean haveUnpairedRuns() {
        return report.findings().effects().stream()
                .filter(effect -> effect.n() > 0)
                .anyMatch(effect -> Stream.of(effect.baseline(), effect.variant())
                        .anyMatch(side -> !side.deterministic()
                                && measured(
                                                        side.name(),
                                                        effect.cell(),
                                                        metric(effect.metric().name()))
                                                .size()
                                        > effect.n()));
    }

    private static ToDoubleFunction<Observation> metric(String name) {
        return run -> run.metrics().getOrDefault(name, Double.NaN);
    }

    private void variants(Table table) {
        for (String variant : question.variants()) {
            table.numberOf(variant);
            if (several) {
                table.number("sd").joined();
            }
        }
    }

    /** Mean, and perhaps standard deviation, of each variant. */
    private List<String> cells(Map<String, String> cell, String metric, ToDoubleFunction<Observation> value) {
        int rows = rows(metric);
        List<String> cells = new ArrayList<>();
        for (double[] values : paired(cell, value)) {
            cells.add(Numbers.rounded(question.settled(metric, cell, rows, Comparison.mean(values))));
            if (several) {
                cells.add(Numbers.rounded(question.settled(metric, cell, rows, spread(values))));
            }
        }
        return cells;
    }

    private int rows(String metric) {
        return metric.startsWith("test/") ? testRows : trainRows;
    }

    private static int rows(Report report, boolean test) {
        return report.findings().observations().stream()
                .mapToInt(run -> (test ? run.testRows() : run.trainRows()).orElse(0))
                .max()
                .orElse(0);
    }

    /** The standard deviation; 0 where that is the rounding of the values. */
    private static double spread(double[] values) {
        double sd = Comparison.sd(values);
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return sd <= ROUNDING * largest ? 0 : sd;
    }

    /** The values of each variant; of two only those of pairs that both have, if there are such. */
    private List<double[]> paired(Map<String, String> cell, ToDoubleFunction<Observation> value) {
        List<List<Observation>> all = question.variants().stream()
                .map(variant -> measured(variant, cell, value))
                .toList();
        boolean fixed = question.variants().stream().anyMatch(variant -> isDeterministic(variant, cell));
        return (all.size() == 2 && !fixed ? inBoth(all.get(0), all.get(1)) : all)
                .stream()
                        .map(runs -> runs.stream().mapToDouble(value).toArray())
                        .toList();
    }

    /** The runs of two variants whose pairs both have, if there are such; else all of them. */
    private List<List<Observation>> inBoth(List<Observation> one, List<Observation> other) {
        BitSet common = places(one);
        common.and(places(other));
        int pairs = common.cardinality();
        if (pairs == question.pairs().size()) {
            whole = true;
        } else if (pairs > 0) {
            restricted.add(pairs);
            return Stream.of(one, other)
                    .map(runs -> runs.stream()
                            .filter(run -> common.get(question.place(run.pair())))
                            .toList())
                    .toList();
        }
        return List.of(one, other);
    }

    private BitSet places(List<Observation> runs) {
        BitSet places = new BitSet();
        runs.stream().map(Observation::pair).mapToInt(question::place).forEach(places::set);
        return places;
    }

    private boolean isDeterministic(String variant, Map<String, String> cell) {
        return report.findings().finished(variant, cell).stream().anyMatch(Observation::deterministic);
    }

    /** The runs that have a finite value. */
    private List<Observation> measured(String variant, Map<String, String> cell, ToDoubleFunction<Observation> value) {
        return report.findings().finished(variant, cell).stream()
                .filter(run -> Double.isFinite(value.applyAsDouble(run)))
                .toList();
    }
}
