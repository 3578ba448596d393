package dev.ablate.core.metric;

import java.util.Objects;

/**
 * The closed range in which all values of a metric are.
 *
 * @param least the lower limit, reached or only approached; minus infinity if there is none
 * @param most the upper limit, reached or only approached; infinity if there is none
 */
public record MetricRange(double least, double most) {

    /** Any number. */
    public static final MetricRange ANY = new MetricRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** 0 and all above, as of an error that has no sign. */
    public static final MetricRange FROM_0 = new MetricRange(0, Double.POSITIVE_INFINITY);

    /** From 0 to 1, as of a share. */
    public static final MetricRange SHARE = new MetricRange(0, 1);

    /**
     * @throws IllegalArgumentException if there is at most one number in the range
     */
    public MetricRange {
        // also if one is NaN
        if (!(least < most)) {
            throw new IllegalArgumentException("a metric's values are not all from " + least + " to " + most);
        }
    }

    /** Whether a value is in the range, its limits included; NaN is not. */
    public boolean contains(double value) {
        return least <= value && value <= most;
    }

    /** Whether it ends at 1, which is all of something: per cent of such a value say nothing that the value does not. */
    public boolean endsAt1() {
        return most == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricRange that
                && Double.compare(least, that.least) == 0
                && Double.compare(most, that.most) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(least, most);
    }
}
