package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Metrics against the first swept number, one chart a metric; what else is swept makes lines of its own. */
final class SweepCharts {

    private static final int MOST_METRICS = 4;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+(e[-+]?[0-9]+)?");

    private final Findings findings;
    private final Question question;
    private final String path;

    private SweepCharts(Findings findings, String path) {
        this.findings = findings;
        this.question = findings.question();
        this.path = path;
    }

    /** Nothing where no number is swept. */
    static List<Chart> of(Findings findings) {
        Optional<String> path = findings.question().cells().get(0).keySet().stream()
                .filter(leaf -> findings.question().cells().stream()
                        .allMatch(cell ->
                                NUMBER.matcher(cell.getOrDefault(leaf, "")).matches()))
                .filter(leaf -> findings.question().cells().stream()
                                .map(cell -> cell.get(leaf))
                                .distinct()
                                .count()
                        > 1)
                .findFirst();
        return path.map(leaf -> new SweepCharts(findings, leaf).charts()).orElse(List.of());
    }

    private List<Chart> charts() {
        return question.measures().stream()
                .limit(MOST_METRICS)
                .flatMap(measure -> chart(measure, lines(measure)).stream())
                .toList();
    }

    /** Empty where no run has the metric. */
    private Optional<Chart> chart(Measure measure, Map<String, CurveLine> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Band> all =
                lines.values().stream().flatMap(line -> line.points().stream()).toList();
        double[] places = all.stream().mapToDouble(Band::at).sorted().toArray();
        double[] ends = all.stream()
                .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high()))
                .sorted()
                .toArray();
        boolean wide = places[0] > 0 && places[places.length - 1] / places[0] >= 50;
        boolean wideUp = ChartOption.wide(ends[0], ends[ends.length - 1]);
        String metric = measure.name();
        String leaf = path.substring(path.lastIndexOf('.') + 1);
        Map<String, Object> option = ChartOption.plane(
                wide ? ChartOption.logarithmic(leaf) : ChartOption.axis(leaf, Ticks.from(Arrays.stream(places))),
                wideUp
                        ? ChartOption.logarithmic(metric)
                        : ChartOption.axis(metric, Charts.heights(question, metric, Arrays.stream(ends))));
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        lines.forEach((name, line) -> {
            Sign sign = Charts.line(question, line.group());
            series.addAll(CurveCharts.banded(line, List.copyOf(lines.values()), name, sign, wideUp));
            legend.add(new Chart.Entry(name, sign, List.of(name)));
        });
        option.put("tooltip", ChartOption.of("trigger", "axis"));
        option.put("series", series);
        return Optional.of(Chart.of(
                metric + " against " + leaf,
                Charts.better(measure) + CurveCharts.spread(List.copyOf(lines.values()), wideUp)
                        + " A cell without a finished run has no point.",
                Chart.MEDIUM,
                legend,
                option));
    }

    /** By name: the variant, and what else is swept. */
    private Map<String, CurveLine> lines(Measure measure) {
        Map<String, List<Group>> groups = new LinkedHashMap<>();
        for (Group group : Group.of(question)) {
            Map<String, String> others = new LinkedHashMap<>(group.cell());
            others.remove(path);
            String name = others.isEmpty() ? group.variant() : group.variant() + ", " + PlannedRun.cellLabel(others);
            groups.computeIfAbsent(name, none -> new ArrayList<>()).add(group);
        }
        Map<String, CurveLine> lines = new LinkedHashMap<>();
        groups.forEach((name, own) -> {
            List<Band> points = new ArrayList<>();
            int runs = 0;
            for (Group group : own) {
                List<Double> values = findings.finished(group.variant(), group.cell()).stream()
                        .map(run -> value(run, measure))
                        .filter(OptionalDouble::isPresent)
                        .map(OptionalDouble::getAsDouble)
                        .toList();
                @Nullable String at = group.cell().get(path);
                if (!values.isEmpty() && at != null) {
                    points.add(Band.of(Double.parseDouble(at), values));
                    runs = Math.max(runs, values.size());
                }
            }
            points.sort(Comparator.comparingDouble(Band::at));
            if (!points.isEmpty()) {
                lines.put(name, new CurveLine(own.get(0), measure.name(), runs, points));
            }
        });
        return lines;
    }

    private static OptionalDouble value(Observation run, Measure measure) {
        Double value = run.metrics().get(measure.name());
        return value == null || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
