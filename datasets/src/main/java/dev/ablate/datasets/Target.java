package dev.ablate.datasets;

import dev.ablate.core.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A target as it is learned.
 *
 * <p>Two different values in all rows are two classes: 0 and 1 as they are, any others coded 0 and 1, the greater as 1. All
 * else is numbers.
 *
 * @param task what is learned
 * @param classes what the data call the classes that are coded 0 and 1; empty where nothing is coded
 * @param one the value that is coded 1; not looked at where nothing is coded
 */
record Target(Task task, List<String> classes, double one) {

    /**
     * What does not fit a task of two classes.
     *
     * @param row its index from 0
     * @param reason what is wrong and what to do
     */
    record Misfit(int row, String reason) {}

    /**
     * Why values are not two classes, and the row where it shows; empty if they are, or if nobody asks for classes.
     *
     * @param task what was asked for
     */
    static Optional<Misfit> misfit(double[] values, Optional<Task> task, IntFunction<String> written) {
        if (!task.equals(Optional.of(Task.BINARY_CLASSIFICATION))) {
            return Optional.empty();
        }
        List<Integer> firsts = firsts(values, 3);
        if (firsts.size() == 3) {
            return Optional.of(new Misfit(
                    firsts.get(2),
                    "'" + written.apply(firsts.get(2)) + "' is a third class, after '" + written.apply(firsts.get(0))
                            + "' and '" + written.apply(firsts.get(1))
                            + "': there must be two, so recode it, or give task: regression"));
        }
        double only = values[0];
        return firsts.size() == 2 || only == 0 || only == 1
                ? Optional.empty()
                : Optional.of(new Misfit(
                        0,
                        "the class is '" + written.apply(0)
                                + "' in every row: there must be two, so code it as 0 or 1, or give task: regression"));
    }

    /**
     * The target of values.
     *
     * @param values one a row, without a {@link #misfit}
     * @param task what was asked for; empty: what the values look like
     * @param written a row's value as it stands in the data
     */
    static Target of(double[] values, Optional<Task> task, IntFunction<String> written) {
        if (task.equals(Optional.of(Task.REGRESSION))) {
            return new Target(Task.REGRESSION, List.of(), 1);
        }
        if (Arrays.stream(values).allMatch(value -> value == 0 || value == 1)) {
            return new Target(Task.BINARY_CLASSIFICATION, List.of(), 1);
        }
        List<Integer> firsts = firsts(values, 3);
        if (firsts.size() != 2) {
            return new Target(Task.REGRESSION, List.of(), 1);
        }
        boolean rising = values[firsts.get(0)] < values[firsts.get(1)];
        int zero = firsts.get(rising ? 0 : 1);
        int one = firsts.get(rising ? 1 : 0);
        return new Target(Task.BINARY_CLASSIFICATION, List.of(written.apply(zero), written.apply(one)), values[one]);
    }

    /** Values as they are learned: as they are, or coded. */
    double[] coded(double[] values) {
        return classes.isEmpty()
                ? values
                : Arrays.stream(values).map(value -> value == one ? 1 : 0).toArray();
    }

    /** A number as a person writes it: 2, not 2.0. */
    static String written(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /** Indices of the rows in which a value stands first, at most so many; 0 equals -0. */
    private static List<Integer> firsts(double[] values, int most) {
        List<Integer> firsts = new ArrayList<>();
        for (int row = 0; row < values.length && firsts.size() < most; row++) {
            double value = values[row];
            if (firsts.stream().noneMatch(first -> values[first] == value)) {
                firsts.add(row);
            }
        }
        return firsts;
    }
}
