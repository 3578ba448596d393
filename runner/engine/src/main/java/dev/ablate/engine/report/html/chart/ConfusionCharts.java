package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.Confusion;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Which class was taken for which. */
final class ConfusionCharts {

    private static final int PANEL = 210;

    /** About how wide all squares are together. */
    private static final int ACROSS = 190;

    /** What a class more than two adds to the height. */
    private static final int CLASS = 44;

    private final Question question;

    ConfusionCharts(Question question) {
        this.question = question;
    }

    /** Which class was taken for which, one panel a group. */
    List<Chart> of(List<Confusion> confusions) {
        boolean ties =
                confusions.stream().anyMatch(counts -> counts.ties().stream().anyMatch(rows -> rows > 0));
        return confusions.stream().map(counts -> confusion(counts, ties)).toList();
    }

    private Chart confusion(Confusion counts, boolean ties) {
        String colour = Charts.colour(question, counts.group());
        String label = counts.group().label();
        List<String> classes = counts.classes();
        List<Object> cells = new ArrayList<>();
        for (int target = 0; target < classes.size(); target++) {
            for (int answer = 0; answer < classes.size(); answer++) {
                // a tie is in the column of what it counts as
                long tied = answer == counts.tie() ? counts.ties().get(target) : 0;
                cells.add(cell(answer, target, counts.count(target, answer), tied, classes, label));
            }
        }
        // the first class on top, though an axis counts from below
        List<String> upwards = new ArrayList<>(classes);
        Collections.reverse(upwards);
        Map<String, Object> across = ChartOption.names("answer", classes);
        across.putAll(ChartOption.of("nameLocation", "middle", "nameGap", 26));
        if (classes.size() > 2) {
            // each name, as far as there is room for it
            across.putAll(ChartOption.of(
                    "axisLabel",
                    ChartOption.of("interval", 0, "width", ACROSS / classes.size(), "overflow", "truncate")));
        }
        Map<String, Object> option = ChartOption.of(
                "grid",
                ChartOption.of("left", 8, "right", 16, "top", 30, "bottom", 28, "containLabel", true),
                "xAxis",
                across,
                "yAxis",
                ChartOption.names("data", upwards),
                "tooltip",
                ChartOption.of("trigger", "item"),
                // one shade for what is right, another for what is not: how many they are stands in the squares
                "visualMap",
                ChartOption.of(
                        "type",
                        "piecewise",
                        "show",
                        false,
                        "dimension",
                        2,
                        "pieces",
                        List.of(
                                ChartOption.of("gt", 0, "color", colour + "55"),
                                ChartOption.of("value", 0, "color", Charts.GREY + "0d"),
                                ChartOption.of("lt", 0, "color", Charts.GREY + "33"))),
                "series",
                List.of(ChartOption.of(
                        "type",
                        "heatmap",
                        "name",
                        label,
                        "label",
                        ChartOption.of("show", true, "color", "ink", "fontSize", 15, "lineHeight", 18),
                        "data",
                        cells)));
        return Chart.panel(
                "Which class is taken for which",
                label,
                (counts.part().equals("test") ? "Rows held back" : "Rows trained on")
                        + (counts.runs() > 1 ? ", of all " + counts.runs() + " runs together" : "")
                        + ". Coloured squares are right."
                        + (ties
                                ? " Tied, without a colour: the answer is the threshold itself, which decides nothing and counts as "
                                        + classes.get(counts.tie()) + "."
                                : ""),
                PANEL + CLASS * (classes.size() - 2),
                option);
    }

    private static Map<String, Object> cell(
            int answer, int data, long count, long ties, List<String> classes, String label) {
        int row = classes.size() - 1 - data;
        boolean right = answer == data;
        String tied = ties == 0 ? "" : ties == count ? "(tied)" : "(" + Numbers.count(ties) + " tied)";
        return ChartOption.of(
                // what only the rule for ties decides is neither right nor wrong
                "value", List.of(answer, row, count > 0 && ties == count ? 0 : right ? 1 : -1),
                "label", ChartOption.of("formatter", Numbers.count(count) + (tied.isEmpty() ? "" : "\n" + tied)),
                "tip",
                        label + ": " + Numbers.count(count, "row") + " with " + classes.get(data)
                                + " in the data answered " + classes.get(answer)
                                + (tied.isEmpty() ? "" : " " + tied));
    }
}
