package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.StopRule;
import dev.ablate.worker.train.RunFailure;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BrokenTrainerTest {

    private static final Model ONE = Scripted.constant(1);
    private static final StopRule NO_BETTER =
            new StopRule.NoBetter(MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "mse"), Goal.MINIMIZE, 0, 4);

    @TempDir
    private Path home;

    private static Arguments way(String name, String error, Function<Training, Model> script) {
        return Arguments.of(name, error, script);
    }

    /** What it does, what is said of it, and the trainer. */
    static Stream<Arguments> ways() {
        return Stream.of(
                way(
                        "throws",
                        "failed after 2 updates: trainer 'scripted' ended with java.lang.IllegalStateException: no",
                        t -> {
                            report(t, 2);
                            throw new IllegalStateException("no");
                        }),
                way(
                        "overflows the stack",
                        "failed after 2 updates: trainer 'scripted' ended with java.lang.StackOverflowError",
                        t -> {
                            report(t, 2);
                            return Scripted.constant(deep(1));
                        }),
                way(
                        "runs out of memory",
                        "failed after 0 updates: trainer 'scripted' ended with java.lang.OutOfMemoryError: Requested array size"
                                + " exceeds VM limit",
                        t -> Scripted.constant(new double[Integer.MAX_VALUE].length)),
                way(
                        "lacks a class",
                        "failed after 0 updates: trainer 'scripted' ended with java.lang.NoClassDefFoundError: org/nd4j/Nd4j",
                        t -> {
                            throw new NoClassDefFoundError("org/nd4j/Nd4j");
                        }),
                way(
                        "never reports",
                        "failed after 0 updates: trainer 'scripted' breaks its contract: it never called Training.after",
                        t -> ONE),
                way(
                        "begins below 0",
                        "failed after 0 updates: trainer 'scripted' breaks its contract: its first update was -1,"
                                + " and it reported 9 as the total",
                        t -> {
                            t.after(-1, 9, ONE);
                            return ONE;
                        }),
                way(
                        "has less than no updates",
                        "failed after 0 updates: trainer 'scripted' breaks its contract: it reported -1 as the total",
                        t -> {
                            t.after(0, -1, ONE);
                            return ONE;
                        }),
                way(
                        "leaves out updates, and the last",
                        "failed after 4 updates: trainer 'scripted' breaks its contract: it returned after update 4 of 9 without"
                                + " being asked to stop",
                        t -> {
                            report(t, 2);
                            t.after(4, 9, ONE);
                            return ONE;
                        }),
                way(
                        "leaves out updates beyond the total",
                        "failed after 2 updates: trainer 'scripted' breaks its contract: it reported update 10 after update 2, and 9 as"
                                + " the total",
                        t -> {
                            report(t, 2);
                            t.after(10, 9, ONE);
                            return ONE;
                        }),
                way(
                        "reports an update twice",
                        "failed after 2 updates: trainer 'scripted' breaks its contract: it reported update 2 after update 2",
                        t -> {
                            report(t, 2);
                            t.after(2, 9, ONE);
                            return ONE;
                        }),
                way(
                        "begins again",
                        "failed after 2 updates: trainer 'scripted' breaks its contract: it reported update 0 after update 2",
                        t -> {
                            report(t, 2);
                            t.after(0, 9, ONE);
                            return ONE;
                        }),
                way(
                        "changes the total",
                        "failed after 2 updates: trainer 'scripted' breaks its contract: it reported 10 as the total, after 9",
                        t -> {
                            report(t, 2);
                            t.after(3, 10, ONE);
                            return ONE;
                        }),
                way(
                        "goes beyond the total",
                        "failed after 9 updates: trainer 'scripted' breaks its contract: it reported update 10 after update 9",
                        t -> {
                            report(t, 10);
                            return ONE;
                        }),
                way(
                        "returns early",
                        "failed after 2 updates: trainer 'scripted' breaks its contract: it returned after update 2 of 9 without"
                                + " being asked to stop",
                        t -> {
                            report(t, 2);
                            return ONE;
                        }),
                way(
                        "goes on after it was asked to stop",
                        "failed after 4 updates: trainer 'scripted' breaks its contract: it reported update 5 after it was asked to"
                                + " stop at update 4",
                        t -> {
                            report(t, 9);
                            return ONE;
                        }),
                way(
                        "goes on after it was asked to stop, whatever is said",
                        "failed after 4 updates: trainer 'scripted' breaks its contract: it reported update 5 after it was asked to"
                                + " stop at update 4",
                        t -> {
                            for (int update = 0; update <= 9; update++) {
                                try {
                                    t.after(update, 9, ONE);
                                } catch (RunFailure e) {
                                    // goes on
                                }
                            }
                            return ONE;
                        }),
                way(
                        "swallows what ends it",
                        "failed after 1 update: train/mse is not finite (last finite 0.25 at 0)",
                        t -> {
                            for (int update = 0; update <= 9; update++) {
                                try {
                                    t.after(update, 9, update == 1 ? Scripted.constant(Double.NaN) : ONE);
                                } catch (RuntimeException e) {
                                    // goes on
                                }
                            }
                            return ONE;
                        }),
                way("wraps what ends it", "failed after 0 updates: train/mse is not finite", t -> {
                    try {
                        t.after(0, 9, Scripted.constant(Double.POSITIVE_INFINITY));
                    } catch (RuntimeException e) {
                        throw new IllegalStateException("wrapped", e);
                    }
                    return ONE;
                }),
                way(
                        "has a model that throws, and goes on",
                        "failed after 3 updates: trainer 'scripted' ended with java.lang.ArithmeticException: by zero",
                        t -> {
                            report(t, 2);
                            for (int update = 3; update <= 9; update++) {
                                try {
                                    t.after(update, 9, update == 3 ? new Unpredictable() : ONE);
                                } catch (ArithmeticException | RunFailure e) {
                                    // goes on
                                }
                            }
                            return ONE;
                        }));
    }

    private static final class Unpredictable implements Model {
        @Override
        public void write(OutputStream out) {}

        @Override
        public void predict(Matrix rows, double[] answers) {
            throw new ArithmeticException("by zero");
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }
    }

    private static void report(Training training, int updates) {
        for (int update = 0; update <= updates; update++) {
            training.after(update, 9, ONE);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what is wanted
    private static double deep(double x) {
        return deep(x + 1) + 1;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void failsItsOwnRunAlone(String name, String error, Function<Training, Model> script) {
        Map<String, BoundTrainer> variants = new LinkedHashMap<>();
        variants.put("broken", Scripted.of(script));
        variants.put("sound", Descent.of(20, true));
        boolean stops = name.startsWith("goes on after");
        Plan plan = ChangedRun.plan(
                SmallPlans.plan("broken", List.of(1L, 2L), variants), run -> stops ? run.stop(NO_BETTER) : run);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            List<Outcome> outcomes = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(2, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes();
            for (Outcome outcome : outcomes) {
                if (outcome.run().variant().equals("broken")) {
                    assertThat(outcome.record().error()).contains(error);
                    assertThat(outcome.record().status()).isEqualTo(RunStatus.FAILED);
                } else {
                    assertThat(outcome.record().status()).isEqualTo(RunStatus.FINISHED);
                }
                assertThat(store.find(outcome.run().key())).contains(outcome.record());
            }
            assertThat(outcomes.stream()
                            .filter(outcome -> outcome.run().variant().equals("sound")))
                    .hasSize(2);
        }
    }
}
