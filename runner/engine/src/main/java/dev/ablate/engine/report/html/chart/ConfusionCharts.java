package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.picture.Confusion;
import java.util.List;
import java.util.Map;

/** Which class was taken for which. */
final class ConfusionCharts {

    private static final int PANEL = 210;

    private final Question question;

    ConfusionCharts(Question question) {
        this.question = question;
    }

    /** Which class was taken for which, one panel a group. */
    List<Chart> of(List<Confusion> confusions) {
        boolean ties = confusions.stream().anyMatch(counts -> counts.zeroTies() + counts.oneTies() > 0);
        return confusions.stream().map(counts -> confusion(counts, ties)).toList();
    }

    private Chart confusion(Confusion counts, boolean ties) {
        String colour = Charts.colour(question, counts.group());
        String label = counts.group().label();
        List<String> classes = counts.classes();
        // a tie is in the column of what it counts as
        long as0 = counts.tie() == 0 ? 1 : 0;
        long as1 = 1 - as0;
        List<Object> cells = List.of(
                cell(0, 1, counts.zeroAsZero(), as0 * counts.zeroTies(), classes, label),
                cell(1, 1, counts.zeroAsOne(), as1 * counts.zeroTies(), classes, label),
                cell(0, 0, counts.oneAsZero(), as0 * counts.oneTies(), classes, label),
                cell(1, 0, counts.oneAsOne(), as1 * counts.oneTies(), classes, label));
        Map<String, Object> across = ChartOption.names("answer", classes);
        across.putAll(ChartOption.of("nameLocation", "middle", "nameGap", 26));
        Map<String, Object> option = ChartOption.of(
                "grid",
                ChartOption.of("left", 8, "right", 16, "top", 30, "bottom", 28, "containLabel", true),
                "xAxis",
                across,
                "yAxis",
                ChartOption.names("data", List.of(classes.get(1), classes.get(0))),
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
                        ChartOption.of("show", true, "color", "ink", "fontSize", 15),
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
                PANEL,
                option);
    }

    private static Map<String, Object> cell(
            int answer, int row, long count, long ties, List<String> classes, String label) {
        int data = 1 - row;
        boolean right = answer == data;
        String tied = ties == 0 ? "" : ties == count ? " (tied)" : " (" + Numbers.count(ties) + " tied)";
        return ChartOption.of(
                // what only the rule for ties decides is neither right nor wrong
                "value", List.of(answer, row, count > 0 && ties == count ? 0 : right ? 1 : -1),
                "label", ChartOption.of("formatter", Numbers.count(count) + tied),
                "tip",
                        label + ": " + Numbers.count(count, "row") + " with " + classes.get(data)
                                + " in the data answered " + classes.get(answer) + tied);
    }
}
