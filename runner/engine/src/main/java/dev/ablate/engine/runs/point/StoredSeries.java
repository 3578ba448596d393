package dev.ablate.engine.runs.point;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One series of an attempt.
 *
 * @param steps rising, {@code [n]}
 * @param values finite, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // read, and never compared
public record StoredSeries(long[] steps, double[] values) {

    /** How many steps it has. */
    public int size() {
        return steps.length;
    }

    /** Where the last step is that is not above {@code step}; negative if all are. */
    public int at(long step) {
        int found = Arrays.binarySearch(steps, step);
        return found >= 0 ? found : -found - 2;
    }

    /** One that is being read. */
    static final class Reading {

        private long[] steps = new long[64];
        private double[] values = new double[64];
        private int size;
        private boolean rising = true;

        void add(long step, double value) {
            if (size == steps.length) {
                steps = Arrays.copyOf(steps, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            rising &= size == 0 || step > steps[size - 1];
            steps[size] = step;
            values[size] = value;
            size++;
        }

        StoredSeries series() {
            if (rising) {
                return new StoredSeries(Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
            }
            // an attempt that was resumed may have added a step between those that were there
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted((a, b) -> Long.compare(steps[a], steps[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new StoredSeries(
                    Arrays.stream(order).mapToLong(row -> steps[row]).toArray(),
                    Arrays.stream(order).mapToDouble(row -> values[row]).toArray());
        }
    }
}
