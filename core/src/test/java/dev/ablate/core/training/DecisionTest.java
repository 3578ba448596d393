package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecisionTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 0, 0.49, 0",
        "0.5, 0, 0.5, 0",
        "0.5, 0, 0.51, 1",
        "0.5, 1, 0.49, 0",
        "0.5, 1, 0.5, 1",
        "0.5, 1, 0.51, 1",
        "0, 1, -0.0, 1",
        "-2, 0, -1, 1",
        "0.5, 0, 0.5000000000000001, 0",
        "0.5, 1, 0.4999999999999999, 1",
        "0, 0, 5.6e-17, 0",
        "0, 1, -5.6e-17, 1",
        "1e6, 1, 999999.9999999999, 1",
        "0.5, 0, 0.50000001, 1",
        "1e-10, 0, 2e-10, 1",
        "0.5, 1, NaN, 0",
        "0.5, 0, Infinity, 1"
    })
    void isOneAboveTheThresholdAndAtItAsTheTieSays(double threshold, int tie, double prediction, int expected) {
        assertEquals(expected, new Decision(threshold, tie).classOf(prediction));
    }

    @ParameterizedTest
    @CsvSource({"0.5, true", "0.5000000000000001, true", "0.4999999999999999, true", "0.50000001, false", "NaN, false"})
    void isATieUpToRounding(double prediction, boolean tie) {
        assertEquals(tie, Decision.DEFAULT.isTie(prediction));
    }

    @Test
    void isTheFirstOfTheGreatestOfSeveralNumbers() {
        assertEquals(2, Decision.DEFAULT.classOf(List.of(0.2, 0.3, 0.5)));
        assertEquals(1, Decision.DEFAULT.classOf(List.of(0.2, 0.4, 0.4)));
        assertEquals(1, new Decision(0.5, 1).classOf(List.of(0.5)), "one number, by the threshold");
    }

    @Test
    void countsATieAsZeroByDefault() {
        assertEquals(new Decision(0.5, 0), Decision.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void refusesATieThatIsNotAClass(int tie) {
        assertThrows(IllegalArgumentException.class, () -> new Decision(0.5, tie));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAThresholdThatIsNotFinite(double threshold) {
        assertThrows(IllegalArgumentException.class, () -> new Decision(threshold, 0));
    }
}
