package dev.ablate.core.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.data.Task;
import dev.ablate.core.training.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every metric keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * final class WithinTest extends MetricContract {
 *     @Override
 *     protected Metric metric() {
 *         return new Within();
 *     }
 *
 *     @Override
 *     protected Map<Task, Double> trivialValues() {
 *         // none of 2, 4, 4 and 10 is within a tenth of their mean
 *         return Map.of(Task.REGRESSION, 0.0);
 *     }
 * }
 * }</pre>
 */
public abstract class MetricContract {

    /** Their mean is 5, their median 4. */
    private static final double[] NUMBERS = {2, 4, 4, 10};

    /** Their mean is 0.75, the commonest class 1. */
    private static final double[] TWO_CLASSES = {1, 1, 0, 1};

    /** Their shares are 0.25, 0.25 and 0.5, the commonest class 2. */
    private static final double[] CLASSES = {1, 2, 0, 2};

    /** More answers than this find nothing that these do not. */
    private static final int DRAWN = 200;

    /** A difference that matters is so many times what is rounding, and more. */
    private static final double FINE = 1e-6;

    /** A new metric. */
    protected abstract Metric metric();

    /**
     * By each task that it fits, the value of its trivial answer, worked out by hand: of targets 2, 4, 4 and 10 for regression, of
     * classes 1, 1, 0 and 1 for two classes, of classes 1, 2, 0 and 2 for three; they are the training targets too.
     */
    protected abstract Map<Task, Double> trivialValues();

    @Test
    final void saysWhatItIs() {
        Metric metric = metric();
        assertNotNull(metric.goal(), "its goal");
        assertNotNull(metric.range(), "its range");
        assertNotNull(metric.trivialAnswer(), "its trivial answer");
        assertFalse(tasks().isEmpty(), "it fits no task");
    }

    @Test
    final void isFiniteOrAbsentForFiniteAnswers() {
        eachDrawn((task, alike, value) ->
                value.ifPresent(number -> assertTrue(Double.isFinite(number), number + " for " + task)));
    }

    @Test
    final void staysInItsRange() {
        MetricRange range = metric().range();
        eachDrawn((task, alike, value) ->
                value.ifPresent(number -> assertTrue(range.contains(number), number + " is not in " + range)));
    }

    @Test
    final void isBestForRightAnswers() {
        if (metric().goal().isEmpty()) {
            return;
        }
        int sign = metric().goal().get() == Goal.MINIMIZE ? 1 : -1;
        for (Task task : tasks()) {
            double right =
                    value(metric(), right(task, targets(task)), targets(task)).orElseThrow();
            boolean[] worse = {false};
            eachDrawn((drawnFor, alike, value) -> {
                if (drawnFor == task && !alike && value.isPresent()) {
                    double loss = sign * (value.getAsDouble() - right);
                    assertTrue(loss >= 0, value + " is better than " + right + " of the right answers");
                    worse[0] |= loss > 0;
                }
            });
            assertTrue(worse[0], "no answers are worse than the right ones");
        }
    }

    @Test
    final void leavesAnswersAndTargetsAlone() {
        for (Task task : tasks()) {
            double[] given = repeated(outputs(task), 0.25, 3, -1, 0.75);
            double[] answers = given.clone();
            double[] targets = targets(task).clone();
            value(metric(), answers, targets);
            assertArrayEquals(given, answers);
            assertArrayEquals(targets(task), targets);
        }
    }

    @Test
    final void keepsNothingBetweenCalls() {
        Metric metric = metric();
        assertEquals(values(metric), values(metric));
        assertEquals(values(metric()), values(metric));
    }

    @Test
    final void isEqualToTheBitInParallel() {
        Metric together = metric();
        List<List<OptionalDouble>> alone =
                IntStream.range(0, 16).mapToObj(i -> values(metric())).toList();
        assertEquals(
                alone,
                IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(i -> values(together))
                        .toList());
    }

    @Test
    final void hasTheTrivialValueForTheTrivialAnswer() {
        assertEquals(tasks(), trivialValues().keySet().stream().sorted().toList(), "the tasks that it fits");
        trivialValues().forEach((task, expected) -> assertEquals(expected, trivialValue(task), 1e-12, task.toString()));
    }

    @Test
    final void hasAResolutionThatIsSmallAgainstItsRange() {
        MetricRange range = metric().range();
        for (double largestTarget : new double[] {0, 1, 1e9}) {
            for (int rows : new int[] {0, 1, 1_000}) {
                double resolution = metric().resolution(largestTarget, rows);
                assertTrue(resolution >= 0 && Double.isFinite(resolution), "a resolution of " + resolution);
                assertTrue(
                        resolution <= FINE * (range.most() - range.least()),
                        "a resolution of " + resolution + " in " + range);
            }
        }
        for (Task task : tasks()) {
            double largest = Arrays.stream(targets(task)).max().orElseThrow();
            double right =
                    value(metric(), right(task, targets(task)), targets(task)).orElseThrow();
            double gain = Math.abs(trivialValue(task) - right);
            double resolution = metric().resolution(largest, targets(task).length);
            assertTrue(
                    gain == 0 || resolution <= FINE * gain,
                    "a resolution of " + resolution + ", and " + gain
                            + " between the trivial answer and the right ones");
        }
    }

    private interface Check {
        /**
         * One value.
         *
         * @param alike whether all targets are equal, unlike those of the trivial value
         */
        void of(Task task, boolean alike, OptionalDouble value);
    }

    /** Answers of all sizes, to targets that differ and to some that do not. */
    private void eachDrawn(Check check) {
        Metric metric = metric();
        SplittableRandom random = new SplittableRandom(7);
        for (Task task : tasks()) {
            for (int drawn = 0; drawn < DRAWN; drawn++) {
                boolean alike = drawn % 10 == 9;
                double[] targets = alike ? new double[] {1, 1, 1, 1} : targets(task);
                double size = Math.pow(10, random.nextInt(-3, 4));
                double[] answers = right(task, targets);
                for (int i = 0; i < answers.length; i++) {
                    answers[i] += random.nextInt(4) == 0 ? 0 : size * random.nextGaussian();
                }
                if (task == Task.CLASSES && drawn % 2 == 0) {
                    asProbabilities(answers);
                }
                OptionalDouble value = value(metric, answers, targets);
                assertNotNull(value, "it measured null");
                check.of(task, alike, value);
            }
        }
    }

    /** The value of each of some answers, in order. */
    private List<OptionalDouble> values(Metric metric) {
        List<OptionalDouble> values = new ArrayList<>();
        for (Task task : tasks()) {
            for (double answer : new double[] {0, 0.5, 0.75, 4, 5}) {
                values.add(value(metric, repeated(outputs(task), answer, 1, 2, 0), targets(task)));
            }
        }
        return values;
    }

    private double trivialValue(Task task) {
        double[] answer = metric().trivialAnswer().of(targets(task), outputs(task));
        double[] answers = new double[targets(task).length * answer.length];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = answer[i % answer.length];
        }
        return value(metric(), answers, targets(task)).orElseThrow();
    }

    private static OptionalDouble value(Metric metric, double[] answers, double[] targets) {
        return metric.of(Answers.of(answers, targets, Decision.DEFAULT));
    }

    private static double[] targets(Task task) {
        return switch (task) {
            case REGRESSION -> NUMBERS;
            case BINARY_CLASSIFICATION -> TWO_CLASSES;
            case CLASSES -> CLASSES;
        };
    }

    private static int outputs(Task task) {
        return task == Task.CLASSES ? 3 : 1;
    }

    /** The targets as they are answered: of several classes 1 for the class that is right, 0 for the others. */
    private static double[] right(Task task, double[] targets) {
        if (task != Task.CLASSES) {
            return targets.clone();
        }
        double[] answers = new double[targets.length * outputs(task)];
        for (int row = 0; row < targets.length; row++) {
            answers[row * outputs(task) + (int) targets[row]] = 1;
        }
        return answers;
    }

    /** Makes the numbers of each row positive, and 1 together. */
    private static void asProbabilities(double[] answers) {
        for (int row = 0; row < answers.length; row += outputs(Task.CLASSES)) {
            double sum = 0;
            for (int k = row; k < row + outputs(Task.CLASSES); k++) {
                answers[k] = Math.abs(answers[k]);
                sum += answers[k];
            }
            for (int k = row; k < row + outputs(Task.CLASSES); k++) {
                answers[k] /= sum;
            }
        }
    }

    private static double[] repeated(int times, double... numbers) {
        double[] all = new double[times * numbers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers[i % numbers.length];
        }
        return all;
    }

    private List<Task> tasks() {
        Metric metric = metric();
        return Stream.of(Task.values()).filter(metric::fits).toList();
    }
}
