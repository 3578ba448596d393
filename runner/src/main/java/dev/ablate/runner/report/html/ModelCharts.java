package dev.ablate.runner.report.html;

import dev.ablate.core.data.Dataset;
import dev.ablate.runner.compare.Question;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.report.Numbers;
import dev.ablate.runner.report.picture.Confusion;
import dev.ablate.runner.report.picture.Dot;
import dev.ablate.runner.report.picture.Fit;
import dev.ablate.runner.report.picture.Line;
import dev.ablate.runner.report.picture.Pictures;
import dev.ablate.runner.report.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What models answer. */
final class ModelCharts {

    /** Shades on each side of the threshold. */
    private static final int SHADES = 4;

    private static final int PANEL = 300;

    private static final String GREY = "#7f7f7f";

    /** The ends of these axes are where the data end and some more: no round numbers. */
    private static final Map<String, Object> INSIDE = Option.of("showMinLabel", false, "showMaxLabel", false);

    private final Question question;

    ModelCharts(Question question) {
        this.question = question;
    }

    /** Answers to the only feature. */
    List<Chart> responses(Pictures pictures, Plan plan) {
        List<Line> lines = pictures.responses();
        if (lines.isEmpty()) {
            return List.of();
        }
        String feature = lines.get(0).name();
        Map<String, Object> option = Option.plane(
                Option.axis(withUnit(plan.dataset(), feature), false),
                Option.axis(withUnit(plan.dataset(), plan.dataset().target()), false));
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (Line line : lines) {
            String name = line.group().label();
            String colour = Charts.colour(question, line.group());
            series.addAll(CurveCharts.banded(line, lines, name, colour, Charts.dashes(question, line.group())));
            legend.add(new Chart.Entry(name, colour, List.of(name)));
        }
        series.add(Option.of(
                "type", "scatter",
                "name", "data",
                "color", "ink",
                "symbolSize", 5,
                "data", points(pictures.examples())));
        option.put("tooltip", Option.of("trigger", "axis"));
        option.put("series", series);
        return List.of(Chart.of(
                "Prediction against " + feature,
                "Dots: the data. " + CurveCharts.spread(lines),
                Chart.MEDIUM,
                legend,
                option));
    }

    /** Answers all over the plane of two features, one panel a group. */
    List<Chart> regions(Pictures pictures) {
        return pictures.regions().stream().map(this::region).toList();
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
                points(dots));
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
            Map<String, Object> grey = Option.of(below, threshold - near, "color", GREY + hex(i));
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

    /** Predicted against actual values. */
    List<Chart> fits(Pictures pictures, Plan plan) {
        List<Fit> fits = pictures.fits();
        if (fits.isEmpty()) {
            return List.of();
        }
        String target = withUnit(plan.dataset(), plan.dataset().target());
        Map<String, Object> option =
                Option.plane(Option.axis("actual " + target, false), Option.axis("predicted " + target, false));
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (Fit fit : fits) {
            String name = fit.group().label();
            String colour = Charts.colour(question, fit.group());
            series.add(Option.of(
                    "type",
                    "scatter",
                    "name",
                    name,
                    "color",
                    colour,
                    "symbol",
                    Charts.symbol(question, fit.group()),
                    "symbolSize",
                    6 + 4 * Math.min(1, beneath(fit, fits)),
                    "itemStyle",
                    Option.of("opacity", 0.6),
                    "data",
                    points(fit.shown())));
            legend.add(new Chart.Entry(name, colour, List.of(name)));
        }
        double least = fits.stream()
                .flatMap(fit -> fit.shown().stream())
                .mapToDouble(Dot::x)
                .min()
                .orElse(0);
        double most = fits.stream()
                .flatMap(fit -> fit.shown().stream())
                .mapToDouble(Dot::x)
                .max()
                .orElse(0);
        series.add(Option.of(
                "type",
                "line",
                "name",
                "exact",
                "color",
                "ink",
                "silent",
                true,
                "showSymbol",
                false,
                "lineStyle",
                Option.of("width", 1, "type", List.of(4, 4)),
                "data",
                List.of(Option.point(least, least), Option.point(most, most))));
        option.put("tooltip", Option.of("trigger", "item"));
        option.put("series", series);
        Fit first = fits.get(0);
        return List.of(Chart.of(
                "Predicted against actual " + plan.dataset().target(),
                "On the dashed line a prediction is exact. "
                        + (first.part().equals("test") ? "Rows held back" : "Rows trained on")
                        + (first.shown().size() < first.rows()
                                ? ", " + Numbers.count(first.shown().size()) + " of " + Numbers.count(first.rows())
                                : "")
                        + ". Seed " + first.seed() + "."
                        + (fits.stream().anyMatch(fit -> beneath(fit, fits) > 0)
                                ? " Where dots coincide, those beneath are drawn larger."
                                : ""),
                Chart.MEDIUM + 60,
                legend,
                option));
    }

    /** How many of the later ones hide this one if it is no larger. */
    private static int beneath(Fit fit, List<Fit> fits) {
        return (int) fits.stream()
                .skip(fits.indexOf(fit) + 1L)
                .filter(other -> other.shown().size() == fit.shown().size()
                        && IntStream.range(0, fit.shown().size())
                                .allMatch(i -> CurveCharts.alike(
                                        fit.shown().get(i).y(),
                                        other.shown().get(i).y())))
                .count();
    }

    /** Which class was taken for which, one panel a group. */
    List<Chart> confusions(Pictures pictures) {
        return pictures.confusions().stream().map(this::confusion).toList();
    }

    private Chart confusion(Confusion counts) {
        String colour = Charts.colour(question, counts.group());
        String label = counts.group().label();
        List<Object> cells = List.of(
                cell(0, 1, counts.zeroAsZero(), true, label),
                cell(1, 1, counts.zeroAsOne(), false, label),
                cell(0, 0, counts.oneAsZero(), false, label),
                cell(1, 0, counts.oneAsOne(), true, label));
        Map<String, Object> across = Option.names("answer", List.of("0", "1"));
        across.putAll(Option.of("nameLocation", "middle", "nameGap", 26));
        Map<String, Object> option = Option.of(
                "grid",
                Option.of("left", 8, "right", 16, "top", 30, "bottom", 28, "containLabel", true),
                "xAxis",
                across,
                "yAxis",
                Option.names("data", List.of("1", "0")),
                "tooltip",
                Option.of("trigger", "item"),
                // one shade for what is right, another for what is not: how many they are stands in the squares
                "visualMap",
                Option.of(
                        "type",
                        "piecewise",
                        "show",
                        false,
                        "dimension",
                        2,
                        "pieces",
                        List.of(Option.of("gte", 0, "color", colour + "55"), Option.of("lt", 0, "color", GREY + "33"))),
                "series",
                List.of(Option.of(
                        "type",
                        "heatmap",
                        "name",
                        label,
                        "label",
                        Option.of("show", true, "color", "ink", "fontSize", 15),
                        "data",
                        cells)));
        return Chart.panel(
                "Which class is taken for which",
                label,
                (counts.part().equals("test") ? "Rows held back" : "Rows trained on")
                        + (counts.runs() > 1 ? ", of all " + counts.runs() + " runs together" : "")
                        + ". Coloured squares are right.",
                PANEL - 90,
                option);
    }

    private static Map<String, Object> cell(int answer, int row, long count, boolean right, String label) {
        return Option.of(
                "value", List.of(answer, row, right ? 1 : -1),
                "label", Option.of("formatter", Numbers.count(count)),
                "tip",
                        label + ": " + Numbers.count(count, "row") + " with " + (1 - row) + " in the data answered "
                                + answer);
    }

    private static List<Object> points(List<Dot> dots) {
        return List.copyOf(
                dots.stream().<Object>map(dot -> Option.point(dot.x(), dot.y())).toList());
    }

    private static String withUnit(Dataset dataset, String name) {
        String unit = dataset.units().get(name);
        return unit == null ? name : name + " in " + unit;
    }
}
