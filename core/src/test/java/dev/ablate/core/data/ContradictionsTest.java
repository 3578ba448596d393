package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

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
    void dependsOnTheFeaturesThatAreLookedAt() {
        Examples both = Examples.of(List.of("a", "b"), new double[] {1, 1, 1, 2}, new double[] {0, 1});
        assertEquals(
                List.of(), Contradictions.in(both, Task.BINARY_CLASSIFICATION).rows());
        assertEquals(
                List.of(0, 1),
                Contradictions.in(both.select(List.of("a")), Task.BINARY_CLASSIFICATION)
                        .rows());
    }

    private static Examples examples(double[] values, double... targets) {
        return Examples.of(List.of("x"), values, targets);
    }
}
