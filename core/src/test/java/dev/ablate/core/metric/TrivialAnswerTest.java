package dev.ablate.core.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TrivialAnswerTest {

    @Test
    void isTheMean() {
        assertEquals(5, TrivialAnswer.MEAN.of(new double[] {10, 2, 4, 4}));
        assertEquals(0.1, TrivialAnswer.MEAN.of(new double[] {0.1, 0.1, 0.1}), "exactly, of equal targets");
    }

    @Test
    void isTheMedian() {
        assertEquals(4, TrivialAnswer.MEDIAN.of(new double[] {10, 2, 4}));
        assertEquals(3, TrivialAnswer.MEDIAN.of(new double[] {10, 2, 4, 1}));
        assertEquals(0.1, TrivialAnswer.MEDIAN.of(new double[] {0.1, 0.1}));
    }

    @Test
    void isTheCommonestClassOfEqualOnesTheFirst() {
        assertEquals(1, TrivialAnswer.COMMONEST_CLASS.of(new double[] {0, 1, 2, 1}));
        assertEquals(0, TrivialAnswer.COMMONEST_CLASS.of(new double[] {1, 0, 1, 0}));
        assertEquals(2, TrivialAnswer.COMMONEST_CLASS.of(new double[] {2}));
    }

    @Test
    void hasANumberForEachClass() {
        double[] targets = {0, 2, 1, 2};
        assertArrayEquals(new double[] {0.25, 0.25, 0.5, 0}, TrivialAnswer.MEAN.of(targets, 4), "the classes' shares");
        assertArrayEquals(new double[] {0, 0, 1, 0}, TrivialAnswer.COMMONEST_CLASS.of(targets, 4));
        assertArrayEquals(new double[] {1.25}, TrivialAnswer.MEAN.of(targets, 1));
    }

    @Test
    void leavesTheTargetsAlone() {
        double[] targets = {3, 1, 2};
        for (TrivialAnswer answer : TrivialAnswer.values()) {
            answer.of(targets);
            assertThrows(IllegalArgumentException.class, () -> answer.of(new double[0]));
        }
        assertArrayEquals(new double[] {3, 1, 2}, targets);
    }
}
