package dev.ablate.core.data;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Rows with equal features and different targets: no model can get them all right.
 *
 * @param size how many rows there are, contradictory or not
 * @param repeated how many rows have the features of a row before them, whatever their targets
 * @param rows indices (from 0, rising) of the rows that another row contradicts; often empty
 * @param mostRight classification: how many of all rows a model can get right at most, by giving every group of equal rows
 *     its commoner class; empty for regression
 */
public record Contradictions(int size, int repeated, List<Integer> rows, OptionalInt mostRight) {

    /** Copies the list. */
    public Contradictions {
        rows = List.copyOf(rows);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contradictions that
                && size == that.size
                && repeated == that.repeated
                && rows.equals(that.rows)
                && mostRight.equals(that.mostRight);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, repeated, rows, mostRight);
    }

    /** Those of examples, which are looked for once; the features are compared as numbers, so that 0 equals -0. */
    public static Contradictions in(Examples examples, Task task) {
        return examples.contradictions(task);
    }

    static Contradictions find(Examples examples, Task task) {
        int[] firsts = EqualRows.firsts(examples.rows());
        BitSet contradicted = new BitSet();
        int repeated = 0;
        for (int row = 0; row < firsts.length; row++) {
            repeated += firsts[row] < row ? 1 : 0;
            if (examples.target(row) != examples.target(firsts[row])) {
                contradicted.set(firsts[row]);
            }
        }
        List<Integer> rows = contradicted.isEmpty()
                ? List.of()
                : IntStream.range(0, firsts.length)
                        .filter(row -> contradicted.get(firsts[row]))
                        .boxed()
                        .toList();
        OptionalInt mostRight = switch (task) {
            case BINARY_CLASSIFICATION, CLASSES ->
                OptionalInt.of(firsts.length - rows.size() + mostRight(rows, firsts, examples));
            case REGRESSION -> OptionalInt.empty();
        };
        return new Contradictions(firsts.length, repeated, rows, mostRight);
    }

    /** How many of some rows have the commonest class among those that are equal to them. */
    private static int mostRight(List<Integer> rows, int[] firsts, Examples examples) {
        Map<Integer, Map<Double, Integer>> counts = new HashMap<>();
        for (int row : rows) {
            // -0 + 0 is 0
            counts.computeIfAbsent(firsts[row], first -> new HashMap<>())
                    .merge(examples.target(row) + 0.0, 1, Integer::sum);
        }
        return counts.values().stream()
                .mapToInt(classes -> Collections.max(classes.values()))
                .sum();
    }

    /** The best accuracy that any model can reach on these rows, greater than 0 and at most 1; empty for regression. */
    public OptionalDouble bestAccuracy() {
        return mostRight.isPresent() ? OptionalDouble.of((double) mostRight.getAsInt() / size) : OptionalDouble.empty();
    }
}
