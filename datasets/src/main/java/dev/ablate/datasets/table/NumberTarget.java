package dev.ablate.datasets.table;

import dev.ablate.datasets.table.LearnedTarget.Misfit;
import dev.ablate.reader.number.CsvNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Makes a target of numbers.
 *
 * <p>Two different values in all rows are two classes: 0 and 1 as they are, any others coded 0 and 1, the greater as 1. All
 * else is numbers, if nobody asks for classes.
 */
final class NumberTarget {

    /** So few whole numbers may be meant as classes. */
    private static final int FEW = 10;

    private static final List<String> AS_CODED = List.of("0", "1");

    private NumberTarget() {}

    /**
     * Why values cannot be learned as somebody asks for, and the row where it shows; empty if they can.
     *
     * @param written a row's value as it stands in the data
     */
    static Optional<Misfit> misfit(double[] values, TargetChoice choice, IntFunction<String> written) {
        List<Integer> firsts = firsts(values, 3);
        if (choice.asksFor(TableTask.CLASSES)) {
            return firsts.size() == 3
                    ? misfitPositive(List.of(), choice)
                    : Optional.of(new Misfit(
                            0,
                            "there are fewer than three classes in all rows: give task: binary-classification, or leave"
                                    + " it out"));
        }
        if (choice.asksFor(TableTask.BINARY_CLASSIFICATION) && firsts.size() == 3) {
            return Optional.of(new Misfit(
                    firsts.get(2),
                    "'" + written.apply(firsts.get(2)) + "' is a third class, after '" + written.apply(firsts.get(0))
                            + "' and '" + written.apply(firsts.get(1))
                            + "': there must be two, so recode it, or give task: regression"));
        }
        double only = values[0];
        if (choice.asksFor(TableTask.BINARY_CLASSIFICATION) && firsts.size() == 1 && only != 0 && only != 1) {
            return Optional.of(new Misfit(
                    0,
                    "the class is '" + written.apply(0)
                            + "' in every row: there must be two, so code it as 0 or 1, or give task: regression"));
        }
        return misfitPositive(binary(values, choice, written), choice);
    }

    private static Optional<Misfit> misfitPositive(List<String> classes, TargetChoice choice) {
        if (choice.positive().isEmpty()) {
            return Optional.empty();
        }
        if (classes.isEmpty()) {
            return Optional.of(new Misfit(-1, choice.needlessPositive()));
        }
        return isCalled(choice.positive().get(), classes.get(0))
                        || isCalled(choice.positive().get(), classes.get(1))
                ? Optional.empty()
                : Optional.of(new Misfit(-1, choice.unknownPositive(classes.get(0), classes.get(1))));
    }

    /**
     * The target of values.
     *
     * @param values one a row, without a {@link #misfit}
     * @param written a row's value as it stands in the data
     */
    static LearnedTarget of(double[] values, TargetChoice choice, IntFunction<String> written) {
        if (choice.asksFor(TableTask.CLASSES)) {
            return ofClasses(values, choice, written);
        }
        List<String> classes = binary(values, choice, written);
        List<String> remarks = remarks(values, choice, written, classes);
        if (classes.isEmpty()) {
            return new LearnedTarget(choice.name(), List.of(), values, remarks);
        }
        List<String> ordered = choice.positive()
                        .filter(positive -> !isCalled(positive, classes.get(1)))
                        .isPresent()
                ? List.of(classes.get(1), classes.get(0))
                : classes;
        if (ordered.equals(AS_CODED)) {
            return new LearnedTarget(choice.name(), AS_CODED, values, remarks);
        }
        double zero = ordered.equals(classes)
                ? Arrays.stream(values).min().orElseThrow()
                : Arrays.stream(values).max().orElseThrow();
        double[] coded =
                Arrays.stream(values).map(value -> value == zero ? 0 : 1).toArray();
        return new LearnedTarget(choice.name(), ordered, coded, remarks);
    }

    /** The names of two classes, the lesser first; empty if they are not learned. */
    private static List<String> binary(double[] values, TargetChoice choice, IntFunction<String> written) {
        if (choice.asksFor(TableTask.REGRESSION)) {
            return List.of();
        }
        if (Arrays.stream(values).allMatch(value -> value == 0 || value == 1)) {
            return AS_CODED;
        }
        List<Integer> firsts = firsts(values, 3);
        if (firsts.size() != 2) {
            return List.of();
        }
        boolean rising = values[firsts.get(0)] < values[firsts.get(1)];
        return List.of(written.apply(firsts.get(rising ? 0 : 1)), written.apply(firsts.get(rising ? 1 : 0)));
    }

    private static LearnedTarget ofClasses(double[] values, TargetChoice choice, IntFunction<String> written) {
        Map<Double, Integer> firsts = new TreeMap<>();
        for (int row = 0; row < values.length; row++) {
            // 0 equals -0
            firsts.putIfAbsent(values[row] + 0.0, row);
        }
        List<String> names = new ArrayList<>();
        Map<Double, Integer> codes = new HashMap<>();
        firsts.forEach((value, row) -> {
            codes.put(value, names.size());
            names.add(written.apply(row));
        });
        double[] coded = Arrays.stream(values)
                .map(value -> codes.getOrDefault(value + 0.0, -1))
                .toArray();
        return new LearnedTarget(choice.name(), List.copyOf(names), coded, List.of());
    }

    private static List<String> remarks(
            double[] values, TargetChoice choice, IntFunction<String> written, List<String> classes) {
        List<Integer> firsts = firsts(values, FEW + 1);
        if (firsts.size() == 1) {
            return List.of(choice.name() + " is " + written.apply(0) + " in all rows: there is nothing to learn");
        }
        boolean whole = Arrays.stream(values).allMatch(value -> value == Math.rint(value));
        boolean repeated = values.length >= 2 * firsts.size();
        if (choice.task().isPresent() || !classes.isEmpty() || firsts.size() > FEW || !whole || !repeated) {
            return List.of();
        }
        List<String> names = firsts.stream()
                .map(row -> values[row])
                .sorted()
                .map(NumberTarget::written)
                .toList();
        return List.of(choice.name() + " has " + names.size() + " values (" + String.join(", ", names)
                + ") and is learned as a number: give task: classes if they are classes, or task: regression if that is"
                + " meant");
    }

    private static boolean isCalled(String name, String written) {
        if (name.equals(written)) {
            return true;
        }
        return CsvNumber.isNumber(name)
                && CsvNumber.isNumber(written)
                && Double.parseDouble(name) == Double.parseDouble(written);
    }

    /** A number as a person writes it: 2, not 2.0. */
    static String written(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /** Indices of the rows in which a value stands first, at most so many; 0 equals -0. */
    private static List<Integer> firsts(double[] values, int most) {
        List<Integer> firsts = new ArrayList<>();
        double[] seen = new double[most];
        for (int row = 0; row < values.length && firsts.size() < most; row++) {
            int known = 0;
            while (known < firsts.size() && seen[known] != values[row]) {
                known++;
            }
            if (known == firsts.size()) {
                seen[known] = values[row];
                firsts.add(row);
            }
        }
        return firsts;
    }
}
