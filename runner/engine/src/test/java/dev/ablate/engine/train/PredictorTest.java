package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunKey;
import dev.ablate.engine.plan.ScaleSettings;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

    private static final Descent SUM = Descent.of(new Descent.Options(Activation.IDENTITY, 0.01, 0, true, false));

    @TempDir
    private Path home;

    /** A run on features b and a, in this order, that ended with a = 10, b = 1, bias = 0.5. */
    private RunRecord record(PlannedRun run, boolean finished) {
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            var log = store.begin(run, false);
            return finished ? log.finish(true, 0, Map.of("a", 10.0, "b", 1.0, "bias", 0.5)) : log.kill(0);
        }
    }

    private static PlannedRun run() {
        Dataset dataset = Dataset.regression(
                Examples.of(List.of("a", "b", "c"), new double[] {1, 2, 3}, new double[] {1}), "y", Map.of(), "");
        return new PlannedRun(
                "v",
                Map.of(),
                1,
                new RunKey("0".repeat(64)),
                dataset,
                List.of("b", "a"),
                Optional.empty(),
                ScaleSettings.NONE,
                SUM,
                Decision.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                true,
                OptionalLong.empty(),
                Map.of());
    }

    @Test
    void takesTheRunsOwnColumnsByName() {
        Predictor predictor = Predictor.of(List.of("a", "c", "b"), run(), record(run(), true));
        assertThat(predictor.answers(List.of(List.of(1.0, 99.0, 2.0), List.of(3.0, 99.0, 4.0))))
                .containsExactly(12.5, 34.5);
        assertThat(predictor.answers(List.of())).isEmpty();
    }

    @Test
    void answersAsTheTrainedModelDid() {
        PlannedRun run = SmallPlans.run("v", 1, Descent.of(500, true));
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            var plan = SmallPlans.plan("p", List.of(1L), Map.of("v", Descent.of(500, true)));
            RunRecord record = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0)
                    .record();
            List<Double> answers = Predictor.of(List.of("x1", "x2"), run, record)
                    .answers(List.of(List.of(0.0, 0.0), List.of(0.0, 1.0), List.of(1.0, 0.0), List.of(1.0, 1.0)));
            double sum = 0;
            for (int row = 0; row < 4; row++) {
                sum += answers.get(row) - SmallPlans.OR.examples().target(row);
            }
            assertThat(sum).isEqualTo(record.metrics().get("train/error_sum"));
        }
    }

    @Test
    void refusesWhatItCannotAnswer() {
        RunRecord finished = record(run(), true);
        assertThatThrownBy(() -> Predictor.of(List.of("a", "c"), run(), finished))
                .hasMessage("run v/seed=1 needs b; a row has [a, c]");
        assertThatThrownBy(
                        () -> Predictor.of(List.of("a", "b"), run(), finished).answers(List.of(List.of(1.0))))
                .hasMessage("a row has 1 values, not 2");
    }

    @Test
    void refusesARunThatHasNotFinished() {
        assertThatThrownBy(() -> Predictor.of(List.of("a", "b"), run(), record(run(), false)))
                .hasMessage("run v/seed=1 has not finished");
    }
}
