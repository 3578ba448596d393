package dev.ablate.engine.report.picture;

import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics by update as rows of blocks, for a terminal: a line is high where its metric is. */
public final class SmallCurves {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    /** Columns of a curve. */
    private static final int LENGTH = 32;

    /** A spread below this share of the values is rounding, and drawn flat. */
    private static final double ROUNDING = 1e-9;

    private static final int MOST_METRICS = 2;

    private static final int MOST_LINES = 8;

    /** Labels longer than this leave no room beside them. */
    private static final int LONGEST = 24;

    private SmallCurves() {}

    /**
     * A table a metric, by title; the metrics that are compared come first, the primary one before all.
     *
     * @param compared their names, in order
     * @return empty where there are no curves, or more than a terminal has room for
     */
    public static Map<String, Table> of(List<CurveLine> curves, List<String> compared) {
        Map<String, List<CurveLine>> byMetric = new LinkedHashMap<>();
        compared.forEach(metric -> byMetric.put(metric, new ArrayList<>()));
        for (CurveLine curve : curves) {
            byMetric.computeIfAbsent(curve.name(), none -> new ArrayList<>()).add(curve);
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        byMetric.values().removeIf(List::isEmpty);
        byMetric.forEach((metric, lines) -> {
            boolean fits = lines.size() <= MOST_LINES
                    && lines.stream()
                            .allMatch(line -> Printable.width(line.group().label()) <= LONGEST);
            if (fits && tables.size() < MOST_METRICS) {
                Scale scale = Scale.of(lines);
                tables.put(
                        metric + " by update, 0 to " + Numbers.count(Math.round(scale.last()))
                                + (scale.logarithmic() ? " (log scale)" : ""),
                        table(lines, scale));
            }
        });
        return tables;
    }

    private static Table table(List<CurveLine> lines, Scale scale) {
        Table table = new Table().text("").text("").number("first").number("last");
        for (CurveLine line : lines) {
            List<Band> points = line.points();
            table.row(
                    line.group().label(),
                    drawn(line, scale),
                    Numbers.rounded(points.get(0).mean()),
                    Numbers.rounded(points.get(points.size() - 1).mean()));
        }
        return table;
    }

    /** One block for each part of the updates; none after the last one of a line. */
    static String drawn(CurveLine line, Scale scale) {
        List<Band> points = line.points();
        StringBuilder blocks = new StringBuilder();
        int at = 0;
        for (int column = 0; column < LENGTH; column++) {
            double place = scale.last() * column / (LENGTH - 1);
            while (at < points.size() - 1 && points.get(at + 1).at() <= place) {
                at++;
            }
            if (place > points.get(points.size() - 1).at()) {
                break;
            }
            blocks.append(BLOCKS.charAt(scale.height(points.get(at).mean())));
        }
        return blocks.toString();
    }

    /**
     * What all lines of a metric share.
     *
     * @param last the last update of any
     * @param low the lowest mean
     * @param high the highest mean
     * @param logarithmic whether equal ratios are equal heights
     */
    record Scale(double last, double low, double high, boolean logarithmic) {

        static Scale of(List<CurveLine> lines) {
            double last = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (CurveLine line : lines) {
                for (Band point : line.points()) {
                    last = Math.max(last, point.at());
                    low = Math.min(low, point.mean());
                    high = Math.max(high, point.mean());
                }
            }
            return new Scale(last, low, high, low > 0 && high / low >= 1000);
        }

        /** From 0 to 7. */
        int height(double value) {
            if (high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high))) {
                return 0;
            }
            double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
            return (int) Math.round(share * (BLOCKS.length() - 1));
        }
    }
}
