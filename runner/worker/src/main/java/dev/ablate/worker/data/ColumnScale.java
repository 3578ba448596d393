package dev.ablate.worker.data;

import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.Arrays;

/**
 * How one column is scaled: {@code (x - shift) / divisor}.
 *
 * @param shift in the column's raw unit
 * @param divisor in the column's raw unit, never 0; like the shift it is not finite where the column's values are too far apart
 * @param flat whether the divisor would have been 0, and is 1 instead
 */
public record ColumnScale(double shift, double divisor, boolean flat) {

    /** Leaves a column as it is. */
    static final ColumnScale NONE = new ColumnScale(0, 1, false);

    /**
     * Fits a method to a column.
     *
     * @param column its raw values, at least one
     */
    public static ColumnScale fit(Method method, double[] column) {
        return switch (method) {
            case NONE -> NONE;
            case MAX -> by(0, Arrays.stream(column).map(Math::abs).max().orElseThrow());
            case MIN_MAX -> {
                double min = Arrays.stream(column).min().orElseThrow();
                yield by(min, Arrays.stream(column).max().orElseThrow() - min);
            }
            case STANDARD -> standard(column);
        };
    }

    private static ColumnScale by(double shift, double divisor) {
        return divisor == 0 ? new ColumnScale(shift, 1, true) : new ColumnScale(shift, divisor, false);
    }

    private static ColumnScale standard(double[] column) {
        if (Arrays.stream(column).allMatch(value -> value == column[0])) {
            // exactly, whatever the rounding of the mean
            return by(column[0], 0);
        }
        double sum = 0;
        for (double value : column) {
            sum += value;
        }
        double mean = sum / column.length;
        double farthest = 0;
        for (double value : column) {
            farthest = Math.max(farthest, Math.abs(value - mean));
        }
        // as shares of the farthest, so that no square overflows or vanishes
        double squares = 0;
        for (double value : column) {
            double share = (value - mean) / farthest;
            squares += share * share;
        }
        return by(mean, farthest * Math.sqrt(squares / column.length));
    }

    /** A raw value, scaled. */
    public double scaled(double raw) {
        return (raw - shift) / divisor;
    }

    /** A scaled value in the column's raw unit. */
    public double raw(double scaled) {
        return scaled * divisor + shift;
    }
}
