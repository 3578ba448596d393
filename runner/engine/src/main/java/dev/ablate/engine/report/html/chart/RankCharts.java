package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.across.MeanRanks;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Critical-difference diagrams: the mean ranks of variants over data sets on one axis, and bars below those that are not distinguished from
 * one another. For information alone: what they show depends on who else is compared.
 */
final class RankCharts {

    /** From a bar to the next, and from a name to the next. */
    private static final double ROW = 0.6;

    /** Room for a name beside the axis, in pixels. */
    private static final int NAMES = 112;

    /** More characters are cut off: they would be a third line. */
    private static final int LONGEST = 26;

    private final MeanRanks ranks;
    private final Question question;

    private RankCharts(MeanRanks ranks, Question question) {
        this.ranks = ranks;
        this.question = question;
    }

    /** Nothing below three variants or on too few data sets. */
    static List<Chart> of(Findings findings) {
        return MeanRanks.of(findings).stream()
                .map(ranks -> new RankCharts(ranks, findings.question()).chart())
                .toList();
    }

    private Chart chart() {
        List<String> names = List.copyOf(ranks.ranks().keySet());
        int k = names.size();
        double most = Math.max(k, 1 + ranks.criticalDifference());
        List<Object> series = new ArrayList<>();
        double depth = 0;
        for (List<String> group : ranks.groups()) {
            depth += ROW;
            series.add(line(
                    "", "faint", 6, ranks.rank(group.get(0)), depth, ranks.rank(group.get(group.size() - 1)), depth));
        }
        int left = (k + 1) / 2;
        double lowest = depth;
        for (int place = 0; place < k; place++) {
            String name = names.get(place);
            boolean isLeft = place < left;
            double y = depth + ROW * (isLeft ? place + 1 : k - place);
            lowest = Math.max(lowest, y);
            String colour = Palette.colour(question.variants().indexOf(name));
            double rank = ranks.rank(name);
            series.add(line(name, colour, 2, rank, 0, rank, y, isLeft ? 1 : most, y));
            series.add(words(
                    name,
                    isLeft ? "left" : "right",
                    Numbers.rounded(rank, Numbers.SENTENCE) + " " + shortened(name),
                    isLeft ? 1 : most,
                    y));
        }
        // where no line comes down
        lowest += ROW;
        series.add(line("", "ink", 3, 1, lowest, 1 + ranks.criticalDifference(), lowest));
        series.add(words("", "right", "critical difference", 1 + ranks.criticalDifference(), lowest));
        Map<String, Object> across = ChartOption.axis("mean rank, 1 is the best", Ticks.from(DoubleStream.of(1, most)));
        across.putAll(ChartOption.of("position", "top", "nameLocation", "middle", "nameGap", 28));
        Map<String, Object> down = ChartOption.of(
                "type", "value", "inverse", true, "show", false, "min", 0, "max", ChartOption.number(lowest + ROW / 2));
        Map<String, Object> option = ChartOption.of(
                "grid",
                ChartOption.of("left", NAMES, "right", NAMES, "top", 50, "bottom", 10),
                "xAxis",
                across,
                "yAxis",
                down,
                "tooltip",
                ChartOption.of("trigger", "item"),
                "series",
                series);
        return Chart.of(title(), note(), 70 + (int) Math.round(44 * lowest), List.of(), option);
    }

    private String title() {
        String cell = ranks.cell().isEmpty() ? "" : ", " + PlannedRun.cellLabel(ranks.cell());
        return "Mean ranks by " + ranks.metric().name() + " across data sets" + cell;
    }

    private String note() {
        int k = ranks.ranks().size();
        String friedman = Double.isNaN(ranks.f())
                ? " All variants tie on every data set."
                : " Friedman's test, Iman and Davenport's F(" + (k - 1) + ", "
                        + Numbers.count((long) (k - 1) * (ranks.dataSets() - 1)) + ") = "
                        + (Double.isInfinite(ranks.f()) ? "infinite" : Numbers.rounded(ranks.f(), Numbers.SENTENCE))
                        + ", p = " + Numbers.rounded(ranks.p(), Numbers.SENTENCE) + ".";
        return "Over " + Numbers.count(ranks.dataSets(), "data set")
                + ". A bar joins variants that are not distinguished: their mean ranks differ by no more than "
                + Numbers.rounded(ranks.criticalDifference(), Numbers.SENTENCE)
                + ", Nemenyi's critical difference at 0.05." + friedman
                + " All of this depends on who else is compared, so that no verdict is taken from it.";
    }

    /** Through points, x and y in turn. */
    private static Map<String, Object> line(String name, String colour, int width, double... places) {
        List<Object> points = new ArrayList<>();
        for (int i = 0; i < places.length; i += 2) {
            points.add(ChartOption.point(places[i], places[i + 1]));
        }
        return ChartOption.of(
                "type",
                "line",
                "name",
                name,
                "color",
                colour,
                "silent",
                true,
                "showSymbol",
                false,
                "lineStyle",
                ChartOption.of("width", width),
                "data",
                points);
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST)) + "...";
    }

    /** A name is data, whatever signs are in it: a label that is a pattern would read braces. */
    private static Map<String, Object> words(String series, String side, String words, double x, double y) {
        return ChartOption.of(
                "type",
                "scatter",
                "name",
                series,
                "silent",
                true,
                "symbolSize",
                1,
                "color",
                "ink",
                "label",
                ChartOption.of(
                        "show",
                        true,
                        "position",
                        side,
                        "formatter",
                        "{b}",
                        "color",
                        "ink",
                        "width",
                        NAMES - 8,
                        "overflow",
                        "break",
                        "fontSize",
                        11,
                        "lineHeight",
                        12),
                "data",
                List.of(ChartOption.of("name", words, "value", ChartOption.point(x, y))));
    }
}
