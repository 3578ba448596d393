package dev.ablate.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.engine.fixture.ChangedRun;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.Quiet;
import dev.ablate.engine.fixture.Scripted;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawParametersTest {

    @TempDir
    private Path home;

    private static Descent neuron(Activation activation, boolean bias) {
        return Descent.of(new Descent.Options(activation, 0.01, 100, bias, true));
    }

    /** A run that was trained, with its model in the store. */
    private record Trained(RunRecord record, Optional<RunModel> model) {

        Optional<Map<String, Double>> raw() {
            return model.flatMap(
                    found -> RawParameters.of(found.description(), RawParameters.isBiased(record.parameters())));
        }

        List<Double> answers(List<List<Double>> rows) {
            return Predictor.of(List.of("area", "age"), model.orElseThrow()).answers(rows).stream()
                    .map(answer -> answer.get(0))
                    .toList();
        }
    }

    private Trained train(BoundTrainer trainer, UnaryOperator<ChangedRun> change) {
        Plan plan = ChangedRun.plan(
                SmallPlans.plan("raw", List.of(3L), Map.of("only", trainer)),
                run -> change.apply(run.on(ChangedRun.HOUSES).split(0.2)));
        try (RunStore store = RunStore.open(home, new SteadyClock())) {
            Outcome outcome = Executor.of(store)
                    .execute(
                            plan,
                            new ExecutionOptions(1, Set.of(), false, false, false),
                            new Quiet(),
                            new Cancellation())
                    .outcomes()
                    .get(0);
            return new Trained(outcome.record(), new RunModels(store).of(outcome.run(), outcome.record()));
        }
    }

    /** Of weights that are named area, age and bias, in this order. */
    private static double sum(Map<String, Double> raw, double area, double age) {
        List<Double> weights = List.copyOf(raw.values());
        return weights.get(0) * area + weights.get(1) * age + weights.get(2);
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD, NONE, true",
        "STANDARD, STANDARD, true",
        "STANDARD, STANDARD, false",
        "MIN_MAX, MAX, false",
        "MIN_MAX, MIN_MAX, true",
        "MAX, NONE, true",
        "NONE, STANDARD, false"
    })
    void answersAsTheScaledModelDoes(Method features, Method target, boolean bias) {
        // unscaled features would need a much smaller rate
        Descent descent = Descent.of(
                new Descent.Options(Activation.IDENTITY, features == Method.NONE ? 1e-9 : 0.01, 100, bias, true));
        Trained outcome = train(descent, run -> run.scale(features, target));
        Map<String, Double> raw = outcome.raw().orElseThrow();
        assertThat(raw.keySet()).containsExactly("area", "age", "bias");
        List<List<Double>> rows = List.of(List.of(1_000.0, 20.0), List.of(3_100.0, 0.0));
        List<Double> answers = outcome.answers(rows);
        for (int row = 0; row < rows.size(); row++) {
            double sum = sum(raw, rows.get(row).get(0), rows.get(row).get(1));
            assertThat(sum).isCloseTo(answers.get(row), within(1e-12 * Math.max(1, Math.abs(sum)) + 1e-8));
        }
    }

    @Test
    void hasNoBiasWhereNothingShifts() {
        assertThat(train(neuron(Activation.IDENTITY, false), run -> run.scale(Method.MAX, Method.MAX))
                        .raw())
                .get()
                .extracting(Map::keySet)
                .isEqualTo(Set.of("area", "age"));
    }

    @Test
    void showsTheWeightedSumOfAnyActivationWhereTheTargetIsRaw() {
        Trained outcome = train(neuron(Activation.SIGMOID, true), run -> run.scale(Method.STANDARD, Method.NONE));
        Map<String, Double> raw = outcome.raw().orElseThrow();
        double answer = outcome.answers(List.of(List.of(1_500.0, 30.0))).get(0);
        assertThat(Activation.SIGMOID.of(sum(raw, 1_500, 30))).isCloseTo(answer, within(1e-12));
    }

    @Test
    void isEmptyWhereItWouldSayNothing() {
        assertThat(train(Descent.of(new Descent.Options(Activation.IDENTITY, 1e-9, 10, true, true)), run -> run)
                        .raw())
                .isEmpty();
        assertThat(train(neuron(Activation.SIGMOID, true), run -> run.scale(Method.STANDARD, Method.MIN_MAX))
                        .raw())
                .isEmpty();
        Scripted withoutLayers = Scripted.of(training -> {
            training.after(0, 0, Scripted.constant(1));
            return Scripted.constant(1);
        });
        assertThat(train(withoutLayers, run -> run.scale(Method.STANDARD, Method.NONE))
                        .raw())
                .isEmpty();
        Scripted failing = Scripted.of(training -> Scripted.constant(1));
        assertThat(train(failing, run -> run.scale(Method.MAX, Method.NONE)).raw())
                .isEmpty();
    }

    @Test
    void hasANumberForEachFeatureAndClass() {
        Layer softmax = new Layer(
                List.of(List.of(1.0, 2.0, -3.0), List.of(0.5, 0.0, 4.0)), List.of(0.0, 0.0, 0.0), Activation.SOFTMAX);
        TrainedModel model = new TrainedModel(
                List.of("a", "b"),
                "y",
                "",
                List.of("alba", "grandis", "minor"),
                Decision.DEFAULT,
                List.of(new Scale(10, 2), new Scale(-1, 4)),
                List.of(softmax),
                Scale.NONE,
                List.of(0.0, 0.0),
                null);
        Map<String, Double> raw = RawParameters.of(model, false).orElseThrow();
        assertThat(raw.keySet())
                .containsExactly(
                        "a/alba",
                        "a/grandis",
                        "a/minor",
                        "b/alba",
                        "b/grandis",
                        "b/minor",
                        "bias/alba",
                        "bias/grandis",
                        "bias/minor");
        double a = 3;
        double b = 7;
        for (int k = 0; k < 3; k++) {
            String label = model.classes().get(k);
            double sum = softmax.weights().get(0).get(k) * (a - 10) / 2
                    + softmax.weights().get(1).get(k) * (b + 1) / 4;
            assertThat(raw.getOrDefault("a/" + label, 0.0) * a
                            + raw.getOrDefault("b/" + label, 0.0) * b
                            + raw.getOrDefault("bias/" + label, 0.0))
                    .isCloseTo(sum, within(1e-12));
        }
        assertThat(RawParameters.isBiased(raw)).isTrue();
    }
}
