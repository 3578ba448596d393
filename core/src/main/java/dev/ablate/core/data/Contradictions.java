package dev.ablate.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Rows with equal features and different targets: no model can get them all right.
 *
 * @param size how many rows there are, contradictory or not
 * @param rows indices (from 0, rising) of the rows that another row contradicts; often empty
 * @param mostRight classification: how many of all rows a model can get right at most, by giving every group of equal rows
 *     its commoner class; empty for regression
 */
public record Contradictions(int size, List<Integer> rows, OptionalInt mostRight) {

    /** Copies the list. */
    public Contradictions {
        rows = List.copyOf(rows);
    }

    /** Finds them; the features are compared as numbers, so that 0 equals -0. */
    public static Contradictions in(Examples examples, Task task) {
        double[] targets = examples.targets();
        Map<List<Double>, List<Integer>> alike = new HashMap<>();
        for (int index = 0; index < targets.length; index++) {
            alike.computeIfAbsent(numbers(examples.row(index)), row -> new ArrayList<>())
                    .add(index);
        }
        List<Integer> rows = alike.values().stream()
                .filter(group -> group.stream().anyMatch(index -> targets[index] != targets[group.get(0)]))
                .flatMap(List::stream)
                .sorted()
                .toList();
        OptionalInt mostRight = switch (task) {
            case BINARY_CLASSIFICATION ->
                OptionalInt.of(alike.values().stream()
                        .mapToInt(group -> commonest(group, targets))
                        .sum());
            case REGRESSION -> OptionalInt.empty();
        };
        return new Contradictions(targets.length, rows, mostRight);
    }

    /** The best accuracy that any model can reach on these rows, greater than 0 and at most 1; empty for regression. */
    public OptionalDouble bestAccuracy() {
        return mostRight.isPresent() ? OptionalDouble.of((double) mostRight.getAsInt() / size) : OptionalDouble.empty();
    }

    /** How many rows have the commonest class among these. */
    private static int commonest(List<Integer> group, double[] targets) {
        Map<Double, Integer> counts = new HashMap<>();
        group.forEach(index -> counts.merge(targets[index] + 0.0, 1, Integer::sum));
        return Collections.max(counts.values());
    }

    private static List<Double> numbers(double[] row) {
        // -0 + 0 is 0
        return Arrays.stream(row).mapToObj(value -> value + 0.0).toList();
    }
}
