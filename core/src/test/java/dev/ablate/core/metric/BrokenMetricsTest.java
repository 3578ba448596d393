package dev.ablate.core.metric;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Task;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link MetricContract} catches each way to break it, and lets metrics pass that keep to it. */
class BrokenMetricsTest {

    /** What is wrong with a metric. */
    enum Fault {
        NONE,
        FITS_NOTHING,
        IS_NAN_FOR_EQUAL_TARGETS,
        IS_INFINITE_FOR_LARGE_ERRORS,
        LEAVES_ITS_RANGE,
        HAS_THE_OTHER_GOAL,
        IS_ALWAYS_THE_SAME,
        CHANGES_TARGETS,
        KEEPS_SOMETHING,
        HAS_CHANCE_OF_ITS_OWN,
        HAS_ANOTHER_TRIVIAL_ANSWER,
        FITS_MORE_THAN_IT_SAYS,
        HAS_NO_RESOLUTION,
        HAS_A_NEGATIVE_RESOLUTION,
        HAS_A_COARSE_RESOLUTION
    }

    private static Arguments way(Fault fault, Consumer<Contract> check) {
        return Arguments.of(fault, check);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way(Fault.FITS_NOTHING, MetricContract::saysWhatItIs),
                way(Fault.IS_NAN_FOR_EQUAL_TARGETS, MetricContract::isFiniteOrAbsentForFiniteAnswers),
                way(Fault.IS_INFINITE_FOR_LARGE_ERRORS, MetricContract::isFiniteOrAbsentForFiniteAnswers),
                way(Fault.LEAVES_ITS_RANGE, MetricContract::staysInItsRange),
                way(Fault.HAS_THE_OTHER_GOAL, MetricContract::isBestForRightAnswers),
                way(Fault.IS_ALWAYS_THE_SAME, MetricContract::isBestForRightAnswers),
                way(Fault.CHANGES_TARGETS, MetricContract::leavesAnswersAndTargetsAlone),
                way(Fault.KEEPS_SOMETHING, MetricContract::keepsNothingBetweenCalls),
                way(Fault.HAS_CHANCE_OF_ITS_OWN, MetricContract::keepsNothingBetweenCalls),
                way(Fault.KEEPS_SOMETHING, MetricContract::isEqualToTheBitInParallel),
                way(Fault.HAS_ANOTHER_TRIVIAL_ANSWER, MetricContract::hasTheTrivialValueForTheTrivialAnswer),
                way(Fault.FITS_MORE_THAN_IT_SAYS, MetricContract::hasTheTrivialValueForTheTrivialAnswer),
                way(Fault.HAS_NO_RESOLUTION, MetricContract::hasAResolutionThatIsSmallAgainstItsRange),
                way(Fault.HAS_A_NEGATIVE_RESOLUTION, MetricContract::hasAResolutionThatIsSmallAgainstItsRange),
                way(Fault.HAS_A_COARSE_RESOLUTION, MetricContract::hasAResolutionThatIsSmallAgainstItsRange));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void isCaught(Fault fault, Consumer<Contract> check) {
        check.accept(new Contract(Fault.NONE));
        assertThrows(AssertionError.class, () -> check.accept(new Contract(fault)));
    }

    /** One that keeps to all of it. */
    @Nested
    class ASoundMetric extends Contract {
        ASoundMetric() {
            super(Fault.NONE);
        }
    }

    private static class Contract extends MetricContract {

        private final Fault fault;

        Contract(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Metric metric() {
            return new WorstError(fault);
        }

        @Override
        protected Map<Task, Double> trivialValues() {
            // of 10, from their mean
            return Map.of(Task.REGRESSION, 5.0);
        }
    }

    /** The largest absolute error. */
    private static final class WorstError implements Metric {

        private static final AtomicInteger OWN_CHANCE = new AtomicInteger();

        private final AtomicInteger calls = new AtomicInteger();
        private final Fault fault;

        WorstError(Fault fault) {
            this.fault = fault;
        }

        @Override
        public boolean fits(Task task) {
            return (task == Task.REGRESSION || fault == Fault.FITS_MORE_THAN_IT_SAYS) && fault != Fault.FITS_NOTHING;
        }

        @Override
        public Optional<Goal> goal() {
            return Optional.of(fault == Fault.HAS_THE_OTHER_GOAL ? Goal.MAXIMIZE : Goal.MINIMIZE);
        }

        @Override
        public MetricRange range() {
            return fault == Fault.LEAVES_ITS_RANGE ? MetricRange.SHARE : MetricRange.FROM_0;
        }

        @Override
        public double resolution(double largestTarget, int rows) {
            return switch (fault) {
                case HAS_NO_RESOLUTION -> Double.NaN;
                case HAS_A_NEGATIVE_RESOLUTION -> -ROUNDING * largestTarget;
                case HAS_A_COARSE_RESOLUTION -> largestTarget / 100;
                default -> ROUNDING * largestTarget;
            };
        }

        @Override
        public TrivialAnswer trivialAnswer() {
            return fault == Fault.HAS_ANOTHER_TRIVIAL_ANSWER ? TrivialAnswer.MEDIAN : TrivialAnswer.MEAN;
        }

        @Override
        public OptionalDouble of(Answers answers) {
            double worst = 0;
            for (int row = 0; row < answers.rows(); row++) {
                worst = Math.max(worst, Math.abs(answers.answer(row) - answers.target(row)));
            }
            if (fault == Fault.CHANGES_TARGETS) {
                targetsOf(answers)[0] = worst;
            }
            return OptionalDouble.of(
                    switch (fault) {
                        case IS_NAN_FOR_EQUAL_TARGETS -> answers.spread() == 0 ? Double.NaN : worst;
                        case IS_INFINITE_FOR_LARGE_ERRORS -> worst > 10 ? Double.POSITIVE_INFINITY : worst;
                        case IS_ALWAYS_THE_SAME -> 1;
                        case KEEPS_SOMETHING -> worst + calls.getAndIncrement();
                        case HAS_CHANCE_OF_ITS_OWN -> worst + OWN_CHANCE.getAndIncrement();
                        default -> worst;
                    });
        }

        /** No method gives them. */
        private static double[] targetsOf(Answers answers) {
            try {
                Field field = Answers.class.getDeclaredField("targets");
                field.setAccessible(true);
                return (double[]) field.get(answers);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
