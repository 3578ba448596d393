package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.report.picture.Dot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoublePredicate;

/**
 * The outlines of where the values of a grid lie above a level, by marching squares: straight lines through the squares between four
 * neighbours, which meet the sides where linear interpolation finds the level.
 *
 * <p>An outline runs round what is above with that to its left, so holes run the other way round; what reaches the edge of the grid
 * ends there. A value that is not finite is above nothing.
 */
final class Contour {

    /** Points that lie closer than this to a line, in squares, are not a corner of it. */
    private static final double FLAT = 0.02;

    private final int side;
    private final List<Double> values;
    private final double level;
    private final DoublePredicate above;

    /** From the end of each piece of an outline to the next one's; a point is named by the side of a square on which it lies. */
    private final Map<Integer, Integer> next = new LinkedHashMap<>();

    private final Map<Integer, Dot> places = new LinkedHashMap<>();

    private Contour(int side, List<Double> values, double level, DoublePredicate above) {
        this.side = side;
        this.values = values;
        this.level = level;
        this.above = above;
    }

    /**
     * The outlines, each a closed polygon.
     *
     * @param side how many values there are in each direction, at least 2
     * @param values from left to right and then upwards, {@code [side * side]}
     * @param level where outlines run between values
     * @param above which finite values lie inside
     * @return corners in steps of the grid, from (0, 0) to (side - 1, side - 1)
     */
    static List<List<Dot>> of(int side, List<Double> values, double level, DoublePredicate above) {
        return new Contour(side, values, level, above).outlines();
    }

    private List<List<Dot>> outlines() {
        // a rim of squares around the grid, outside of which nothing is above, closes what reaches the edge
        for (int y = -1; y < side; y++) {
            for (int x = -1; x < side; x++) {
                square(x, y);
            }
        }
        List<List<Dot>> outlines = new ArrayList<>();
        while (!next.isEmpty()) {
            List<Dot> outline = new ArrayList<>();
            int at = next.keySet().iterator().next();
            while (next.containsKey(at)) {
                outline.add(Objects.requireNonNull(places.get(at)));
                at = Objects.requireNonNull(next.remove(at));
            }
            List<Dot> corners = corners(outline);
            if (corners.size() > 2) {
                outlines.add(corners);
            }
        }
        return outlines;
    }

    /** The pieces of outlines inside of the square that is to the right of and above a place. */
    private void square(int x, int y) {
        boolean southWest = inside(x, y);
        boolean southEast = inside(x + 1, y);
        boolean northEast = inside(x + 1, y + 1);
        boolean northWest = inside(x, y + 1);
        int south = across(x, y);
        int east = up(x + 1, y);
        int north = across(x, y + 1);
        int west = up(x, y);
        int corners = (southWest ? 1 : 0) + (southEast ? 2 : 0) + (northEast ? 4 : 0) + (northWest ? 8 : 0);
        // what is inside lies to the left of a piece
        switch (corners) {
            case 1 -> piece(south, west);
            case 2 -> piece(east, south);
            case 3 -> piece(east, west);
            case 4 -> piece(north, east);
            case 5 -> {
                piece(south, west);
                piece(north, east);
            }
            case 6 -> piece(north, south);
            case 7 -> piece(north, west);
            case 8 -> piece(west, north);
            case 9 -> piece(south, north);
            case 10 -> {
                piece(east, south);
                piece(west, north);
            }
            case 11 -> piece(east, north);
            case 12 -> piece(west, east);
            case 13 -> piece(south, east);
            case 14 -> piece(west, south);
            default -> {
                // all of it on one side
            }
        }
    }

    private void piece(int from, int to) {
        next.put(from, to);
    }

    /** The side of a square from a place to the right. */
    private int across(int x, int y) {
        int name = 2 * ((y + 1) * (side + 2) + x + 1);
        if (inside(x, y) != inside(x + 1, y)) {
            places.putIfAbsent(name, new Dot(clamped(x + share(x, y, x + 1, y)), clamped(y)));
        }
        return name;
    }

    /** The side of a square from a place upwards. */
    private int up(int x, int y) {
        int name = 2 * ((y + 1) * (side + 2) + x + 1) + 1;
        if (inside(x, y) != inside(x, y + 1)) {
            places.putIfAbsent(name, new Dot(clamped(x), clamped(y + share(x, y, x, y + 1))));
        }
        return name;
    }

    /** How far from one place to the other the level is; where one has no value, at the one that has. */
    private double share(int x, int y, int toX, int toY) {
        double from = value(x, y);
        double to = value(toX, toY);
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            return Double.isFinite(to) ? 1 : 0;
        }
        return Math.max(0, Math.min(1, (level - from) / (to - from)));
    }

    private boolean inside(int x, int y) {
        double value = value(x, y);
        return Double.isFinite(value) && above.test(value);
    }

    private double value(int x, int y) {
        boolean there = x >= 0 && y >= 0 && x < side && y < side;
        return there ? values.get(y * side + x) : Double.NaN;
    }

    private double clamped(double place) {
        return Math.max(0, Math.min(side - 1.0, place));
    }

    /** Without the points between which a line is straight. */
    private static List<Dot> corners(List<Dot> outline) {
        List<Dot> corners = new ArrayList<>();
        int size = outline.size();
        int from = 0;
        corners.add(outline.get(0));
        while (from < size) {
            int to = from + 1;
            while (to < size && straight(outline, from, to + 1)) {
                to++;
            }
            if (to < size) {
                corners.add(outline.get(to));
            }
            from = to;
        }
        return corners;
    }

    /** Whether all points between two of an outline, whose end is its beginning, lie on the line between them. */
    private static boolean straight(List<Dot> outline, int from, int to) {
        Dot start = outline.get(from);
        Dot end = outline.get(to % outline.size());
        double length = Math.hypot(end.x() - start.x(), end.y() - start.y());
        for (int i = from + 1; i < to; i++) {
            Dot point = outline.get(i);
            double away = length == 0
                    ? Math.hypot(point.x() - start.x(), point.y() - start.y())
                    : Math.abs((end.x() - start.x()) * (point.y() - start.y())
                                    - (end.y() - start.y()) * (point.x() - start.x()))
                            / length;
            // a point beyond either end is on the line, but not between them
            double along =
                    (point.x() - start.x()) * (end.x() - start.x()) + (point.y() - start.y()) * (end.y() - start.y());
            if (away > FLAT || along < 0 || along > length * length) {
                return false;
            }
        }
        return true;
    }
}
