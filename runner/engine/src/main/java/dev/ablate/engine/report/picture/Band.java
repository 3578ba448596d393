package dev.ablate.engine.report.picture;

import java.util.List;
import java.util.Objects;

/**
 * What several runs have at one place: their mean and how far they lie apart.
 *
 * @param at the place: an update, or a feature's value
 * @param mean over the runs
 * @param low the lowest of them
 * @param high the highest of them
 */
public record Band(double at, double mean, double low, double high) {

    /** Of at least one finite value. */
    public static Band of(double at, List<Double> values) {
        return of(at, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Of at least one finite value. */
    static Band of(double at, double[] values) {
        double sum = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            sum += value;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        // rounding must not carry the mean of equal values out of the band
        return new Band(at, Math.max(low, Math.min(high, sum / values.length)), low, high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Band that
                && Double.compare(at, that.at) == 0
                && Double.compare(mean, that.mean) == 0
                && Double.compare(low, that.low) == 0
                && Double.compare(high, that.high) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, mean, low, high);
    }
}
