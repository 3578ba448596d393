package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Metrics by update, one chart a metric, both parts of the data in it. */
final class CurveCharts {

    private static final String TRAIN = "train/";
    private static final String VALIDATION = "validation/";

    /** More bands than this hide each other. */
    private static final int MOST_BANDS = 6;

    private final Question question;
    private final boolean stopped;

    /** @param stopped whether a stop rule ended a run before its last update */
    CurveCharts(Question question, boolean stopped) {
        this.question = question;
        this.stopped = stopped;
    }

    List<Chart> of(List<CurveLine> curves) {
        Map<String, List<CurveLine>> byKind = new LinkedHashMap<>();
        for (CurveLine curve : curves) {
            byKind.computeIfAbsent(curve.name().substring(curve.name().indexOf('/') + 1), none -> new ArrayList<>())
                    .add(curve);
        }
        List<Chart> charts = new ArrayList<>();
        byKind.forEach((kind, lines) -> charts.add(chart(kind, lines)));
        return charts;
    }

    private Chart chart(String kind, List<CurveLine> lines) {
        boolean both = lines.stream().map(CurveLine::name).distinct().count() > 1;
        boolean validated = lines.stream().anyMatch(line -> line.name().startsWith(VALIDATION));
        CurveView view = CurveView.of(lines);
        List<CurveLine> shown = lines.stream().map(view::shown).toList();
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis("updates", Ticks.from(values(shown).mapToDouble(Band::at))),
                view.logarithmic()
                        ? ChartOption.logarithmic(kind)
                        : ChartOption.axis(
                                kind,
                                Charts.heights(
                                        question,
                                        kind,
                                        values(shown)
                                                .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high())))));
        List<Object> series = new ArrayList<>();
        Map<String, Chart.Entry> legend = new LinkedHashMap<>();
        for (CurveLine line : shown) {
            String label = line.group().label();
            String name = both ? label + ", " + line.name() : label;
            Sign sign = Charts.line(question, line.group());
            if (both) {
                sign = Sign.line(
                        sign.colour(),
                        line.name().startsWith(TRAIN)
                                ? List.of(5, 4)
                                : line.name().startsWith(VALIDATION) ? List.of(1, 3) : List.of());
            }
            series.addAll(banded(line, shown, name, sign, view.logarithmic()));
            legend.computeIfAbsent(
                            label,
                            none -> new Chart.Entry(label, Charts.line(question, line.group()), new ArrayList<>()))
                    .series()
                    .add(name);
        }
        option.put("tooltip", ChartOption.of("trigger", "axis"));
        option.put("series", series);
        return Chart.of(
                kind + " by update",
                better(kind)
                        + (both
                                ? "Solid: on the rows held back. "
                                        + (validated ? "Dotted: on those to stop and to choose by. " : "")
                                        + "Dashed: on the rows trained on. "
                                : "")
                        + spread(shown, view.logarithmic())
                        + ended(lines)
                        + view.note(kind),
                Chart.MEDIUM,
                List.copyOf(legend.values()),
                option);
    }

    /** Which way is better, where it is compared. */
    private String better(String kind) {
        return question.measures().stream()
                .filter(measure -> measure.name().equals(kind) || measure.name().endsWith("/" + kind))
                .findFirst()
                .map(Charts::better)
                .orElse("");
    }

    /** Why lines end before others, where it is a stop rule that ended them. */
    private String ended(List<CurveLine> lines) {
        if (!stopped) {
            return "";
        }
        return lines.stream().anyMatch(line -> line.runs() > 1)
                ? " The spec's stop rule ended runs early: a line ends with the last of its runs, and until then a run that has ended"
                        + " keeps its last value."
                : " The spec's stop rule ended runs early, and their lines with them.";
    }

    /**
     * What the lines of several runs are.
     *
     * @param logarithmic whether equal ratios are equal heights
     */
    static String spread(List<CurveLine> lines, boolean logarithmic) {
        int most = lines.stream().mapToInt(CurveLine::runs).max().orElse(1);
        String spread = lines.size() > MOST_BANDS
                ? ", without its spread, as so many bands would hide each other."
                : ". Band: from the lowest to the highest of them.";
        String hidden = lines.stream().anyMatch(line -> Overlap.beneath(line, lines, logarithmic) > 0)
                ? " Where lines coincide, those beneath are drawn wider."
                : "";
        return (most > 1 ? "Line: the mean of " + Numbers.count(most, "run") + spread : "One run each.") + hidden;
    }

    /**
     * A line and, of several runs, the band around it; both go by one name.
     *
     * @param all the lines of the chart, the later ones above
     * @param logarithmic whether equal ratios are equal heights
     */
    static List<Object> banded(CurveLine line, List<CurveLine> all, String name, Sign sign, boolean logarithmic) {
        List<Object> series = new ArrayList<>();
        if (line.runs() > 1 && all.size() <= MOST_BANDS) {
            series.add(ChartOption.of(
                    "type",
                    "custom",
                    "name",
                    name,
                    "renderItem",
                    "band",
                    "silent",
                    true,
                    "clip",
                    true,
                    "color",
                    sign.colour(),
                    "encode",
                    ChartOption.of("x", 0, "y", List.of(1, 2)),
                    "data",
                    line.points().stream()
                            .map(point -> ChartOption.point(point.at(), point.low(), point.high()))
                            .toList()));
        }
        series.add(ChartOption.of(
                "type",
                "line",
                "name",
                name,
                "color",
                sign.colour(),
                "showSymbol",
                line.points().size() < 12,
                "lineStyle",
                ChartOption.of(
                        "width", 2 + 3 * Math.min(1, Overlap.beneath(line, all, logarithmic)), "type", sign.lineType()),
                "data",
                line.points().stream()
                        .map(point -> ChartOption.point(point.at(), point.mean()))
                        .toList()));
        return series;
    }

    /** Whether nobody sees two values apart. */
    static boolean alike(double a, double b) {
        return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
    }

    static Stream<Band> values(List<CurveLine> lines) {
        return lines.stream().flatMap(line -> line.points().stream());
    }
}
