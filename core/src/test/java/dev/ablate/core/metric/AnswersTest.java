package dev.ablate.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.training.Decision;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void addsUpTheErrors() {
        Answers answers = Answers.of(new double[] {1, 0, 6, 6}, new double[] {0, 2, 4, 6}, Decision.DEFAULT);
        assertEquals(4, answers.rows());
        assertEquals(1, answers.perRow());
        assertEquals(9, answers.squares());
        assertEquals(5, answers.absolute());
        assertEquals(1, answers.signed());
        assertEquals(20, answers.spread());
        assertEquals(6, answers.answer(2));
        assertEquals(6, answers.answer(2, 0));
        assertEquals(4, answers.target(2));
    }

    @Test
    void hasNoSpreadWhereTargetsAreEqualWhateverTheRoundingOfTheirMean() {
        assertEquals(
                0,
                Answers.of(new double[3], new double[] {0.1, 0.1, 0.1}, Decision.DEFAULT)
                        .spread());
    }

    @Test
    void decidesClassesAsTheDecisionSays() {
        double[] numbers = {0.5, 0.6, 0.2};
        double[] classes = {0, 1, 0};
        assertEquals(3, Answers.of(numbers, classes, new Decision(0.5, 0)).right());
        assertEquals(2, Answers.of(numbers, classes, new Decision(0.5, 1)).right());
        assertEquals(2, Answers.of(numbers, classes, new Decision(0.7, 0)).right());
    }

    @Test
    void takesTheClassWithTheGreatestNumberOfSeveral() {
        Answers answers = Answers.of(
                new double[] {0.1, 0.7, 0.2, 0.4, 0.2, 0.4, 0, 0, 1}, new double[] {1, 2, 2}, Decision.DEFAULT);
        assertEquals(3, answers.perRow());
        assertEquals(1, answers.classOf(0));
        assertEquals(0, answers.classOf(1), "the first of equal ones");
        assertEquals(2, answers.classOf(2));
        assertEquals(2, answers.right());
        assertEquals(0.2, answers.answer(0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> answers.answer(0, 3));
        assertThrows(IllegalStateException.class, answers::squares);
        assertThrows(IllegalStateException.class, answers::absolute);
        assertThrows(IllegalStateException.class, answers::signed);
        assertThrows(IllegalStateException.class, () -> answers.answer(0));
    }

    /** A count of rows, made so many times. */
    private record Counted(int rows, int times) {}

    @Test
    void keepsWhatIsMadeOfThemForOtherMetrics() {
        AtomicInteger made = new AtomicInteger();
        Function<Answers, Counted> count = answers -> new Counted(answers.rows(), made.incrementAndGet());
        Answers answers = Answers.of(new double[] {1, 0}, new double[] {0, 1}, Decision.DEFAULT);
        assertEquals(new Counted(2, 1), answers.derived(Counted.class, count));
        assertEquals(new Counted(2, 1), answers.derived(Counted.class, count));
        assertEquals(2, answers.derived(Integer.class, Answers::rows));
        // of other answers it is another one
        assertEquals(new Counted(2, 2), answers.with(new double[] {1, 1}).derived(Counted.class, count));
    }

    @Test
    void takesOtherAnswersToTheSameTargets() {
        Answers first = Answers.of(new double[] {0, 0}, new double[] {1, 3}, Decision.DEFAULT);
        Answers second = first.with(new double[] {1, 3});
        assertEquals(10, first.squares());
        assertEquals(0, second.squares());
        assertEquals(2, second.spread());
    }

    @Test
    void refusesAnswersThatDoNotFitTheRows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Answers.of(new double[] {1, 2, 3}, new double[] {1, 2}, Decision.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> Answers.of(new double[0], new double[0], Decision.DEFAULT));
    }
}
