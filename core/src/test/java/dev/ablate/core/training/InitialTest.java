package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitialTest {

    @Test
    void startsAtTheGivenNumbersWithoutChance() {
        Initial given = new Initial.Given(List.of(0.1, 0.2));
        assertArrayEquals(new double[] {0.1, 0.2}, given.numbers(2, () -> {
            throw new AssertionError("a stream was asked for");
        }));
    }

    @Test
    void refusesAnotherCountThanWasGiven() {
        Initial given = new Initial.Given(List.of(0.1, 0.2));
        assertThrows(IllegalArgumentException.class, () -> given.numbers(3, () -> new SplittableRandom(1)));
    }

    @Test
    void drawsNormalNumbersOfTheDeviation() {
        double[] numbers = new Initial.Normal(3).numbers(100_000, () -> new SplittableRandom(1));
        assertEquals(0, Arrays.stream(numbers).average().orElseThrow(), 0.05);
        assertEquals(9, Arrays.stream(numbers).map(x -> x * x).average().orElseThrow(), 0.2);
        assertEquals(
                0.0455,
                Arrays.stream(numbers).filter(x -> Math.abs(x) > 6).count() / 1e5,
                0.003,
                "beyond two deviations");
    }

    @Test
    void drawsTheFirstNumbersWhateverTheCount() {
        Initial normal = new Initial.Normal(1);
        assertArrayEquals(
                normal.numbers(2, () -> new SplittableRandom(1)),
                Arrays.copyOf(normal.numbers(5, () -> new SplittableRandom(1)), 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesADeviationThatIsNone(double sd) {
        assertThrows(IllegalArgumentException.class, () -> new Initial.Normal(sd));
    }
}
