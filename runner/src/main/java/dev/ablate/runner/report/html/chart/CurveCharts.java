package dev.ablate.runner.report.html.chart;

import dev.ablate.runner.compare.Question;
import dev.ablate.runner.report.Numbers;
import dev.ablate.runner.report.picture.Band;
import dev.ablate.runner.report.picture.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Metrics by update, one chart a metric, both parts of the data in it. */
final class CurveCharts {

    private static final String TRAIN = "train/";

    /** More bands than this hide each other. */
    private static final int MOST_BANDS = 6;

    private final Question question;

    CurveCharts(Question question) {
        this.question = question;
    }

    List<Chart> of(List<Line> curves) {
        Map<String, List<Line>> byKind = new LinkedHashMap<>();
        for (Line curve : curves) {
            byKind.computeIfAbsent(curve.name().substring(curve.name().indexOf('/') + 1), none -> new ArrayList<>())
                    .add(curve);
        }
        List<Chart> charts = new ArrayList<>();
        byKind.forEach((kind, lines) -> charts.add(chart(kind, lines)));
        return charts;
    }

    private Chart chart(String kind, List<Line> lines) {
        boolean both = lines.stream().map(Line::name).distinct().count() > 1;
        double least = values(lines).mapToDouble(Band::low).min().orElse(0);
        double most = values(lines).mapToDouble(Band::high).max().orElse(0);
        Map<String, Object> option =
                Option.plane(Option.axis("updates", false), Option.axis(kind, Option.wide(least, most)));
        List<Object> series = new ArrayList<>();
        Map<String, Chart.Entry> legend = new LinkedHashMap<>();
        for (Line line : lines) {
            String name = both
                    ? line.group().label() + ", " + line.name()
                    : line.group().label();
            String colour = Charts.colour(question, line.group());
            Object dashes = both
                    ? line.name().startsWith(TRAIN) ? List.of(5, 4) : "solid"
                    : Charts.dashes(question, line.group());
            series.addAll(banded(line, lines, name, colour, dashes));
            String label = line.group().label();
            legend.computeIfAbsent(label, none -> new Chart.Entry(label, colour, new ArrayList<>()))
                    .series()
                    .add(name);
        }
        option.put("tooltip", Option.of("trigger", "axis"));
        option.put("series", series);
        return Chart.of(
                kind + " by update",
                (both ? "Solid: on the rows held back. Dashed: on the rows trained on. " : "") + spread(lines),
                Chart.MEDIUM,
                List.copyOf(legend.values()),
                option);
    }

    /** What the lines of several runs are. */
    static String spread(List<Line> lines) {
        int most = lines.stream().mapToInt(Line::runs).max().orElse(1);
        String spread = lines.size() > MOST_BANDS
                ? ", without its spread, as so many bands would hide each other."
                : ". Band: from the lowest to the highest of them.";
        String hidden = lines.stream().anyMatch(line -> beneath(line, lines) > 0)
                ? " Where lines coincide, those beneath are drawn wider."
                : "";
        return (most > 1 ? "Line: the mean of " + Numbers.count(most, "run") + spread : "One run each.") + hidden;
    }

    /**
     * A line and, of several runs, the band around it; both go by one name.
     *
     * @param all the lines of the chart, the later ones above
     */
    static List<Object> banded(Line line, List<Line> all, String name, String colour, Object dashes) {
        List<Object> series = new ArrayList<>();
        if (line.runs() > 1 && all.size() <= MOST_BANDS) {
            series.add(Option.of(
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
                    colour,
                    "encode",
                    Option.of("x", 0, "y", List.of(1, 2)),
                    "data",
                    line.points().stream()
                            .map(point -> Option.point(point.at(), point.low(), point.high()))
                            .toList()));
        }
        series.add(Option.of(
                "type",
                "line",
                "name",
                name,
                "color",
                colour,
                "showSymbol",
                line.points().size() < 12,
                "lineStyle",
                Option.of("width", 2 + 3 * Math.min(1, beneath(line, all)), "type", dashes),
                "data",
                line.points().stream()
                        .map(point -> Option.point(point.at(), point.mean()))
                        .toList()));
        return series;
    }

    /** How many of the later lines hide this one if it is no wider. */
    private static int beneath(Line line, List<Line> all) {
        return (int) all.stream()
                .skip(all.indexOf(line) + 1L)
                .filter(other -> other.points().size() == line.points().size()
                        && IntStream.range(0, line.points().size())
                                .allMatch(i -> alike(
                                        line.points().get(i).mean(),
                                        other.points().get(i).mean())))
                .count();
    }

    /** Whether nobody sees two values apart. */
    static boolean alike(double a, double b) {
        return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
    }

    private static Stream<Band> values(List<Line> lines) {
        return lines.stream().flatMap(line -> line.points().stream());
    }
}
