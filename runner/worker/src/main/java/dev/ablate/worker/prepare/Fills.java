package dev.ablate.worker.prepare;

import dev.ablate.core.data.Matrix;
import dev.ablate.worker.spec.MissingSettings.Categories;
import dev.ablate.worker.spec.MissingSettings.Numbers;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/** What is filled in for missing values, by the values that some rows have. */
final class Fills {

    private final Layout layout;
    private final Matrix unfilled;
    private final int[] train;

    Fills(Layout layout, Matrix unfilled, int[] train) {
        this.layout = layout;
        this.unfilled = unfilled;
        this.train = train;
    }

    /** What is filled in in a prepared column; NaN if nothing is ever missing in it. */
    double of(int column) {
        PreparedColumn prepared = layout.columns().get(column);
        if (layout.table().missing(prepared.source()) == 0
                || Layout.drops(
                        layout.table(), prepared.source(), layout.settings().missing())) {
            return Double.NaN;
        }
        return switch (prepared.kind()) {
            case NUMBER -> number(layout.settings().missing().numbers(), values(column));
            case INDICATOR -> Double.NaN;
            case CATEGORY, RANK -> category(prepared);
        };
    }

    private double[] values(int column) {
        return Arrays.stream(train)
                .mapToDouble(row -> unfilled.value(row, column))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** By the values that are there; 0 where there is none. */
    static double number(Numbers how, double[] values) {
        if (values.length == 0) {
            return 0;
        }
        return switch (how) {
            case MEAN -> DoubleStream.of(values).sum() / values.length;
            case MEDIAN -> median(values.clone());
            case ZERO, DROP, REFUSE -> 0;
        };
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
    }

    /** Its number at the most frequent category, if that is asked for. */
    private double category(PreparedColumn column) {
        if (layout.settings().missing().categories() != Categories.MOST) {
            return Double.NaN;
        }
        OptionalInt most = most(column.source());
        return most.isEmpty() ? 0 : column.byCode()[most.getAsInt() + 1];
    }

    /** The index of the category that most rows have; empty if none has one. */
    OptionalInt most(int source) {
        int[] counts = new int[layout.table().column(source).categories().size()];
        for (int row : train) {
            int code = layout.table().category(source, layout.rows()[row]);
            if (code >= 0) {
                counts[code]++;
            }
        }
        int most = 0;
        for (int code = 1; code < counts.length; code++) {
            most = counts[code] > counts[most] ? code : most;
        }
        return counts[most] == 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }
}
