package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.train.RunFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trainer reports of metrics of its own. */
@Timeout(60)
class ReportedMetricsTest {

    private static final Model ONE = Scripted.constant(1);

    @TempDir
    private Path home;

    /** Declares {@code loss} and {@code norm}. */
    record Declaring() implements ReportsMetrics {
        @Override
        public List<ReportedMetric> reportedMetrics() {
            return Stream.of("loss", "norm")
                    .map(name -> new ReportedMetric(
                            name, Optional.of(Goal.MINIMIZE), MetricRange.FROM_0, 0, "a number of its own"))
                    .toList();
        }
    }

    private RunRecord run(Record options, Function<Training, Model> script) {
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            return Executor.of(store)
                    .execute(
                            SmallPlans.plan("own", List.of(1L), Map.of("own", new Scripted(script, options, false))),
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0)
                    .record();
        }
    }

    @Test
    void areStoredAtTheirOwnStepsAndTheLastValueStandsForTheRun() {
        RunRecord record = run(new Declaring(), training -> {
            training.report(0, "norm", 7);
            training.after(0, 4, ONE);
            training.report(2, "loss", 0.5);
            training.after(4, 4, ONE);
            training.report(4, "loss", 0.25);
            training.report(400, "norm", -3);
            return ONE;
        });
        assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(record.updates()).isEqualTo(4);
        assertThat(record.metrics())
                .containsEntry("loss", 0.25)
                .containsEntry("norm", -3.0)
                .containsKey("train/mse");
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            assertThat(store.series(record.id(), "loss"))
                    .extracting(Point::step, Point::value)
                    .containsExactly(tuple(2L, 0.5), tuple(4L, 0.25));
            assertThat(store.series(record.id(), "train/mse"))
                    .extracting(Point::step)
                    .containsExactly(0L, 4L);
        }
    }

    private static Arguments way(String error, Record options, Consumer<Training> deed) {
        return Arguments.of(error, options, deed);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way(
                        "it reported the metric los, which its options do not declare; they declare loss, norm",
                        new Declaring(),
                        training -> training.report(1, "los", 1)),
                way(
                        "it reported the metric loss, which its options do not declare",
                        new NoMetrics(),
                        training -> training.report(1, "loss", 1)),
                way("it reported loss at step -1", new Declaring(), training -> training.report(-1, "loss", 1)),
                way("it reported loss at step 1 after step 1", new Declaring(), training -> {
                    training.report(1, "loss", 1);
                    training.report(1, "norm", 1);
                    training.report(1, "loss", 1);
                }),
                way("it reported loss at step 0 after step 3", new Declaring(), training -> {
                    training.report(3, "loss", 1);
                    training.report(0, "loss", 1);
                }),
                way("it reported NaN as loss at step 2", new Declaring(), training -> {
                    training.report(1, "loss", 1);
                    training.report(2, "loss", Double.NaN);
                }),
                way(
                        "it reported Infinity as norm at step 2",
                        new Declaring(),
                        training -> training.report(2, "norm", Double.POSITIVE_INFINITY)),
                way(
                        "it never reported loss, norm, which its options declare; it reported none",
                        new Declaring(),
                        training -> {}),
                way(
                        "it never reported loss, which its options declare; it reported norm",
                        new Declaring(),
                        training -> training.report(0, "norm", 1)),
                way("it reported NaN as loss at step 0", new Declaring(), training -> {
                    for (int step = 0; step < 3; step++) {
                        try {
                            training.report(step, "loss", Double.NaN);
                        } catch (RunFailure e) {
                            // goes on
                        }
                    }
                }));
    }

    /** Declares nothing. */
    record NoMetrics() {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void endTheRunWhereTheyBreakTheContract(String what, Record options, Consumer<Training> deed) {
        RunRecord record = run(options, training -> {
            training.after(0, 9, ONE);
            deed.accept(training);
            training.after(9, 9, ONE);
            return ONE;
        });
        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.error())
                .hasValueSatisfying(error -> assertThat(error)
                        .startsWith("failed after ")
                        .endsWith(": trainer 'scripted' breaks its contract: " + what));
    }
}
