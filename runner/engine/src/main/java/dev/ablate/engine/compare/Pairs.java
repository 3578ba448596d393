package dev.ablate.engine.compare;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.engine.compare.Effect.Tally;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Two equally long series, paired. */
final class Pairs {

    private final double[] baseline;
    private final double[] variant;
    private final double resolution;

    /**
     * Of finite values, {@code [n]} each.
     *
     * @param resolution closer values differ by rounding, too; 0 or more
     */
    Pairs(double[] baseline, double[] variant, double resolution) {
        this.resolution = resolution;
        this.baseline = baseline.clone();
        this.variant = variant.clone();
    }

    /** {@code [n]}. */
    double[] baseline() {
        return baseline.clone();
    }

    /** {@code [n]}. */
    double[] variant() {
        return variant.clone();
    }

    int n() {
        return baseline.length;
    }

    /** Variant minus baseline, {@code [n]}; 0 where they differ by rounding alone, so that no test takes that for an effect. */
    double[] differences() {
        return IntStream.range(0, n())
                .mapToDouble(i -> isSame(baseline[i], variant[i]) ? 0 : variant[i] - baseline[i])
                .toArray();
    }

    Tally tally(Goal goal) {
        int wins = 0;
        int ties = 0;
        for (int i = 0; i < n(); i++) {
            if (isSame(baseline[i], variant[i])) {
                ties++;
            } else if ((variant[i] < baseline[i]) == (goal == Goal.MINIMIZE)) {
                wins++;
            }
        }
        return new Tally(wins, ties, n() - wins - ties);
    }

    /** 0 where a number in the unit of the differences is less than their rounding: no digit of it means anything. */
    double settled(double value) {
        double least = Arrays.stream(differences())
                .map(Math::abs)
                .filter(difference -> difference > 0)
                .min()
                .orElse(0);
        return Math.abs(value) <= Math.max(resolution, Metric.ROUNDING * least) ? 0 : value;
    }

    /** NaN without a value. */
    static double mean(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        // around the first value, so that the mean of equal values is that value
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return values[0] + sum / values.length;
    }

    /** Divided by n - 1; NaN below two values. */
    static double sd(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double widest =
                Arrays.stream(values).map(value -> Math.abs(value - mean)).max().orElse(0);
        if (widest == 0) {
            return 0;
        }
        // in units of the widest, since squares of a diverging error overflow
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) / widest)
                .map(d -> d * d)
                .sum();
        return widest * Math.sqrt(squares / (values.length - 1));
    }

    /** Whether neither side varies from pair to pair; there are at least two. */
    boolean areConstant() {
        return n() > 1
                && IntStream.range(1, n())
                        .allMatch(i -> isSame(baseline[0], baseline[i]) && isSame(variant[0], variant[i]));
    }

    private boolean isSame(double a, double b) {
        return Math.abs(a - b) <= Math.max(resolution, Metric.ROUNDING * Math.max(Math.abs(a), Math.abs(b)));
    }
}
