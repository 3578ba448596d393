package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContradictionsTest {

    @Test
    void findsNoneWhereEqualRowsAgree() {
        Contradictions none = Contradictions.in(examples(new double[] {0, 0, 1}, 0, 0, 1), Task.BINARY_CLASSIFICATION);
        assertEquals(List.of(), none.rows());
        assertEquals(OptionalInt.of(3), none.mostRight());
        assertEquals(OptionalDouble.of(1), none.bestAccuracy());
    }

    @Test
    void namesEveryRowThatAnotherContradicts() {
        // 5: rows 0, 2, 5 say 1, 0, 1; 6: rows 1, 4 say 0, 1; 7: row 3 alone
        Contradictions found = Contradictions.in(
                examples(new double[] {5, 6, 5, 7, 6, 5}, 1, 0, 0, 1, 1, 1), Task.BINARY_CLASSIFICATION);
        assertEquals(List.of(0, 1, 2, 4, 5), found.rows());
        assertEquals(OptionalInt.of(2 + 1 + 1), found.mostRight());
        assertEquals(OptionalDouble.of(4.0 / 6), found.bestAccuracy());
        assertEquals(3, found.repeated());
    }

    @Test
    void namesTheRowsAloneForNumbers() {
        Contradictions found = Contradictions.in(examples(new double[] {5, 6, 5, 7}, 1.5, 2, 1.25, 2), Task.REGRESSION);
        assertEquals(List.of(0, 2), found.rows());
        assertEquals(OptionalInt.empty(), found.mostRight());
        assertEquals(OptionalDouble.empty(), found.bestAccuracy());
    }

    @Test
    void takesZeroAndMinusZeroForOneNumber() {
        Contradictions found = Contradictions.in(examples(new double[] {0, -0.0}, 0, 1), Task.BINARY_CLASSIFICATION);
        assertEquals(List.of(0, 1), found.rows());
        assertEquals(
                List.of(),
                Contradictions.in(examples(new double[] {1, 1}, 0, -0.0), Task.REGRESSION)
                        .rows());
    }

    @Test
    void areLookedForOnce() {
        Examples some = examples(new double[] {5, 5}, 0, 1);
        assertSame(Contradictions.in(some, Task.REGRESSION), Contradictions.in(some, Task.REGRESSION));
    }

    @Test
    void dependsOnTheFeaturesThatAreLookedAt() {
        Examples both = Examples.of(List.of("a", "b"), new double[] {1, 1, 1, 2}, new double[] {0, 1});
        assertEquals(
                List.of(), Contradictions.in(both, Task.BINARY_CLASSIFICATION).rows());
        assertEquals(
                List.of(0, 1),
                Contradictions.in(both.select(List.of("a")), Task.BINARY_CLASSIFICATION)
                        .rows());
    }

    /** So many rows that their hashes meet in a slot, of numbers that have few digits, many, or a sign alone. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, -1e300, 4.9e-324})
    void findsThemAmongManyRows(double unit) {
        int[] codes = new SplittableRandom(7).ints(6_000, 0, 40).toArray();
        double[] values = IntStream.of(codes).mapToDouble(code -> code * unit).toArray();
        double[] targets = IntStream.range(0, 2_000)
                .mapToDouble(row -> row % 500 == 0 ? 1 : codes[3 * row] % 2)
                .toArray();
        Map<List<Integer>, List<Integer>> alike = new LinkedHashMap<>();
        for (int row = 0; row < targets.length; row++) {
            int tens = codes[3 * row + 1] / 10;
            alike.computeIfAbsent(List.of(codes[3 * row], tens), none -> new ArrayList<>())
                    .add(row);
            values[3 * row + 1] = tens * unit;
            values[3 * row + 2] = 0;
        }
        List<Integer> expected = alike.values().stream()
                .filter(rows -> rows.stream().anyMatch(row -> targets[row] != targets[rows.get(0)]))
                .flatMap(List::stream)
                .sorted()
                .toList();
        int right = alike.values().stream()
                .mapToInt(rows -> {
                    int ones =
                            (int) rows.stream().filter(row -> targets[row] == 1).count();
                    return Math.max(ones, rows.size() - ones);
                })
                .sum();
        Contradictions found =
                Contradictions.in(Examples.of(List.of("a", "b", "c"), values, targets), Task.BINARY_CLASSIFICATION);
        assertFalse(expected.isEmpty());
        assertEquals(expected, found.rows());
        assertEquals(OptionalInt.of(right), found.mostRight());
    }

    /** Hashes that meet would make this a matter of minutes. */
    @ParameterizedTest
    @ValueSource(doubles = {1, -0.5, 1e-300})
    void isFastWhereAllRowsDifferInFewNumbers(double unit) {
        int rows = 1 << 17;
        double[] values = new double[17 * rows];
        for (int at = 0; at < values.length; at++) {
            values[at] = (((at / 17) >> (at % 17)) & 1) * unit;
        }
        List<String> names = IntStream.range(0, 17).mapToObj(k -> "x" + k).toList();
        Examples examples = Examples.of(names, values, new double[rows]);
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertEquals(
                        OptionalInt.of(rows),
                        Contradictions.in(examples, Task.BINARY_CLASSIFICATION).mostRight()));
    }

    private static Examples examples(double[] values, double... targets) {
        return Examples.of(List.of("x"), values, targets);
    }
}
