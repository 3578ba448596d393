package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.picture.Dot;
import dev.ablate.engine.report.picture.Dots;
import dev.ablate.engine.report.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which of three classes and more is answered all over the plane of two features. */
final class ClassRegions {

    private ClassRegions() {}

    /**
     * One panel; each class has its colour and its symbol.
     *
     * @param origin what is said of borders that are bound to (0, 0); may be empty
     */
    static Chart chart(Region region, String origin) {
        int classes = region.classes().size();
        List<Object> series = new ArrayList<>();
        List<Object> borders = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            List<Double> ahead = ahead(region.answers(), k);
            // straighter than shares, so that it is nearer to the border between two places of the grid
            List<Double> border = ahead(logarithms(region.answers()), k);
            double most = ahead.stream()
                    .filter(Double::isFinite)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            // of shares none is farther ahead than by 1
            double full = Math.max(1, most);
            for (int shade = 0; shade < RegionCharts.SHADES && most > 0; shade++) {
                double near = full * shade / RegionCharts.SHADES;
                series.add(RegionCharts.area(
                        region,
                        shade == 0 ? border : ahead,
                        near,
                        value -> value > near,
                        Palette.colour(k) + RegionCharts.hex(shade)));
            }
            borders.add(RegionCharts.border(region, border, 0));
        }
        series.addAll(borders);
        List<Chart.Entry> legend = new ArrayList<>();
        boolean split = region.rows().stream().anyMatch(rows -> !rows.heldBack().isEmpty());
        for (int k = 0; k < classes; k++) {
            Dots rows = region.rows().get(k);
            String name = region.classes().get(k);
            String trained = name + (split ? " in the data, trained on" : " in the data");
            String heldBack = name + " in the data, held back";
            String symbol = Sign.SYMBOLS.get(k % (Sign.SYMBOLS.size() / 2));
            dots(trained, rows.trained(), symbol, Palette.colour(k), "ink", series);
            dots(heldBack, rows.heldBack(), symbol, "paper", Palette.colour(k), series);
            legend.add(new Chart.Entry(name, Sign.dot(symbol, Palette.colour(k)), List.of(trained, heldBack)));
        }
        return new Chart(
                "What is answered where",
                region.group().label(),
                "The colour is that of the class that is answered: the deeper, the farther it is ahead of the next one. On the"
                        + " lines two are answered alike." + origin + " Marks are the data"
                        + (split ? ": filled ones rows trained on, hollow ones rows held back." : ".")
                        + Charts.whose(region.seed(), region.runs()),
                RegionCharts.PANEL,
                legend,
                RegionCharts.plane(region, series));
    }

    /** Of shares, whose logarithms differ as the weighted sums do; other numbers stay as they are. */
    private static List<List<Double>> logarithms(List<List<Double>> answers) {
        boolean shares = answers.stream().flatMap(List::stream).allMatch(share -> share >= 0 && share <= 1);
        return shares
                ? answers.stream()
                        .map(answer -> answer.stream()
                                .map(share -> Math.log(Math.max(share, Double.MIN_NORMAL)))
                                .toList())
                        .toList()
                : answers;
    }

    /** How far the number of a class is ahead of the greatest of the others, all over the plane. */
    private static List<Double> ahead(List<List<Double>> answers, int k) {
        return answers.stream()
                .map(answer -> answer.get(k)
                        - IntStream.range(0, answer.size())
                                .filter(other -> other != k)
                                .mapToDouble(answer::get)
                                .max()
                                .orElseThrow())
                .toList();
    }

    private static void dots(
            String name, List<Dot> dots, String symbol, String fill, String edge, List<Object> series) {
        if (!dots.isEmpty()) {
            series.add(ChartOption.of(
                    "type",
                    "scatter",
                    "name",
                    name,
                    "symbol",
                    symbol,
                    "symbolSize",
                    9,
                    "itemStyle",
                    ChartOption.of("color", fill, "borderColor", edge, "borderWidth", edge.equals("ink") ? 1 : 2),
                    "data",
                    ChartOption.points(dots)));
        }
    }
}
