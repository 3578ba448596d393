package dev.ablate.runner.report.html.chart;

import dev.ablate.runner.compare.Question;
import dev.ablate.runner.report.picture.Dot;
import dev.ablate.runner.report.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What is answered all over the plane of two features. */
final class RegionCharts {

    /** Shades on each side of the threshold. */
    private static final int SHADES = 4;

    private static final int PANEL = 300;

    /** The ends of these axes are where the data end and some more: no round numbers. */
    private static final Map<String, Object> INSIDE = Option.of("showMinLabel", false, "showMaxLabel", false);

    private final Question question;

    RegionCharts(Question question) {
        this.question = question;
    }

    /** Answers all over the plane of two features, one panel a group. */
    List<Chart> of(List<Region> regions) {
        return regions.stream().map(this::region).toList();
    }

    private Chart region(Region region) {
        String label = region.group().label();
        List<String> squares =
                IntStream.range(0, region.side()).mapToObj(Integer::toString).toList();
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < region.answers().size(); i++) {
            cells.add(Option.point(
                    i % region.side(),
                    Math.floorDiv(i, region.side()),
                    region.answers().get(i)));
        }
        Map<String, Object> hidden = Option.of("type", "category", "show", false, "data", squares);
        Map<String, Object> across = Option.of(
                "type",
                "value",
                "name",
                region.x(),
                "nameLocation",
                "middle",
                "nameGap",
                26,
                "position",
                "bottom",
                "splitLine",
                Option.of("show", false),
                "min",
                Option.number(region.from().x()),
                "max",
                Option.number(region.to().x()),
                "axisLabel",
                INSIDE);
        Map<String, Object> up = Option.of(
                "type", "value",
                "name", region.y(),
                "position", "left",
                "splitLine", Option.of("show", false),
                "min", Option.number(region.from().y()),
                "max", Option.number(region.to().y()),
                "axisLabel", INSIDE);
        Map<String, Object> option = Option.of(
                "grid",
                Option.of("left", 8, "right", 16, "top", 30, "bottom", 28, "containLabel", true),
                "xAxis",
                List.of(hidden, across),
                "yAxis",
                List.of(hidden, up),
                "tooltip",
                Option.of("trigger", "item"),
                "visualMap",
                Option.of(
                        "type", "piecewise", "show", false, "dimension", 2, "seriesIndex", 0, "pieces", shades(region)),
                "series",
                List.of(
                        Option.of("type", "heatmap", "name", label, "silent", true, "progressive", 0, "data", cells),
                        dots("1", region.ones(), "ink"),
                        dots("0", region.zeros(), "paper")));
        return Chart.panel(
                "What is answered where",
                label,
                "Coloured: the answer is 1. Grey: it is 0. The deeper, the surer. Filled dots are 1 in the data, hollow ones 0."
                        + " Seed " + region.seed() + ".",
                PANEL,
                option);
    }

    private static Map<String, Object> dots(String name, List<Dot> dots, String fill) {
        return Option.of(
                "type",
                "scatter",
                "name",
                name,
                "xAxisIndex",
                1,
                "yAxisIndex",
                1,
                "symbolSize",
                11,
                "itemStyle",
                Option.of("color", fill, "borderColor", "ink", "borderWidth", 2),
                "data",
                Option.points(dots));
    }

    /** Grey up to the threshold, the group's colour above it. */
    private List<Object> shades(Region region) {
        double threshold = region.decision().threshold();
        double least = finite(region).min().orElse(threshold);
        double most = finite(region).max().orElse(threshold);
        String colour = Charts.colour(question, region.group());
        String above = region.decision().tie() == 1 ? "gte" : "gt";
        String below = region.decision().tie() == 1 ? "lt" : "lte";
        List<Object> pieces = new ArrayList<>();
        for (int i = 0; i < SHADES; i++) {
            // the shade next to the threshold is the lightest one; the outermost has no end
            double near = (threshold - least) * i / SHADES;
            double far = (threshold - least) * (i + 1) / SHADES;
            Map<String, Object> grey = Option.of(below, threshold - near, "color", Charts.GREY + hex(i));
            if (i < SHADES - 1) {
                grey.put("gt", threshold - far);
            }
            pieces.add(grey);
            double low = (most - threshold) * i / SHADES;
            double high = (most - threshold) * (i + 1) / SHADES;
            Map<String, Object> own = Option.of(above, threshold + low, "color", colour + hex(i));
            if (i < SHADES - 1) {
                own.put("lte", threshold + high);
            }
            pieces.add(own);
        }
        return pieces;
    }

    private static DoubleStream finite(Region region) {
        return region.answers().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
    }

    /** How much of the page shines through, as two digits. */
    private static String hex(int shade) {
        return List.of("40", "70", "a0", "d0").get(shade);
    }
}
