package dev.ablate.runner.report.html.chart;

import dev.ablate.core.data.Dataset;
import dev.ablate.runner.compare.Question;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.report.Numbers;
import dev.ablate.runner.report.picture.Dot;
import dev.ablate.runner.report.picture.Fit;
import dev.ablate.runner.report.picture.Line;
import dev.ablate.runner.report.picture.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What models answer, beside the data. */
final class ModelCharts {

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
                "data", Option.points(pictures.examples())));
        option.put("tooltip", Option.of("trigger", "axis"));
        option.put("series", series);
        return List.of(Chart.of(
                "Prediction against " + feature,
                "Dots: the data. " + CurveCharts.spread(lines),
                Chart.MEDIUM,
                legend,
                option));
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
                    Option.points(fit.shown())));
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

    private static String withUnit(Dataset dataset, String name) {
        String unit = dataset.units().get(name);
        return unit == null ? name : name + " in " + unit;
    }
}
