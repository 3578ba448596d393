package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Dot;
import dev.ablate.engine.report.picture.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What predictions of a number leave over. */
final class ResidualCharts {

    private final Question question;

    ResidualCharts(Question question) {
        this.question = question;
    }

    /**
     * Residuals against predictions, of all groups in one chart.
     *
     * @param target the name of what is predicted, with its unit
     */
    List<Chart> of(List<Fit> fits, String target) {
        if (fits.isEmpty() || fits.stream().allMatch(fit -> fit.shown().isEmpty())) {
            return List.of();
        }
        List<Dot> all = new ArrayList<>();
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        for (Fit fit : fits) {
            List<Dot> residuals = fit.shown().stream()
                    .map(dot -> new Dot(dot.y(), dot.x() - dot.y()))
                    .toList();
            all.addAll(residuals);
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
                    6 + 4 * Math.min(1, ModelCharts.beneath(fit, fits)),
                    "itemStyle",
                    ChartOption.of("opacity", 0.6),
                    "data",
                    ChartOption.points(residuals)));
            legend.add(new Chart.Entry(name, sign, List.of(name)));
        }
        Ticks across = Ticks.around(all.stream().mapToDouble(Dot::x));
        series.add(ChartOption.dashed(
                "exact prediction", List.of(ChartOption.point(across.from(), 0), ChartOption.point(across.to(), 0))));
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis("predicted " + target, across),
                ChartOption.axis(
                        "residual",
                        Ticks.around(DoubleStream.concat(
                                DoubleStream.of(0), all.stream().mapToDouble(Dot::y)))));
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        Fit first = fits.get(0);
        return List.of(Chart.of(
                "Residuals against predictions",
                "A residual is the actual value less the predicted one. Even and without a pattern around 0 is what is left to"
                        + " chance; a bend or a funnel is something that the model does not know. "
                        + (first.part().equals("test") ? "Rows held back" : "Rows trained on")
                        + (first.shown().size() < first.rows()
                                ? ", " + Numbers.count(first.shown().size()) + " of " + Numbers.count(first.rows())
                                : "")
                        + "." + Charts.whose(first.seed(), first.runs())
                        + (fits.stream().anyMatch(fit -> ModelCharts.beneath(fit, fits) > 0)
                                ? ModelCharts.BENEATH
                                : ""),
                Chart.MEDIUM,
                legend,
                option));
    }
}
