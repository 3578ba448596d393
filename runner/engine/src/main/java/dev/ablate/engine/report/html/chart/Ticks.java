package dev.ablate.engine.report.html.chart;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Where an axis of numbers begins and ends, and how far its ticks lie apart: 1, 2 or 5 of a power of ten, at whole multiples of that.
 *
 * @param from the lowest value
 * @param to the highest value, above {@code from}
 * @param step from tick to tick
 */
record Ticks(double from, double to, double step) {

    /** More steps than this make no axis easier to read. */
    private static final int MOST = 8;

    /** The same for an axis of a small chart. */
    private static final int FEW = 4;

    /** A probability, with the middle, where a class ends. */
    static final Ticks PROBABILITY = new Ticks(0, 1, 0.5);

    /** From a multiple of the step below the values to one above them; values that are not finite do not count. */
    static Ticks around(DoubleStream values) {
        Ticks exact = from(values, MOST);
        return new Ticks(
                multiple(Math.floor(rounded(exact.from / exact.step)), exact.step),
                multiple(Math.ceil(rounded(exact.to / exact.step)), exact.step),
                exact.step);
    }

    /** From the lowest of the values to the highest. */
    static Ticks from(DoubleStream values) {
        return from(values, MOST);
    }

    /** From the lowest of the values to the highest, in a small chart. */
    static Ticks few(DoubleStream values) {
        return from(values, FEW);
    }

    private static Ticks from(DoubleStream values, int most) {
        double[] finite = values.filter(Double::isFinite).sorted().toArray();
        double low = finite.length == 0 ? 0 : finite[0];
        double high = finite.length == 0 ? 0 : finite[finite.length - 1];
        // one value alone is seen beside 0, and 0 alone below 1
        boolean apart = high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        double from = apart ? low : Math.min(0, low);
        double to = apart ? high : low == 0 ? 1 : Math.max(0, high);
        return new Ticks(from, to, step(to - from, most));
    }

    /** Puts it into the options of an axis; an end that is not a multiple of the step has no label. */
    void into(Map<String, Object> axis) {
        // ECharts counts a given interval from the end of the axis, and finds multiples of it only by their number
        axis.putAll(ChartOption.of("min", exact(from), "max", exact(to), "splitNumber", exact((to - from) / step)));
        axis.put("axisLabel", ChartOption.of("showMinLabel", isTick(from), "showMaxLabel", isTick(to)));
    }

    private boolean isTick(double end) {
        double steps = end / step;
        return Math.abs(steps - Math.rint(steps)) < 1e-6;
    }

    private static double step(double range, int most) {
        double power = Math.pow(10, Math.floor(Math.log10(range / most)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(times -> multiple(times, power))
                .filter(step -> range / step <= most * (1 + 1e-9))
                .findFirst()
                .orElse(range);
    }

    /** 2.9999999999999996 is 3. */
    private static double rounded(double steps) {
        return Math.abs(steps - Math.rint(steps)) < 1e-6 ? Math.rint(steps) : steps;
    }

    /** 3 times 0.1 is 0.3, and not 0.30000000000000004. */
    private static double multiple(double times, double step) {
        return BigDecimal.valueOf(times).multiply(BigDecimal.valueOf(step)).doubleValue();
    }

    /** All digits, as an end that is rounded would cut off a point. */
    private static Object exact(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros();
    }
}
