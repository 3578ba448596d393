package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Dot;
import dev.ablate.engine.report.picture.Dots;
import dev.ablate.engine.report.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What is answered all over the plane of two features. */
final class RegionCharts {

    /** Shades on each side of the threshold. */
    static final int SHADES = 4;

    static final int PANEL = 300;

    /** A name of no more characters has room above the axis. */
    private static final int SHORT = 8;

    private final Question question;

    RegionCharts(Question question) {
        this.question = question;
    }

    /** Answers all over the plane of two features, one panel a group. */
    List<Chart> of(List<Region> regions) {
        List<String> bound = regions.stream()
                .filter(Region::bound)
                .map(region -> region.group().variant())
                .distinct()
                .toList();
        String origin = bound.isEmpty()
                ? ""
                : " Without a bias (" + String.join(", ", bound)
                        + ") that line passes through (0, 0) whatever the weights: they only turn it.";
        return regions.stream()
                .map(region -> region.classes().size() == 2
                        ? region(region, origin)
                        : ClassRegions.chart(region, bound.isEmpty() ? "" : ofClasses(bound)))
                .toList();
    }

    private static String ofClasses(List<String> bound) {
        return " Without a bias (" + String.join(", ", bound)
                + ") all borders pass through (0, 0) whatever the weights: they only turn.";
    }

    private Chart region(Region region, String origin) {
        String zero = region.classes().get(0);
        String one = region.classes().get(1);
        List<Object> series = new ArrayList<>(areas(region));
        series.add(border(region));
        Dots ones = region.rows().get(1);
        Dots zeros = region.rows().get(0);
        boolean split = !ones.heldBack().isEmpty() || !zeros.heldBack().isEmpty();
        String trained = split ? " in the data, trained on" : " in the data";
        dots(one + trained, ones.trained(), "circle", "ink", series);
        dots(zero + trained, zeros.trained(), "circle", "paper", series);
        dots(one + " in the data, held back", ones.heldBack(), "diamond", "ink", series);
        dots(zero + " in the data, held back", zeros.heldBack(), "diamond", "paper", series);
        return Chart.panel(
                "What is answered where",
                region.group().label(),
                "Coloured: the answer is " + one + ". Grey: it is " + zero
                        + ". The deeper, the surer; on the line between them it is "
                        + Numbers.rounded(region.decision().threshold()) + "." + origin + " Filled marks are "
                        + one + " in the data, hollow ones " + zero + "."
                        + (split ? " Circles: rows trained on. Diamonds: rows held back." : "")
                        + Charts.whose(region.seed(), region.runs()),
                PANEL,
                plane(region, series));
    }

    /** The plane of both features, without a grid. */
    static Map<String, Object> plane(Region region, List<Object> series) {
        Map<String, Object> across = ChartOption.axis(
                region.x(), ticks(region.from().x(), region.to().x()));
        across.putAll(
                ChartOption.of("nameLocation", "middle", "nameGap", 26, "splitLine", ChartOption.of("show", false)));
        Map<String, Object> up = ChartOption.axis(
                region.y(), ticks(region.from().y(), region.to().y()));
        up.putAll(ChartOption.of("splitLine", ChartOption.of("show", false)));
        if (region.y().length() > SHORT) {
            // in the middle of the axis its beginning would be cut off
            up.putAll(ChartOption.of("nameTextStyle", ChartOption.of("align", "left")));
        }
        return ChartOption.of(
                "grid",
                ChartOption.of("left", 8, "right", 16, "top", 30, "bottom", 28, "containLabel", true),
                "xAxis",
                across,
                "yAxis",
                up,
                "tooltip",
                ChartOption.of("trigger", "item"),
                "series",
                series);
    }

    private static Ticks ticks(double from, double to) {
        return Ticks.few(DoubleStream.of(from, to));
    }

    private static void dots(String name, List<Dot> dots, String symbol, String fill, List<Object> series) {
        if (!dots.isEmpty()) {
            series.add(ChartOption.of(
                    "type",
                    "scatter",
                    "name",
                    name,
                    "symbol",
                    symbol,
                    "symbolSize",
                    symbol.equals("circle") ? 11 : 13,
                    "itemStyle",
                    ChartOption.of("color", fill, "borderColor", "ink", "borderWidth", 2),
                    "data",
                    ChartOption.points(dots)));
        }
    }

    /** Grey up to the threshold, the group's colour above it; each shade is painted over those below it. */
    private List<Object> areas(Region region) {
        double threshold = region.decision().threshold();
        List<Double> answers = withTies(region);
        double[] finite = answers.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (finite.length == 0) {
            return List.of();
        }
        double least = finite[0];
        double most = finite[finite.length - 1];
        if (least >= 0 && most <= 1) {
            // probabilities: none is surer than 0 or 1
            least = 0;
            most = 1;
        }
        List<Object> areas = new ArrayList<>();
        for (int i = SHADES - 1; i >= 0 && least < threshold; i--) {
            double far = threshold - (threshold - least) * (i + 1) / SHADES;
            boolean lowest = i == SHADES - 1;
            areas.add(area(region, answers, far, value -> lowest || value > far, Charts.GREY + hex(i)));
        }
        String colour = Charts.colour(question, region.group());
        boolean tie = region.decision().tie() == 1;
        for (int i = 0; i < SHADES && (most > threshold || (tie && most == threshold)); i++) {
            double near = threshold + (most - threshold) * i / SHADES;
            areas.add(area(region, answers, near, value -> tie ? value >= near : value > near, colour + hex(i)));
        }
        return areas;
    }

    /** The line on which the answer is the threshold. */
    private static Map<String, Object> border(Region region) {
        double threshold = region.decision().threshold();
        return border(region, withTies(region), threshold);
    }

    /** The line on which values are at a level; without the edges of the plane, where it only ends. */
    static Map<String, Object> border(Region region, List<Double> values, double level) {
        double last = region.side() - 1;
        List<Object> lines = new ArrayList<>();
        for (List<Dot> outline : Contour.of(region.side(), values, level, value -> value > level)) {
            for (int i = 0; i < outline.size(); i++) {
                Dot from = outline.get(i);
                Dot to = outline.get((i + 1) % outline.size());
                boolean edge = (from.x() == to.x() && (from.x() == 0 || from.x() == last))
                        || (from.y() == to.y() && (from.y() == 0 || from.y() == last));
                if (!edge) {
                    lines.add(Stream.of(from, to)
                            .flatMap(corner -> place(region, corner))
                            .toList());
                }
            }
        }
        return outlined(region, "border", "ink", lines);
    }

    private static List<Double> withTies(Region region) {
        double threshold = region.decision().threshold();
        return region.answers().stream()
                .map(answer -> answer.get(0))
                .map(answer -> region.decision().isTie(answer) ? threshold : answer)
                .toList();
    }

    private static Stream<Object> place(Region region, Dot corner) {
        double right = (region.to().x() - region.from().x()) / (region.side() - 1);
        double up = (region.to().y() - region.from().y()) / (region.side() - 1);
        return Stream.of(
                ChartOption.number(region.from().x() + corner.x() * right),
                ChartOption.number(region.from().y() + corner.y() * up));
    }

    static Map<String, Object> area(
            Region region, List<Double> answers, double level, DoublePredicate above, String colour) {
        List<Object> outlines = new ArrayList<>();
        for (List<Dot> outline : Contour.of(region.side(), answers, level, above)) {
            outlines.add(
                    outline.stream().flatMap(corner -> place(region, corner)).toList());
        }
        return outlined(region, "area", colour, outlines);
    }

    private static Map<String, Object> outlined(Region region, String how, String colour, List<Object> outlines) {
        return ChartOption.of(
                "type",
                "custom",
                "renderItem",
                how,
                "silent",
                true,
                "color",
                colour,
                "data",
                List.of(ChartOption.point(region.from().x(), region.from().y())),
                "outlines",
                outlines);
    }

    /** How much of the page shines through, as two digits. */
    static String hex(int shade) {
        return List.of("40", "70", "a0", "d0").get(shade);
    }
}
