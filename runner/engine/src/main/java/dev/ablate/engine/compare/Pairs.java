package dev.ablate.engine.compare;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.plan.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The values of two series at the pairs that both have. */
final class Pairs {

    private final List<Pair> pairs = new ArrayList<>();
    private final double[] baseline;
    private final double[] variant;
    private final double[] differences;
    private final double resolution;

    /** The smallest absolute difference that is not 0; 0 without one. */
    private final double least;

    /**
     * Of finite values.
     *
     * @param wanted the question's first pairs
     * @param resolution closer values differ by rounding, too; 0 or more
     */
    Pairs(List<Pair> wanted, Series baseline, Series variant, double resolution) {
        this.resolution = resolution;
        double[] theirs = baseline.values(wanted.size());
        double[] ours = variant.values(wanted.size());
        for (int place = 0; place < theirs.length; place++) {
            if (!Double.isNaN(theirs[place]) && !Double.isNaN(ours[place])) {
                // towards the beginning, over what was read
                theirs[pairs.size()] = theirs[place];
                ours[pairs.size()] = ours[place];
                pairs.add(wanted.get(place));
            }
        }
        this.baseline = Arrays.copyOf(theirs, pairs.size());
        this.variant = Arrays.copyOf(ours, pairs.size());
        this.differences =
                IntStream.range(0, pairs.size()).mapToDouble(this::difference).toArray();
        this.least = Arrays.stream(differences)
                .map(Math::abs)
                .filter(difference -> difference > 0)
                .min()
                .orElse(0);
    }

    /** 0 where they differ by rounding alone, so that no test takes that for an effect. */
    private double difference(int index) {
        return isSame(baseline[index], variant[index]) ? 0 : variant[index] - baseline[index];
    }

    /** The pairs that both have a value of, in the question's order. */
    List<Pair> pairs() {
        return Collections.unmodifiableList(pairs);
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

    /** Variant minus baseline, {@code [n]}; 0 where rounding alone differs. */
    double[] differences() {
        return differences.clone();
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
