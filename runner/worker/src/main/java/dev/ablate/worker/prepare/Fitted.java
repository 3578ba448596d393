package dev.ablate.worker.prepare;

import dev.ablate.core.data.Matrix;
import dev.ablate.worker.spec.MissingSettings.Categories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A preparation whose missing values are filled in by what some rows have: those that a run trains on. */
public final class Fitted {

    private final Layout layout;
    private final Matrix unfilled;

    /** What is filled in, by prepared column. */
    private final double[] fills;

    /** By prepared column: whether it marks what no row has that is trained on, so that it says nothing. */
    private final boolean[] blank;

    /** By groups and group: whether a row has it that is trained on. */
    private final boolean[][] met;

    /** By source of categories what is filled in. */
    private final Map<Integer, Integer> most;

    private Fitted(
            Layout layout,
            Matrix unfilled,
            double[] fills,
            boolean[] blank,
            boolean[][] met,
            Map<Integer, Integer> most) {
        this.layout = layout;
        this.most = most;
        this.unfilled = unfilled;
        this.fills = fills;
        this.blank = blank;
        this.met = met;
    }

    static Fitted on(Layout layout, Matrix unfilled, int[] train) {
        Fills fills = new Fills(layout, unfilled, train);
        int width = layout.columns().size();
        double[] values = new double[width];
        boolean[] blank = new boolean[width];
        for (int column = 0; column < width; column++) {
            int index = column;
            values[column] = fills.of(column);
            blank[column] = layout.columns().get(column).isMark()
                    && Arrays.stream(train).noneMatch(row -> filled(unfilled.value(row, index), values[index]) != 0);
        }
        boolean[][] met = new boolean[layout.groups().size()][];
        for (int k = 0; k < met.length; k++) {
            Groups groups = layout.groups().get(k);
            met[k] = new boolean[groups.names().size()];
            for (int row : train) {
                int group = group(layout, groups, row);
                if (group >= 0) {
                    met[k][group] = true;
                }
            }
        }
        Map<Integer, Integer> most = new HashMap<>();
        if (layout.settings().missing().categories() == Categories.MOST) {
            layout.groups()
                    .forEach(groups -> fills.most(groups.source()).ifPresent(code -> most.put(groups.source(), code)));
        }
        return new Fitted(layout, unfilled, values, blank, met, most);
    }

    private static int group(Layout layout, Groups groups, int row) {
        return groups.byCode()[layout.table().category(groups.source(), layout.rows()[row]) + 1];
    }

    private static double filled(double value, double fill) {
        return Double.isNaN(value) ? fill : value;
    }

    /**
     * The numbers that a model sees of some rows, before they are scaled.
     *
     * @param rows indices of rows of the prepared data
     */
    public Matrix filled(int... rows) {
        int width = fills.length;
        double[] values = new double[Math.multiplyExact(rows.length, width)];
        for (int k = 0; k < rows.length; k++) {
            for (int column = 0; column < width; column++) {
                values[k * width + column] = blank[column] ? 0 : filled(unfilled.value(rows[k], column), fills[column]);
            }
        }
        return Matrix.wrap(width, values);
    }

    /**
     * The categories that no row has that is trained on, and some of these rows have: {@code port=Q}. They are encoded as none of those
     * that are known.
     *
     * @param rows indices of rows of the prepared data
     */
    public List<Unmet> unmet(int... rows) {
        List<Unmet> unmet = new ArrayList<>();
        for (int k = 0; k < met.length; k++) {
            Groups groups = layout.groups().get(k);
            int[] counts = new int[groups.names().size()];
            Map<String, Integer> others = new TreeMap<>();
            for (int row : rows) {
                int group = group(layout, groups, row);
                int code = layout.table().category(groups.source(), layout.rows()[row]);
                if (group >= 0) {
                    counts[group]++;
                } else if (code >= 0) {
                    // of a test part in a file of its own
                    String name =
                            layout.table().column(groups.source()).categories().get(code);
                    others.merge(name, 1, Integer::sum);
                }
            }
            for (int group = 0; group < counts.length; group++) {
                if (counts[group] > 0 && !met[k][group]) {
                    unmet.add(new Unmet(
                            layout.table().column(groups.source()).name() + "="
                                    + groups.names().get(group),
                            counts[group]));
                }
            }
            others.forEach((name, count) ->
                    unmet.add(new Unmet(layout.table().column(groups.source()).name() + "=" + name, count)));
        }
        return unmet;
    }

    /**
     * A category that only rows have that are held back.
     *
     * @param name {@code port=Q}
     * @param rows how many
     */
    public record Unmet(String name, int rows) {}

    /**
     * The number that is filled in for missing ones of a feature.
     *
     * @return empty if no number of it is missing, or it holds categories
     */
    public OptionalDouble number(String feature) {
        return IntStream.range(0, fills.length)
                .filter(column -> layout.columns().get(column).kind() == PreparedColumn.Kind.NUMBER
                        && layout.columns().get(column).name().equals(feature))
                .mapToDouble(column -> fills[column])
                .filter(fill -> !Double.isNaN(fill))
                .findFirst();
    }

    /**
     * The category that is filled in for missing ones of a feature.
     *
     * @return empty if none is filled in, or it holds numbers
     */
    public Optional<String> category(String feature) {
        return most.entrySet().stream()
                .filter(source -> layout.table().column(source.getKey()).name().equals(feature)
                        && layout.table().missing(source.getKey()) > 0)
                .map(source ->
                        layout.table().column(source.getKey()).categories().get(source.getValue()))
                .findFirst();
    }

    /** How a row of anybody is encoded, to be stored with a model. */
    public RowEncoding encoding() {
        List<RowEncoding.Input> inputs = layout.sources().stream()
                .map(source -> new RowEncoding.Input(
                        layout.table().column(source).name(),
                        layout.table().column(source).categories()))
                .toList();
        List<RowEncoding.Output> outputs = IntStream.range(0, fills.length)
                .mapToObj(column -> output(layout.columns().get(column), fills[column], blank[column]))
                .toList();
        return new RowEncoding(inputs, outputs);
    }

    private RowEncoding.Output output(PreparedColumn column, double fill, boolean isBlank) {
        int input = layout.sources().indexOf(column.source());
        double[] byCode = column.byCode();
        List<Double> values = Arrays.stream(byCode)
                .skip(1)
                .map(value -> isBlank ? 0 : value)
                .boxed()
                .toList();
        double missing = byCode.length > 0 && !Double.isNaN(byCode[0]) ? byCode[0] : fill;
        boolean indicator = column.kind() == PreparedColumn.Kind.INDICATOR;
        if (indicator) {
            missing = 1;
        }
        return new RowEncoding.Output(
                input, indicator, values, Double.isNaN(missing) ? null : isBlank ? Double.valueOf(0) : missing);
    }
}
