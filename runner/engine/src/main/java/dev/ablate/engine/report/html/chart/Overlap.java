package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import java.util.List;

/** Which lines of a chart lie under others, so that nobody sees them unless they are drawn wider. */
final class Overlap {

    /** Lines that are nearer than this share of the height touch each other. */
    private static final double TOUCH = 1.0 / 250;

    /** A line of which so much is hidden is easily taken for one that is not there. */
    private static final double HIDDEN = 0.8;

    private Overlap() {}

    /**
     * How many of the later lines hide a line for most of its length if it is no wider.
     *
     * @param all the lines of the chart, the later ones above
     * @param logarithmic whether equal ratios are equal heights
     */
    static int beneath(CurveLine line, List<CurveLine> all, boolean logarithmic) {
        double[] heights = all.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(point -> height(point.mean(), logarithmic))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double touch = heights.length == 0 ? 0 : TOUCH * (heights[heights.length - 1] - heights[0]);
        return (int) all.stream()
                .skip(all.indexOf(line) + 1L)
                .filter(other -> isHidden(line, other, touch, logarithmic))
                .count();
    }

    /** Whether at so many points, or for so much of the way, another line is where this one is. */
    private static boolean isHidden(CurveLine line, CurveLine other, double touch, boolean logarithmic) {
        List<Band> points = line.points();
        boolean[] touches = new boolean[points.size()];
        int touching = 0;
        for (int i = 0; i < touches.length; i++) {
            double there = at(other, points.get(i).at(), logarithmic);
            touches[i] = Math.abs(height(points.get(i).mean(), logarithmic) - there) <= touch;
            touching += touches[i] ? 1 : 0;
        }
        double way = 0;
        for (int i = 1; i < touches.length; i++) {
            way += touches[i] && touches[i - 1]
                    ? points.get(i).at() - points.get(i - 1).at()
                    : 0;
        }
        double length = points.get(points.size() - 1).at() - points.get(0).at();
        return touching >= HIDDEN * points.size() && (length == 0 || touches.length < 12 || way >= HIDDEN * length);
    }

    /** How high a line is at a place, between its points too; NaN where it is not. */
    private static double at(CurveLine line, double place, boolean logarithmic) {
        List<Band> points = line.points();
        for (int i = 0; i < points.size(); i++) {
            Band point = points.get(i);
            double height = height(point.mean(), logarithmic);
            if (point.at() == place) {
                return height;
            }
            if (point.at() > place) {
                if (i == 0) {
                    return Double.NaN;
                }
                Band before = points.get(i - 1);
                double share = (place - before.at()) / (point.at() - before.at());
                double low = height(before.mean(), logarithmic);
                return low + share * (height - low);
            }
        }
        return Double.NaN;
    }

    private static double height(double value, boolean logarithmic) {
        return logarithmic ? Math.log(value) : value;
    }
}
