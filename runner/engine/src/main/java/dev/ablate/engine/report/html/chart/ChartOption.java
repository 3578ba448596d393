package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.report.picture.Dot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of ECharts options: maps and lists that gson writes.
 *
 * <p>What JSON cannot say is left to {@code report.js}: {@code renderItem} is the name of a function there, and the colours
 * {@code ink}, {@code faint} and {@code paper} are those of the page, which may be light or dark.
 */
final class ChartOption {

    /** More digits than anybody sees in a chart. */
    private static final MathContext SEEN = new MathContext(5);

    private static final double LEAST = 1e-300;

    private ChartOption() {}

    /** Names and values in turn, in this order. */
    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** A number as it is written into a chart; {@code -}, a gap, where it is not finite. */
    static Object number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value;
        }
        return Math.abs(value) < LEAST ? 0 : new BigDecimal(value).round(SEEN).stripTrailingZeros();
    }

    /** A point. */
    static List<Object> point(double... values) {
        return Arrays.stream(values).mapToObj(ChartOption::number).toList();
    }

    /** An axis of numbers. */
    static Map<String, Object> axis(String name, Ticks ticks) {
        // at the edge of the plane, also where 0 is inside of it
        Map<String, Object> axis = of("type", "value", "name", name, "axisLine", of("onZero", false));
        ticks.into(axis);
        return axis;
    }

    /** An axis on which equal ratios are equal distances; it ends at powers of ten. */
    static Map<String, Object> logarithmic(String name) {
        return of("type", "log", "name", name + " (log scale)", "scale", true, "axisLine", of("onZero", false));
    }

    /** An axis of names. */
    static Map<String, Object> names(String name, List<String> names) {
        return of("type", "category", "name", name, "data", names);
    }

    /** Names, each of a row of its own: they stand to the left of everything, and need no line. */
    static Map<String, Object> rows(List<String> names) {
        Map<String, Object> rows = names("", names);
        rows.putAll(of("axisLine", of("show", false), "axisTick", of("show", false)));
        return rows;
    }

    /** Across and up, with room for their names. */
    static Map<String, Object> plane(Map<String, Object> across, Map<String, Object> up) {
        across.putAll(of("nameLocation", "middle", "nameGap", 28));
        up.putAll(of("nameLocation", "end", "nameTextStyle", of("align", "left")));
        return of(
                "grid",
                of("left", 12, "right", 32, "top", 34, "bottom", 30, "containLabel", true),
                "xAxis",
                across,
                "yAxis",
                up);
    }

    /** Whether numbers above 0 lie so far apart that only a logarithmic axis shows them all. */
    static boolean wide(double least, double most) {
        return least > 0 && most / least >= 1000;
    }

    /** A dashed line through points, to compare others with. */
    static Map<String, Object> dashed(String name, List<Object> points) {
        return of(
                "type",
                "line",
                "name",
                name,
                "color",
                "ink",
                "silent",
                true,
                "showSymbol",
                false,
                "lineStyle",
                of("width", 1, "type", List.of(4, 4)),
                "data",
                points);
    }

    /** Each dot as a pair. */
    static List<Object> points(List<Dot> dots) {
        return List.copyOf(
                dots.stream().<Object>map(dot -> point(dot.x(), dot.y())).toList());
    }
}
