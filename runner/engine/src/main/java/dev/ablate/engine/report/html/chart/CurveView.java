package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How curves are shown so that what sets them apart at the end can be seen: the first updates may lie so far away from the rest that
 * the rest is one flat line.
 *
 * @param logarithmic whether equal ratios are equal heights
 * @param from the first update that is shown
 * @param before the value that lies furthest away from the rest, if it is not shown
 */
record CurveView(boolean logarithmic, double from, double before) {

    /** After this share of the updates what happens at the beginning is over. */
    private static final double BEGINNING = 0.1;

    /** A gap at the end that is smaller than this share of the height cannot be seen well. */
    private static final double SEEN = 1.0 / 6;

    private static final CurveView ALL = new CurveView(false, Double.NEGATIVE_INFINITY, Double.NaN);

    private static final CurveView LOGARITHMIC = new CurveView(true, Double.NEGATIVE_INFINITY, Double.NaN);

    /** Of all lines of a chart. */
    static CurveView of(List<CurveLine> lines) {
        Range all = Range.of(since(lines, Double.NEGATIVE_INFINITY));
        double last = bands(lines).mapToDouble(Band::at).max().orElse(0);
        double first = bands(lines).mapToDouble(Band::at).min().orElse(0);
        Range late = Range.of(since(lines, first + (last - first) * BEGINNING));
        // only where the lines are apart when they end, and what is late is about that
        Optional<Range> apart = ends(lines)
                .filter(end -> end.size() > 0 && end.size() > late.size() * SEEN)
                .min(Comparator.comparingDouble(Range::size));
        boolean hidden = apart.isPresent() && apart.get().size() < all.size() * SEEN;
        boolean logarithmic = all.low > 0 && (!hidden || apart.get().ratio() > all.ratio() * SEEN);
        if (logarithmic && all.high / all.low >= (hidden ? 10 : 1000)) {
            return LOGARITHMIC;
        }
        if (!hidden) {
            return ALL;
        }
        double from = bands(lines)
                .mapToDouble(Band::at)
                .distinct()
                .sorted()
                .filter(at -> Range.of(since(lines, at)).size() <= 2 * late.size())
                .findFirst()
                .orElse(first);
        Range shown = Range.of(since(lines, from));
        double before = all.high - shown.high > shown.low - all.low ? all.high : all.low;
        return from == first ? ALL : new CurveView(false, from, before);
    }

    /** The part of a line that is shown; a line that ended before keeps its last point. */
    CurveLine shown(CurveLine line) {
        List<Band> points =
                line.points().stream().filter(band -> band.at() >= from).toList();
        List<Band> kept =
                points.isEmpty() ? List.of(line.points().get(line.points().size() - 1)) : points;
        return new CurveLine(line.group(), line.name(), line.runs(), kept);
    }

    /** What a person must know of it; a space before, or nothing. */
    String note(String kind) {
        return Double.isFinite(from)
                ? " It begins at update " + Numbers.count(Math.round(from)) + ": before that, " + kind
                        + " is as far away as " + Numbers.rounded(before) + "."
                : logarithmic ? " Log scale: from line to line it is ten times as much." : "";
    }

    /** Where the lines end: of those on each part of the data by themselves, as it is these that are compared; else of all. */
    private static Stream<Range> ends(List<CurveLine> lines) {
        Map<String, List<CurveLine>> parts =
                lines.stream().collect(Collectors.groupingBy(CurveLine::name, LinkedHashMap::new, Collectors.toList()));
        List<List<CurveLine>> several =
                parts.values().stream().filter(part -> part.size() > 1).toList();
        return (several.isEmpty() ? List.of(lines) : several)
                .stream()
                        .map(part -> Range.of(part.stream()
                                .mapToDouble(line -> line.points()
                                        .get(line.points().size() - 1)
                                        .mean())));
    }

    private static Stream<Band> bands(List<CurveLine> lines) {
        return lines.stream().flatMap(line -> line.points().stream());
    }

    /** All that is drawn from an update on. */
    private static DoubleStream since(List<CurveLine> lines, double from) {
        return bands(lines)
                .filter(band -> band.at() >= from)
                .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high()));
    }

    /** From the lowest value to the highest. */
    private record Range(double low, double high) {

        static Range of(DoubleStream values) {
            double[] finite = values.filter(Double::isFinite).sorted().toArray();
            return finite.length == 0 ? new Range(0, 0) : new Range(finite[0], finite[finite.length - 1]);
        }

        double size() {
            return high - low;
        }

        /** In powers of e; of positive values. */
        double ratio() {
            return Math.log(high / low);
        }
    }
}
