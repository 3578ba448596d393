package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.StopRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainers that do not report every update: those that learn in one go, and those that learn where nobody sees it. */
@Timeout(60)
class LeftOutUpdatesTest {

    private static final Model ONE = Scripted.constant(1);
    private static final StopRule NO_BETTER =
            new StopRule.NoBetter(MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "mse"), Goal.MINIMIZE, 0, 40);

    @TempDir
    private Path home;

    @Test
    void aTrainerOfOneUpdateIsMeasuredBeforeAndAfter() {
        assertThat(steps(UnaryOperator.identity(), RunStatus.FINISHED, 1, training -> {
                    training.after(0, 1, ONE);
                    training.after(1, 1, ONE);
                    return ONE;
                }))
                .containsExactly(0L, 1L);
    }

    @Test
    void theTotalMayFollowUpdateZero() {
        assertThat(steps(UnaryOperator.identity(), RunStatus.FINISHED, 1_000_000, training -> {
                    training.after(0, 1_000_000, ONE);
                    training.after(1_000_000, 1_000_000, ONE);
                    return ONE;
                }))
                .containsExactly(0L, 1_000_000L);
    }

    @Test
    void theNextUpdateStandsForAStepOfTheGridThatIsLeftOut() {
        long[] reported = {0, 3, 4, 7, 8, 9, 16, 20};
        assertThat(steps(run -> run.every(5), RunStatus.FINISHED, 20, training -> {
                    for (long update : reported) {
                        training.after(update, 20, ONE);
                    }
                    return ONE;
                }))
                // for 0, 5, 10 and 15, and 20
                .containsExactly(0L, 7L, 16L, 20L);
    }

    @Test
    void aStopRuleCountsTheUpdatesThatWereLeftOut() {
        assertThat(steps(run -> run.stop(NO_BETTER), RunStatus.FINISHED, 50, training -> {
                    for (long update = 0; update <= 200; update += 25) {
                        if (!training.after(update, 200, ONE)) {
                            return ONE;
                        }
                    }
                    throw new AssertionError("was not asked to stop");
                }))
                .containsExactly(0L, 25L, 50L);
    }

    private List<Long> steps(
            UnaryOperator<ChangedRun> change, RunStatus status, long updates, Function<Training, Model> script) {
        Plan plan = ChangedRun.plan(SmallPlans.plan("gaps", List.of(1L), Map.of("only", Scripted.of(script))), change);
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunRecord record = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0)
                    .record();
            assertThat(record.error()).isEmpty();
            assertThat(record.status()).isEqualTo(status);
            assertThat(record.updates()).isEqualTo(updates);
            return store.points(record.id(), 0, Integer.MAX_VALUE).stream()
                    .filter(point -> point.series().equals("train/mse"))
                    .map(Point::step)
                    .toList();
        }
    }
}
