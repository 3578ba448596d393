package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AnswerRangeTest {

    private static final Length TEN = new Length(Optional.of(10L), Optional.empty());

    @ParameterizedTest
    @CsvSource({"SIGMOID, 0, 1", "TANH, -1, 1", "RELU, 0, Infinity", "STEP, 0, 1"})
    void isThatOfTheLastActivation(Activation activation, double least, double most) {
        AnswerRange range = AnswerRange.of(activation, TEN).orElseThrow();
        assertEquals(least, range.least());
        assertEquals(most, range.most());
        assertEquals("activation", range.option());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void holdsEveryAnswer(Activation activation) {
        Optional<AnswerRange> range = AnswerRange.of(activation, TEN);
        for (double z : new double[] {-1e300, -800, -3, -1e-9, 0, 1e-9, 3, 800, 1e300}) {
            assertTrue(range.isEmpty() || range.get().contains(activation.of(z)), activation + " of " + z);
        }
    }

    @Test
    void isNoneOfAnActivationThatAnswersAnyNumber() {
        assertEquals(Optional.empty(), AnswerRange.of(Activation.IDENTITY, TEN));
    }

    @Test
    void isNoneOfSharesWhichAreNotComparedWithTargets() {
        assertEquals(Optional.empty(), AnswerRange.of(Activation.SOFTMAX, TEN));
    }

    @Test
    void isNoneOfAModelThatIsNotTrained() {
        Length epochs = new Length(Optional.of(0L), Optional.empty());
        Length updates = new Length(Optional.empty(), Optional.of(0L));
        assertEquals(Optional.empty(), AnswerRange.of(Activation.SIGMOID, epochs));
        assertEquals(Optional.empty(), AnswerRange.of(Activation.SIGMOID, updates));
    }

    @Test
    void holdsItsLimits() {
        AnswerRange range = new AnswerRange(-1, 2, "", "");
        assertTrue(range.contains(-1) && range.contains(2));
        assertFalse(range.contains(-1.5) || range.contains(2.5) || range.contains(Double.NaN));
    }

    @Test
    void refusesARangeThatHoldsNoNumber() {
        assertThrows(IllegalArgumentException.class, () -> new AnswerRange(1, 0, "", ""));
        assertThrows(IllegalArgumentException.class, () -> new AnswerRange(Double.NaN, 1, "", ""));
    }
}
