package dev.ablate.engine.report.html.chart;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Separation;
import dev.ablate.engine.report.Separation.Step;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How well the models' numbers separate two classes, at each threshold. */
final class SeparationCharts {

    /** More points than this make no line smoother. */
    private static final int MOST_POINTS = 300;

    /** Of more groups the areas are in the tables alone. */
    private static final int MOST_NAMED = 4;

    private static final Ticks SHARES = new Ticks(0, 1, 0.2);

    private final Question question;

    SeparationCharts(Question question) {
        this.question = question;
    }

    /**
     * Both curves of each group, in two charts.
     *
     * @param dataset says what the class is called that counts as 1
     */
    List<Chart> of(List<Separation> separations, Dataset dataset) {
        if (separations.isEmpty()) {
            return List.of();
        }
        String positive = dataset.target() + " = " + dataset.label(1);
        return List.of(roc(separations, positive), precision(separations, positive));
    }

    private Chart roc(List<Separation> separations, String positive) {
        List<Object> series = new ArrayList<>();
        for (Separation each : separations) {
            List<Object> points = new ArrayList<>(List.of(ChartOption.point(0, 0)));
            some(each).forEach(step -> points.add(ChartOption.point(each.falseAlarms(step), each.recall(step))));
            series.add(line(each, points, beneath(each, separations), false));
        }
        series.add(ChartOption.dashed("guessing", List.of(ChartOption.point(0, 0), ChartOption.point(1, 1))));
        return chart(
                "ROC curve",
                "For each threshold: how many of the rows with " + positive
                        + " are found, against how many of the others are taken for them. The dashed line is guessing. ",
                separations,
                "area " + areas(separations, Separation::rocArea, true),
                ChartOption.axis("false positive rate", SHARES),
                ChartOption.axis("true positive rate", SHARES),
                series);
    }

    private Chart precision(List<Separation> separations, String positive) {
        List<Object> series = new ArrayList<>();
        for (Separation each : separations) {
            List<Object> points = new ArrayList<>();
            List<Step> steps = some(each);
            points.add(ChartOption.point(0, steps.get(0).precision()));
            steps.forEach(step -> points.add(ChartOption.point(each.recall(step), step.precision())));
            series.add(line(each, points, beneath(each, separations), true));
        }
        List<Double> shares = separations.stream()
                .map(each -> (double) each.positives() / (each.positives() + each.negatives()))
                .distinct()
                .toList();
        if (shares.size() == 1) {
            double share = shares.get(0);
            series.add(
                    ChartOption.dashed("guessing", List.of(ChartOption.point(0, share), ChartOption.point(1, share))));
        }
        return chart(
                "Precision and recall",
                "For each threshold: the share of right ones among the rows taken for " + positive
                        + " (precision), against the share of such rows that are found (recall). "
                        + guessing(shares, positive),
                separations,
                "average precision " + areas(separations, Separation::prArea, false),
                ChartOption.axis("recall", SHARES),
                ChartOption.axis("precision", SHARES),
                series);
    }

    /** Whoever takes any rows for a class is right as often as it occurs. */
    private static String guessing(List<Double> shares, String positive) {
        double least = Collections.min(shares);
        double most = Collections.max(shares);
        return shares.size() == 1
                ? "The dashed line is guessing: " + Numbers.rounded(least) + " of these rows have " + positive + ". "
                : "Guessing has a precision of " + Numbers.rounded(least) + " to " + Numbers.rounded(most)
                        + ", by run. ";
    }

    private Chart chart(
            String title,
            String note,
            List<Separation> separations,
            String areas,
            Map<String, Object> across,
            Map<String, Object> up,
            List<Object> series) {
        Map<String, Object> option = ChartOption.plane(across, up);
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        List<Chart.Entry> legend = separations.stream()
                .map(each -> {
                    String name = each.group().label();
                    return new Chart.Entry(name, Charts.line(question, each.group()), List.of(name));
                })
                .toList();
        String hidden = separations.stream().anyMatch(each -> beneath(each, separations) > 0)
                ? " Where lines coincide, those beneath are wider."
                : "";
        String named = separations.size() > MOST_NAMED
                ? ""
                : " " + areas.substring(0, 1).toUpperCase(Locale.ROOT) + areas.substring(1) + ".";
        return Chart.of(title, note + whose(separations) + named + hidden, Chart.MEDIUM + 60, legend, option);
    }

    /** How many of the later ones lie on this one. */
    private static int beneath(Separation each, List<Separation> all) {
        return (int) all.stream()
                .dropWhile(other -> !other.group().equals(each.group()))
                .skip(1)
                .filter(other -> other.ranks().equals(each.ranks()))
                .count();
    }

    /** Whose curves they are: a median is that of a model that there is. */
    private static String whose(List<Separation> separations) {
        String rows = separations.get(0).part().equals("test") ? "Rows held back" : "Rows trained on";
        boolean several = separations.stream().anyMatch(each -> each.runs() > 1);
        int without = separations.stream().mapToInt(Separation::without).max().orElse(0);
        return rows
                + (several ? ", of the run whose area under the ROC curve is the median of its variant's runs" : "")
                + "."
                + (without == 0
                        ? ""
                        : " " + Numbers.count(without, "run") + " of a variant " + (without == 1 ? "has" : "have")
                                + " no curve, as one class is missing there.");
    }

    private interface Area {
        double of(Separation separation);
    }

    private static String areas(List<Separation> separations, Area area, boolean range) {
        return separations.stream()
                .map(each -> each.group().label() + " " + Numbers.rounded(area.of(each))
                        + (each.runs() == 1
                                ? ""
                                : " (seed " + each.seed()
                                        + (range
                                                ? "; " + Numbers.rounded(each.least()) + " to "
                                                        + Numbers.rounded(each.most()) + " over "
                                                        + Numbers.count(each.runs(), "run")
                                                : "")
                                        + ")"))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Object> line(Separation each, List<Object> points, int beneath, boolean steps) {
        Sign sign = Charts.line(question, each.group());
        Map<String, Object> line = ChartOption.of(
                "type",
                "line",
                "name",
                each.group().label(),
                "color",
                sign.colour(),
                "symbolSize",
                5,
                "showSymbol",
                points.size() <= MOST_POINTS / 10,
                "lineStyle",
                ChartOption.of("width", 2 + 3 * Math.min(2, beneath), "type", sign.lineType()),
                "data",
                List.copyOf(points));
        if (steps) {
            // a precision holds for all rows that its threshold finds
            line.put("step", "start");
        }
        return line;
    }

    /** Steps all over the curve, the last among them. */
    private static List<Step> some(Separation each) {
        int size = each.steps().size();
        int every = Math.max(1, (size + MOST_POINTS - 1) / MOST_POINTS);
        return IntStream.range(0, size)
                .filter(k -> k % every == 0 || k == size - 1)
                .mapToObj(each.steps()::get)
                .toList();
    }
}
