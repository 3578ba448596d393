package dev.ablate.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

    /** Of features b and a, in this order: {@code 1 b + 10 a + 0.5}. */
    private static final RunModel SUM = RunModel.of(
            "v/seed=1",
            new TrainedModel(
                    List.of("b", "a"),
                    "y",
                    "",
                    List.of(),
                    Decision.DEFAULT,
                    List.of(),
                    List.of(new Layer(List.of(List.of(1.0), List.of(10.0)), List.of(0.5), Activation.IDENTITY)),
                    Scale.NONE,
                    List.of(0.0, 0.0),
                    null));

    @TempDir
    private Path home;

    private static RunRecord run(RunStore store, BoundTrainer trainer) {
        return Executor.of(store)
                .execute(
                        SmallPlans.plan("p", List.of(1L), Map.of("v", trainer)),
                        new ExecutionOptions(1, Set.of(), false, false, false),
                        new Quiet(),
                        new Cancellation())
                .outcomes()
                .get(0)
                .record();
    }

    @Test
    void takesTheModelsOwnColumnsByName() {
        Predictor predictor = Predictor.of(List.of("a", "c", "b"), SUM);
        assertThat(predictor.answers(List.of(List.of(1.0, 99.0, 2.0), List.of(3.0, 99.0, 4.0))))
                .containsExactly(List.of(12.5), List.of(34.5));
        assertThat(predictor.answers(List.of())).isEmpty();
    }

    @Test
    void answersAsTheTrainedModelDid() {
        PlannedRun run = SmallPlans.run("v", 1, Descent.of(500, true));
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunRecord record = run(store, Descent.of(500, true));
            RunModel model = new RunModels(store).of(run, record).orElseThrow();
            List<List<Double>> answers = Predictor.of(List.of("x1", "x2"), model)
                    .answers(List.of(List.of(0.0, 0.0), List.of(0.0, 1.0), List.of(1.0, 0.0), List.of(1.0, 1.0)));
            double sum = 0;
            for (int row = 0; row < 4; row++) {
                sum += answers.get(row).get(0) - SmallPlans.OR.examples().target(row);
            }
            assertThat(sum).isEqualTo(record.metrics().get("train/error_sum"));
        }
    }

    @Test
    void asksTheTrainerForAModelWithoutLayers() {
        Scripted trainer = Scripted.of(training -> {
            training.after(0, 0, Scripted.constant(0.75));
            return Scripted.constant(0.75);
        });
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunRecord record = run(store, trainer);
            RunModel model = new RunModels(store)
                    .of(SmallPlans.run("v", 1, trainer), record)
                    .orElseThrow();
            assertThat(model.description().isDense()).isFalse();
            assertThat(Predictor.of(List.of("x1", "x2"), model).answers(List.of(List.of(0.0, 0.0))))
                    .containsExactly(List.of(0.75));
        }
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertThatThrownBy(() -> Predictor.of(List.of("a", "c"), SUM))
                .hasMessage("run v/seed=1 needs b; a row has [a, c]");
        assertThatThrownBy(() -> Predictor.of(List.of("a", "b"), SUM).answers(List.of(List.of(1.0))))
                .hasMessage("a row has 1 values, not 2");
    }

    @Test
    void hasNoModelOfARunThatHasNotFinished() {
        PlannedRun run = SmallPlans.run("v", 1, Descent.of(500, true));
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            RunRecord killed = store.begin(run, false).kill(0);
            assertThat(new RunModels(store).of(run, killed)).isEmpty();
        }
    }
}
