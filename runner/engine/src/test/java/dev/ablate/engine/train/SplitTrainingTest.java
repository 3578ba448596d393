package dev.ablate.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.model.RunModels;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training where rows are held back and columns are scaled. */
@Timeout(60)
class SplitTrainingTest {

    private static final Descent BIASED = neuron(0.01, true, true);
    private static final Descent UNBIASED = neuron(0.01, false, true);

    @TempDir
    private Path home;

    private static final SplitSettings VALIDATED =
            new SplitSettings(0.2, 0.2, Take.RANDOM, Per.SEED, false, Optional.empty(), Optional.empty());

    private RunStore store;

    @BeforeEach
    void open() {
        store = RunStore.open(home, new SteadyClock());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Descent neuron(double rate, boolean bias, boolean random) {
        return Descent.of(new Descent.Options(Activation.IDENTITY, rate, 300, bias, random));
    }

    private static ChangedRun splitAndScaled(ChangedRun run) {
        return run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.NONE);
    }

    private static Plan plan(
            List<Long> seeds, Map<String, ? extends BoundTrainer> variants, UnaryOperator<ChangedRun> change) {
        return ChangedRun.plan(SmallPlans.plan("split", seeds, variants), change);
    }

    private List<Outcome> execute(Plan plan, int jobs) {
        return Executor.of(store)
                .execute(
                        plan,
                        new ExecutionOptions(jobs, Set.of(), false, false, false),
                        new Quiet(),
                        new Cancellation())
                .outcomes();
    }

    private Outcome train(BoundTrainer trainer, UnaryOperator<ChangedRun> change) {
        return execute(plan(List.of(1L), Map.of("only", trainer), change), 1).get(0);
    }

    /** Every recorded value as bits, by series and step; of series that begin like this. */
    private static Map<String, Long> values(RunStore store, RunRecord record, String... prefixes) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (Point point : store.points(record.id(), 0, Integer.MAX_VALUE)) {
            for (String prefix : prefixes) {
                if (point.series().startsWith(prefix)) {
                    values.put(point.series() + " at " + point.step(), Double.doubleToRawLongBits(point.value()));
                }
            }
        }
        return values;
    }

    private static Map<String, BoundTrainer> both() {
        Map<String, BoundTrainer> variants = new LinkedHashMap<>();
        variants.put("bias", BIASED);
        variants.put("no-bias", UNBIASED);
        return variants;
    }

    @Test
    void recordsMetricsOfBothPartsOnTheGrid() {
        RunRecord record = train(BIASED, SplitTrainingTest::splitAndScaled).record();
        assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(record.trainRows()).isEqualTo(32);
        assertThat(record.testRows()).isEqualTo(8);
        assertThat(record.metrics().keySet())
                .containsExactly(
                        "train/mse",
                        "train/rmse",
                        "train/mae",
                        "train/r2",
                        "train/sse",
                        "train/error_sum",
                        "train/medae",
                        "test/mse",
                        "test/rmse",
                        "test/mae",
                        "test/r2",
                        "test/sse",
                        "test/error_sum",
                        "test/medae");
        assertThat(store.series(record.id(), "test/mse"))
                .extracting(Point::step)
                .isEqualTo(store.series(record.id(), "train/mse").stream()
                        .map(Point::step)
                        .toList())
                .hasSize(151);
        assertThat(record.metrics().get("test/r2")).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void measuresInTheRawUnitOfTheTarget(Method target) {
        Descent descent = neuron(0.01, true, true);
        Outcome outcome =
                train(descent, run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, target));
        RunData data = RunData.of(outcome.run().context());
        assertThat(outcome.record().metrics().get("train/mse"))
                .isCloseTo(mse(outcome, data.train()), within(1e-6 * mse(outcome, data.train())));
        Examples test = data.test().orElseThrow();
        assertThat(outcome.record().metrics().get("test/mse"))
                .isCloseTo(mse(outcome, test), within(1e-6 * mse(outcome, test)));
    }

    /** By answers of the restored model to raw rows. */
    private double mse(Outcome outcome, Examples examples) {
        List<List<Double>> rows = IntStream.range(0, examples.size())
                .mapToObj(row -> List.of(examples.row(row)[0], examples.row(row)[1]))
                .toList();
        RunModel model =
                new RunModels(store).of(outcome.run(), outcome.record()).orElseThrow();
        List<List<Double>> answers = Predictor.of(examples.features(), model).answers(rows);
        return IntStream.range(0, examples.size())
                .mapToDouble(row -> Math.pow(answers.get(row).get(0) - examples.target(row), 2))
                .average()
                .orElseThrow();
    }

    /** Writes down as weights what it was given and what it draws, where every update is recorded. */
    private static BoundTrainer probe(boolean bias) {
        return new Scripted(
                training -> {
                    double initial = training.random("init.weights").nextGaussian();
                    if (bias) {
                        training.random("init.bias").nextGaussian();
                    }
                    RandomGenerator shuffle = training.random("shuffle");
                    Model model = seen(training, initial, 0);
                    for (long update = 0; update <= 20; update++) {
                        model = seen(training, initial, update == 0 ? 0 : shuffle.nextInt(32));
                        training.after(update, 20, model);
                    }
                    return model;
                },
                new Descent.Options(Activation.IDENTITY, 1, 20, bias, true),
                false);
    }

    private static Model seen(Training training, double initial, int row) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("initial", initial);
        parameters.put("row", (double) row);
        for (int k = 0; k < training.examples().size(); k++) {
            parameters.put("target" + k, training.examples().target(k));
        }
        return new Model() {
            @Override
            public void write(OutputStream out) {}

            @Override
            public void predict(Matrix rows, double[] answers) {
                Arrays.fill(answers, initial);
            }

            @Override
            public Map<String, Double> parameters() {
                return parameters;
            }
        };
    }

    @Test
    void sharesSplitWeightsAndOrderBetweenTheVariantsOfASeed() {
        Map<String, BoundTrainer> probes = new LinkedHashMap<>();
        probes.put("bias", probe(true));
        probes.put("no-bias", probe(false));
        List<Outcome> outcomes = execute(plan(List.of(4L, 5L), probes, SplitTrainingTest::splitAndScaled), 2);
        List<Map<String, Long>> weights = outcomes.stream()
                .map(outcome -> values(store, outcome.record(), Point.WEIGHTS))
                .toList();
        assertThat(weights.get(0)).hasSize(34 * 21).isEqualTo(weights.get(1));
        assertThat(weights.get(2)).isEqualTo(weights.get(3)).isNotEqualTo(weights.get(0));
    }

    @Test
    void changesNobodyElsesFiguresByAFurtherVariant() {
        List<Long> seeds = List.of(1L, 2L);
        List<Map<String, Long>> alone = new ArrayList<>();
        for (Outcome outcome :
                execute(plan(seeds, Map.of("no-bias", UNBIASED), SplitTrainingTest::splitAndScaled), 2)) {
            alone.add(values(store, outcome.record(), ""));
        }
        try (RunStore other = RunStore.open(home.resolve("other"), new SteadyClock())) {
            List<Outcome> together = Executor.of(other)
                    .execute(
                            plan(seeds, both(), SplitTrainingTest::splitAndScaled),
                            new ExecutionOptions(2, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes();
            assertThat(together.stream()
                            .filter(outcome -> outcome.run().variant().equals("no-bias"))
                            .map(outcome -> values(other, outcome.record(), "")))
                    .isEqualTo(alone)
                    .hasSize(2);
        }
    }

    @Test
    void givesTheSameToTheBitForAnyNumberOfJobs() {
        Plan plan = plan(LongStream.range(0, 6).boxed().toList(), both(), SplitTrainingTest::splitAndScaled);
        List<Map<String, Long>> alone = execute(plan, 1).stream()
                .map(outcome -> values(store, outcome.record(), ""))
                .toList();
        try (RunStore other = RunStore.open(home.resolve("other"), new SteadyClock())) {
            assertThat(Executor.of(other)
                            .execute(
                                    plan,
                                    new ExecutionOptions(4, Set.of(), false, false, false),
                                    new Quiet(),
                                    new Cancellation())
                            .outcomes()
                            .stream()
                            .map(outcome -> values(other, outcome.record(), "")))
                    .isEqualTo(alone)
                    .hasSize(12)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void learnsNothingFromTheTestPart() {
        double[] rows = ChangedRun.HOUSES.examples().rows().toArray();
        double[] targets = ChangedRun.HOUSES.examples().targets();
        int held = RunData.of(splitAndScaled(new ChangedRun(SmallPlans.run("only", 1, BIASED)))
                        .run()
                        .context())
                .testRows()[3];
        rows[2 * held] *= 7;
        targets[held] *= 3;
        Dataset changed = Dataset.regression(
                Examples.of(ChangedRun.HOUSES.examples().features(), rows, targets), "price", Map.of(), "");
        Outcome before = train(BIASED, SplitTrainingTest::splitAndScaled);
        Outcome after = train(BIASED, run -> run.on(changed).split(0.2).scale(Method.STANDARD, Method.NONE));
        assertThat(after.reused()).isFalse();
        assertThat(values(store, after.record(), "train/", Point.WEIGHTS))
                .hasSize(151 * 9 + 1)
                .isEqualTo(values(store, before.record(), "train/", Point.WEIGHTS));
        assertThat(after.record().metrics().get("test/mse"))
                .isNotEqualTo(before.record().metrics().get("test/mse"));
    }

    @Test
    void learnsNothingFromTheValidationPart() {
        UnaryOperator<ChangedRun> split = run -> run.split(VALIDATED).scale(Method.STANDARD, Method.NONE);
        int held = RunData.of(split.apply(new ChangedRun(SmallPlans.run("only", 1, BIASED)).on(ChangedRun.HOUSES))
                        .run()
                        .context())
                .validationRows()[2];
        double[] rows = ChangedRun.HOUSES.examples().rows().toArray();
        double[] targets = ChangedRun.HOUSES.examples().targets();
        rows[2 * held] *= 7;
        targets[held] *= 3;
        Dataset changed = Dataset.regression(
                Examples.of(ChangedRun.HOUSES.examples().features(), rows, targets), "price", Map.of(), "");
        Outcome before = train(BIASED, run -> split.apply(run.on(ChangedRun.HOUSES)));
        Outcome after = train(BIASED, run -> split.apply(run.on(changed)));
        assertThat(before.record().trainRows()).isEqualTo(24);
        assertThat(before.record().testRows()).isEqualTo(8);
        assertThat(values(store, after.record(), "train/", "test/", Point.WEIGHTS))
                .hasSize(151 * 15 + 2)
                .isEqualTo(values(store, before.record(), "train/", "test/", Point.WEIGHTS));
        assertThat(after.record().metrics().get("validation/mse"))
                .isNotEqualTo(before.record().metrics().get("validation/mse"));
        // the test part is that of a split without a validation part
        assertThat(RunData.of(before.run().context()).testRows())
                .isEqualTo(RunData.of(train(BIASED, SplitTrainingTest::splitAndScaled)
                                .run()
                                .context())
                        .testRows());
    }

    // ---- chance

    @Test
    void runsEverySeedOfASplitThatIsDrawnForEach() {
        Descent nothingDrawn = neuron(0.01, true, false);
        List<Outcome> outcomes =
                execute(plan(List.of(1L, 2L, 3L), Map.of("only", nothingDrawn), SplitTrainingTest::splitAndScaled), 2);
        assertThat(outcomes).hasSize(3).noneMatch(outcome -> outcome.record().deterministic());
        assertThat(outcomes.stream().map(outcome -> outcome.record().metrics().get("test/mse")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Take.class)
    void runsOneSeedWhereTheSplitIsTheSameForAll(Take take) {
        Descent nothingDrawn = neuron(0.01, true, false);
        List<Outcome> outcomes = execute(
                plan(
                        List.of(1L, 2L, 3L),
                        Map.of("only", nothingDrawn),
                        run -> run.on(ChangedRun.HOUSES)
                                .split(0.2, take, Per.EXPERIMENT)
                                .scale(Method.STANDARD, Method.NONE)),
                2);
        assertThat(outcomes).extracting(outcome -> outcome.run().label()).containsExactly("only/seed=1");
        assertThat(outcomes.get(0).record().deterministic()).isTrue();
    }

    // ---- failures

    @Test
    void failsWhereATestMetricIsNotFinite() {
        Dataset far = Dataset.regression(
                Examples.of(List.of("x"), new double[] {1, 2, 1e160}, new double[] {1, 2, 3}), "y", Map.of(), "");
        RunRecord record = train(neuron(0.05, true, false), run -> run.on(far).split(0.3, Take.LAST, Per.SEED))
                .record();
        assertThat(record.error())
                .contains(
                        "failed after 2 updates: test/mse is not finite (last finite 9 at 0); try learning_rate 0.005");
        assertThat(record.deterministic()).isTrue();
        assertThat(record.metrics()).containsEntry("test/mse", 9.0);
    }

    @Test
    void saysWhereAScaledTargetDiverges() {
        RunRecord record = train(
                        neuron(5, true, false),
                        run -> run.on(ChangedRun.HOUSES).split(0.2).scale(Method.STANDARD, Method.STANDARD))
                .record();
        assertThat(record.error().orElseThrow())
                .matches("failed after \\d+ updates: train/mse is not finite \\(last finite \\d\\.\\de\\d+ at \\d+\\);"
                        + " try learning_rate 0\\.5");
        assertThat(record.deterministic()).isFalse();
    }

    @Test
    void failsTheRunsAloneWhoseDataCannotBeScaled() {
        Dataset far = Dataset.regression(
                Examples.of(List.of("x"), new double[] {-1e308, 1e308, 0, 1}, new double[] {1, 2, 3, 4}),
                "y",
                Map.of(),
                "");
        Plan plan = plan(
                List.of(1L, 2L),
                both(),
                run -> run.run().variant().equals("bias")
                        ? run.on(far).scale(Method.MIN_MAX, Method.NONE)
                        : splitAndScaled(run));
        List<Outcome> outcomes = execute(plan, 2);
        assertThat(outcomes)
                .extracting(outcome -> outcome.run().label())
                .containsExactly("bias/seed=1", "no-bias/seed=1", "no-bias/seed=2");
        assertThat(outcomes.get(0).record().error())
                .contains(
                        "failed after 0 updates: data.scale.features: the values of 'x' are too far apart for min-max");
        assertThat(outcomes.subList(1, 3)).allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
    }

    @Test
    void hidesNoRunOfACellBehindTheFailureOfAnother() {
        List<PlannedRun> runs = new ArrayList<>();
        Plan plain = plan(List.of(1L, 2L), both(), SplitTrainingTest::splitAndScaled);
        for (PlannedRun run : plain.runs()) {
            for (String rate : List.of("0.01", "5")) {
                ChangedRun inCell = new ChangedRun(run).cell(Map.of("trainer.learning_rate", rate));
                runs.add(inCell.trainer(
                                neuron(Double.parseDouble(rate), run.variant().equals("bias"), true))
                        .run());
            }
        }
        List<Outcome> outcomes = execute(ChangedRun.plan(plain, runs), 3);
        assertThat(outcomes).extracting(Outcome::run).isEqualTo(runs);
        for (Outcome outcome : outcomes) {
            assertThat(outcome.record().status())
                    .as(outcome.run().label())
                    .isEqualTo(outcome.run().cell().containsValue("5") ? RunStatus.FAILED : RunStatus.FINISHED);
        }
    }
}
