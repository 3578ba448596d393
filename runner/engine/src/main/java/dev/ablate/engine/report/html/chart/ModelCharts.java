package dev.ablate.engine.report.html.chart;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import dev.ablate.engine.report.picture.Dot;
import dev.ablate.engine.report.picture.Dots;
import dev.ablate.engine.report.picture.Fit;
import dev.ablate.engine.report.picture.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What models answer, beside the data. */
final class ModelCharts {

    /** What is said where dots hide others. */
    static final String BENEATH = " Where dots coincide, those beneath are drawn larger.";

    private final Question question;

    ModelCharts(Question question) {
        this.question = question;
    }

    /** Answers to the only feature. */
    List<Chart> responses(Pictures pictures, Plan plan) {
        List<CurveLine> lines = pictures.responses();
        if (lines.isEmpty()) {
            return List.of();
        }
        String feature = lines.get(0).name();
        Dots data = pictures.examples();
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis(
                        withUnit(plan.dataset(), feature),
                        Ticks.from(CurveCharts.values(lines).mapToDouble(Band::at))),
                ChartOption.axis(withUnit(plan.dataset(), plan.dataset().target()), answers(lines, data, plan)));
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (CurveLine line : lines) {
            String name = line.group().label();
            Sign sign = Charts.line(question, line.group());
            series.addAll(CurveCharts.banded(line, lines, name, sign, false));
            legend.add(new Chart.Entry(name, sign, List.of(name)));
        }
        boolean split = !data.heldBack().isEmpty();
        rows(split ? "rows trained on" : "the data", Sign.dot("circle", "ink"), data.trained(), series, legend);
        if (split) {
            rows("rows held back", Sign.dot("emptyDiamond", "ink"), data.heldBack(), series, legend);
        }
        option.put("tooltip", ChartOption.of("trigger", "axis"));
        option.put("series", series);
        return List.of(Chart.of(
                "Prediction against " + feature,
                (split ? "Dots: rows trained on. Diamonds: rows held back. " : "Dots: the data. ")
                        + CurveCharts.spread(lines, false),
                Chart.MEDIUM,
                legend,
                option));
    }

    private static void rows(String name, Sign sign, List<Dot> dots, List<Object> series, List<Chart.Entry> legend) {
        series.add(ChartOption.of(
                "type",
                "scatter",
                "name",
                name,
                "color",
                sign.colour(),
                "symbol",
                sign.symbol(),
                "symbolSize",
                sign.symbol().equals("circle") ? 5 : 8,
                "data",
                ChartOption.points(dots)));
        legend.add(new Chart.Entry(name, sign, List.of(name)));
    }

    /** The axis of what is answered: of probabilities the whole, however close to each other they are. */
    private static Ticks answers(List<CurveLine> lines, Dots data, Plan plan) {
        double[] all = DoubleStream.concat(
                        CurveCharts.values(lines).flatMapToDouble(band -> DoubleStream.of(band.low(), band.high())),
                        Stream.of(data.trained(), data.heldBack())
                                .flatMap(List::stream)
                                .mapToDouble(Dot::y))
                .toArray();
        boolean probabilities = plan.dataset().task() == Task.BINARY_CLASSIFICATION
                && Arrays.stream(all).allMatch(value -> value >= 0 && value <= 1);
        return probabilities ? Ticks.PROBABILITY : Ticks.around(Arrays.stream(all));
    }

    /** Predicted against actual values. */
    List<Chart> fits(Pictures pictures, Plan plan) {
        List<Fit> fits = pictures.fits();
        if (fits.isEmpty()) {
            return List.of();
        }
        String target = target(plan.dataset());
        double[] actual = shown(fits).mapToDouble(Dot::x).sorted().toArray();
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis("actual " + target, Ticks.around(Arrays.stream(actual))),
                ChartOption.axis(
                        "predicted " + target,
                        Ticks.around(DoubleStream.concat(
                                Arrays.stream(actual), shown(fits).mapToDouble(Dot::y)))));
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (Fit fit : fits) {
            String name = fit.group().label();
            Sign sign = Charts.dot(question, fit.group());
            series.add(ChartOption.of(
                    "type",
                    "scatter",
                    "name",
                    name,
                    "color",
                    sign.colour(),
                    "symbol",
                    sign.symbol(),
                    "symbolSize",
                    6 + 4 * Math.min(1, beneath(fit, fits)),
                    "itemStyle",
                    ChartOption.of("opacity", 0.6),
                    "data",
                    ChartOption.points(fit.shown())));
            legend.add(new Chart.Entry(name, sign, List.of(name)));
        }
        double least = actual.length == 0 ? 0 : actual[0];
        double most = actual.length == 0 ? 0 : actual[actual.length - 1];
        series.add(ChartOption.dashed(
                "exact prediction", List.of(ChartOption.point(least, least), ChartOption.point(most, most))));
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        Fit first = fits.get(0);
        return List.of(Chart.of(
                "Predicted against actual " + plan.dataset().target(),
                "On the dashed line a prediction is exact. "
                        + (first.part().equals("test") ? "Rows held back" : "Rows trained on")
                        + (first.shown().size() < first.rows()
                                ? ", " + Numbers.count(first.shown().size()) + " of " + Numbers.count(first.rows())
                                : "")
                        + "." + Charts.whose(first.seed(), first.runs())
                        + (fits.stream().anyMatch(fit -> beneath(fit, fits) > 0) ? BENEATH : ""),
                Chart.MEDIUM + 60,
                legend,
                option));
    }

    private static Stream<Dot> shown(List<Fit> fits) {
        return fits.stream().flatMap(fit -> fit.shown().stream());
    }

    /** How many of the later ones hide this one if it is no larger. */
    static int beneath(Fit fit, List<Fit> fits) {
        return (int) fits.stream()
                .skip(fits.indexOf(fit) + 1L)
                .filter(other -> other.shown().size() == fit.shown().size()
                        && IntStream.range(0, fit.shown().size())
                                .allMatch(i -> CurveCharts.alike(
                                        fit.shown().get(i).y(),
                                        other.shown().get(i).y())))
                .count();
    }

    /** The name of what is predicted, with its unit; empty where there are no rows, and so no chart of it. */
    static String target(Dataset dataset) {
        return dataset.isNone() ? "" : withUnit(dataset, dataset.target());
    }

    private static String withUnit(Dataset dataset, String name) {
        String unit = dataset.units().get(name);
        return unit == null ? name : name + " in " + unit;
    }
}
