package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Differences from the baseline with their intervals, one chart a metric; only what was tested has an interval. */
final class EffectCharts {

    private static final int MOST_METRICS = 4;

    /** More rows than this are left to the table. */
    private static final int MOST_ROWS = 48;

    private EffectCharts() {}

    static List<Chart> of(Findings findings) {
        return findings.question().measures().stream()
                .filter(measure -> !isOfSeveralUnits(findings.question(), measure))
                .filter(measure -> findings.effects(measure).stream()
                        .anyMatch(effect -> effect.evidence().isPresent() && Double.isFinite(effect.difference())))
                .limit(MOST_METRICS)
                .map(measure -> chart(findings, measure))
                .toList();
    }

    /** Whether one axis would have the dollars of one data set and the years of another. */
    private static boolean isOfSeveralUnits(Question question, Measure measure) {
        return question.across().isPresent() && question.known().isOfTarget(measure.name());
    }

    private static Chart chart(Findings findings, Measure measure) {
        Question question = findings.question();
        List<Effect> effects = findings.effects(measure).stream()
                .filter(effect -> Double.isFinite(effect.difference()))
                .limit(MOST_ROWS)
                .toList();
        // the first one on top, though an axis counts from below
        List<String> rows = new ArrayList<>(
                effects.stream().map(effect -> label(effect, question)).toList());
        Collections.reverse(rows);
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (String variant : question.challengers()) {
            List<Effect> own = effects.stream()
                    .filter(effect -> effect.variant().name().equals(variant))
                    .toList();
            if (own.isEmpty()) {
                continue;
            }
            String colour = Palette.colour(question.variants().indexOf(variant));
            List<Object> intervals = new ArrayList<>();
            List<Object> points = new ArrayList<>();
            for (Effect effect : own) {
                int row = rows.size() - 1 - effects.indexOf(effect);
                // where runs failed, the interval of a sign test may have no end
                effect.evidence()
                        .filter(evidence -> Double.isFinite(evidence.low()) && Double.isFinite(evidence.high()))
                        .ifPresent(evidence -> intervals.add(ChartOption.point(evidence.low(), evidence.high(), row)));
                points.add(ChartOption.of("value", ChartOption.point(effect.difference(), row), "tip", tip(effect)));
            }
            series.add(ChartOption.of(
                    "type",
                    "custom",
                    "name",
                    variant,
                    "renderItem",
                    "interval",
                    "silent",
                    true,
                    "color",
                    colour,
                    "encode",
                    ChartOption.of("x", List.of(0, 1), "y", 2),
                    "data",
                    intervals));
            series.add(ChartOption.of(
                    "type", "scatter", "name", variant, "color", colour, "symbolSize", 11, "data", points));
            legend.add(new Chart.Entry(variant, Sign.dot("circle", colour), List.of(variant)));
        }
        double same = effects.stream()
                .mapToDouble(effect -> effect.sameWithin().orElse(0))
                .min()
                .orElse(0);
        series.add(zero(same));
        Ticks ticks = ticks(effects, same);
        boolean seen = 2 * same > (ticks.to() - ticks.from()) / 200;
        Map<String, Object> across = ChartOption.axis("difference in " + measure.name(), ticks);
        Map<String, Object> option = ChartOption.plane(across, ChartOption.rows(rows));
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        String better = switch (measure.goal()) {
            case MINIMIZE -> "left";
            case MAXIMIZE -> "right";
        };
        return Chart.of(
                "Effect on " + measure.name() + ", against " + question.baseline(),
                "Dot: the difference. Bar: its interval. Further to the " + better
                        + " is better; an interval across the line at 0 may be chance."
                        + (seen ? " Grey: differences up to " + Numbers.rounded(same) + " count as the same." : ""),
                70 + 34 * rows.size(),
                legend,
                option);
    }

    /** From the lowest end of an interval to the highest, with 0 and all that counts as the same; where all are 0, around that. */
    private static Ticks ticks(List<Effect> effects, double same) {
        double[] ends = effects.stream()
                .flatMapToDouble(effect -> DoubleStream.concat(
                        DoubleStream.of(0, effect.difference()),
                        effect.evidence().stream()
                                .flatMapToDouble(evidence -> DoubleStream.of(evidence.low(), evidence.high()))))
                .toArray();
        boolean none = Arrays.stream(ends).allMatch(end -> end == 0);
        double zone = none ? 2 * same : same;
        return Ticks.around(
                none && same == 0
                        ? DoubleStream.of(-1, 1)
                        : DoubleStream.concat(Arrays.stream(ends), DoubleStream.of(-zone, zone)));
    }

    /** The line at 0, and how close to it counts as the same; it has no name, as a variant may have any. */
    private static Map<String, Object> zero(double same) {
        Map<String, Object> line = ChartOption.of(
                "type",
                "scatter",
                "silent",
                true,
                "data",
                List.of(ChartOption.point(0, 0)),
                "symbolSize",
                0,
                "markLine",
                ChartOption.of(
                        "silent",
                        true,
                        "symbol",
                        "none",
                        "label",
                        ChartOption.of("show", false),
                        "lineStyle",
                        ChartOption.of("color", "ink", "type", "solid", "width", 1),
                        "data",
                        List.of(ChartOption.of("xAxis", 0))));
        if (same > 0) {
            line.put(
                    "markArea",
                    ChartOption.of(
                            "silent",
                            true,
                            "itemStyle",
                            ChartOption.of("color", "faint", "opacity", 0.2),
                            "data",
                            List.of(List.of(
                                    ChartOption.of("xAxis", ChartOption.number(-same)),
                                    ChartOption.of("xAxis", ChartOption.number(same))))));
        }
        return line;
    }

    private static String label(Effect effect, Question question) {
        if (effect.cell().isEmpty()) {
            return effect.variant().name();
        }
        String cell = PlannedRun.cellLabel(effect.cell());
        return question.challengers().size() == 1 ? cell : effect.variant().name() + ", " + cell;
    }

    private static String tip(Effect effect) {
        return effect.variant().name() + ": " + Numbers.rounded(effect.difference())
                + effect.evidence().map(EffectCharts::interval).orElse("") + ", "
                + effect.verdict().word();
    }

    private static String interval(Evidence evidence) {
        return " [" + Numbers.rounded(evidence.low()) + ", " + Numbers.rounded(evidence.high()) + "]";
    }
}
