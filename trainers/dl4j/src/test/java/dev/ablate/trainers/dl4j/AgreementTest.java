package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.mlp.MlpOptions;
import dev.ablate.trainers.mlp.MlpPlugin;
import dev.ablate.trainers.perceptron.PerceptronOptions;
import dev.ablate.trainers.perceptron.PerceptronPlugin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From one start, Deeplearning4j and the hand-rolled trainers learn the same. */
final class AgreementTest {

    private static final Examples EIGHT = Examples.of(
            List.of("x1", "x2"),
            new double[] {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1},
            new double[] {0, 1, 0, 1, 0, 1, 1, 0});

    private static final Examples OF_CLASSES =
            Examples.of(EIGHT.features(), EIGHT.rows(), new double[] {0, 1, 0, 2, 0, 1, 2, 1});

    private static final Map<String, Trainer<?>> TRAINERS =
            trainers(new Dl4jPlugin(), new MlpPlugin(), new PerceptronPlugin());

    static Stream<Arguments> everyLossOfEveryActivation() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .flatMap(activation -> Stream.of(Loss.values())
                        .filter(loss -> loss.fits(activation))
                        .map(loss -> Arguments.of(activation, loss)));
    }

    @ParameterizedTest
    @MethodSource("everyLossOfEveryActivation")
    void afterOneUpdateAndAfterAThousand(Activation activation, Loss loss) {
        assertAgreement(new DenseOptions()
                .activation(activation)
                .loss(loss)
                .learningRate(0.002)
                .weights(0.5, -0.25)
                .bias(0.1)
                .updates(1_000));
    }

    /** Weighted sums are from -2 to 19 at first, of a sigmoid that is all but 1 where the target is 0. */
    @Test
    void byCrossEntropyFromASureAndWrongStart() {
        assertAgreement(new DenseOptions()
                .loss(Loss.CROSS_ENTROPY)
                .learningRate(0.02)
                .weights(4, -3)
                .bias(0.1)
                .updates(1_000));
    }

    @Test
    void withoutABias() {
        assertAgreement(new DenseOptions().noBias().weights(0.5, -0.25).updates(200));
    }

    // three rows, three and two: the last batch is shorter, which mse has to see
    @ParameterizedTest
    @CsvSource({"HALF_SSE, 3", "SSE, 1", "MSE, 3"})
    void fromADrawnStartInAShuffledOrder(Loss loss, int batch) {
        assertAgreement(new DenseOptions()
                .loss(loss)
                .batch(batch)
                .order(Order.SHUFFLED)
                .learningRate(0.02)
                .updates(200));
    }

    @Test
    void onBatchesAsGivenInWholeEpochs() {
        assertAgreement(new DenseOptions().weights(0.5, -0.25).batch(3).epochs(50));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfHiddenLayers")
    void throughAHiddenLayerAfterOneUpdate(
            Activation activation, Activation hidden, Loss loss, double l2, boolean bias) {
        assertAgreement(
                hidden(hidden, bias).activation(activation).loss(loss).l2(l2).updates(1));
    }

    // of all rows at once; a thousand updates of the reference take a second
    @ParameterizedTest
    @CsvSource({
        "IDENTITY, IDENTITY, HALF_SSE, 0, true",
        "SIGMOID, TANH, MSE, 0.05, true",
        "TANH, SIGMOID, SSE, 0, false",
        "RELU, RELU, MSE, 0.05, false"
    })
    void throughAHiddenLayerAfterAThousand(
            Activation activation, Activation hidden, Loss loss, double l2, boolean bias) {
        assertAgreement(
                hidden(hidden, bias).activation(activation).loss(loss).l2(l2).updates(1_000));
    }

    /** From a start at which every row makes the last neuron answer, so that relu learns too. */
    private static DenseOptions hidden(Activation hidden, boolean bias) {
        Optional<List<Double>> first = bias ? Optional.of(List.of(0.1, 0.3, -0.2)) : Optional.empty();
        Optional<List<Double>> last = bias ? Optional.of(List.of(0.2)) : Optional.empty();
        DenseOptions given = new DenseOptions()
                .hidden(3)
                .hiddenActivation(hidden)
                .learningRate(0.002)
                .layers(
                        new InitialLayer(List.of(List.of(0.3, 0.2, -0.1), List.of(0.1, -0.15, 0.25)), first),
                        new InitialLayer(List.of(List.of(0.6), List.of(0.4), List.of(0.5)), last));
        return bias ? given : given.noBias();
    }

    /** Each activation, before each, with each loss; with and without l2 and a bias in turn. */
    static Stream<Arguments> everyKindOfHiddenLayers() {
        List<Arguments> kinds = new ArrayList<>();
        everyLossOfEveryActivation()
                .forEach(kind -> Stream.of(Activation.values())
                        .filter(hidden -> hidden != Activation.STEP && hidden != Activation.SOFTMAX)
                        .forEach(hidden -> {
                            int turn = kinds.size() + kinds.size() / 4;
                            kinds.add(Arguments.of(
                                    kind.get()[0], hidden, kind.get()[1], turn % 2 == 0 ? 0 : 0.05, turn / 2 % 2 == 0));
                        }));
        return kinds.stream();
    }

    @Test
    void throughHiddenLayersByShuffledBatches() {
        assertAgreement(new DenseOptions()
                .hidden(4)
                .batch(3)
                .order(Order.SHUFFLED)
                .l2(0.01)
                .learningRate(0.02)
                .updates(200));
    }

    @Test
    void startsWhereTheOthersDo() {
        for (DenseOptions given : List.of(
                new DenseOptions().epochs(0), new DenseOptions().epochs(0).hidden(3, 2))) {
            RecordedTraining reference = training();
            train("dl4j", given.make(Dl4jOptions::new), reference);
            others(given).forEach((name, options) -> {
                RecordedTraining other = training();
                train(name, options, other);
                assertThat(other.calls()).hasSize(1);
                assertThat(other.parametersAfter(0)).isEqualTo(reference.parametersAfter(0));
                assertThat(other.streams()).isEqualTo(reference.streams());
            });
        }
    }

    @ParameterizedTest
    // the last begins where a share is all but 1
    @CsvSource({
        "0, 0, true, 8, 0.25",
        "0, 0.05, false, 3, 0.25",
        "3, 0, true, 8, 0.25",
        "3, 0.05, false, 3, 0.25",
        "0, 0, true, 8, 5"
    })
    void onThreeClassesAfterOneUpdateAndAfterAThousand(int units, double l2, boolean bias, int batch, double sd) {
        DenseOptions given = new DenseOptions()
                .activation(Activation.SOFTMAX)
                .loss(Loss.CROSS_ENTROPY)
                .learningRate(0.02)
                .l2(l2)
                .batch(batch)
                .order(batch == 8 ? Order.AS_GIVEN : Order.SHUFFLED)
                .drawnWeights(sd)
                .updates(1_000);
        given = units == 0 ? given : given.hidden(units);
        assertAgreement(
                bias ? given : given.noBias(),
                () -> new RecordedTraining(OF_CLASSES, 11).classes("red", "green", "blue"));
    }

    private static void assertAgreement(DenseOptions given) {
        assertAgreement(given, AgreementTest::training);
    }

    private static void assertAgreement(DenseOptions given, Supplier<RecordedTraining> start) {
        RecordedTraining reference = start.get();
        train("dl4j", given.make(Dl4jOptions::new), new Glances(reference));
        int last = reference.calls().size() - 1;
        assertThat(reference.calls().get(last).parameters()).isNotEqualTo(reference.parametersAfter(0));
        others(given).forEach((name, options) -> {
            RecordedTraining other = start.get();
            train(name, options, new Glances(other));
            assertThat(other.calls()).hasSameSizeAs(reference.calls());
            assertThat(other.streams()).isEqualTo(reference.streams());
            assertClose(name, other.calls().get(1), reference.calls().get(1), 1e-12);
            assertClose(name, other.calls().get(last), reference.calls().get(last), 1e-9);
        });
    }

    private static void assertClose(
            String name, RecordedTraining.Call ours, RecordedTraining.Call reference, double tolerance) {
        assertThat(ours.parameters()).containsOnlyKeys(reference.parameters().keySet());
        reference
                .parameters()
                .forEach((parameter, value) -> assertThat(ours.parameters().get(parameter))
                        .as("%s of %s after %d updates", parameter, name, ours.update())
                        .isCloseTo(value, within(tolerance)));
        assertThat(ours.predictions()).hasSameSizeAs(reference.predictions());
        for (int row = 0; row < reference.predictions().size(); row++) {
            assertThat(ours.predictions().get(row))
                    .isCloseTo(reference.predictions().get(row), within(tolerance));
        }
    }

    /** The hand-rolled trainers that can do the same, with what they are given. */
    private static Map<String, Record> others(DenseOptions given) {
        MlpOptions mlp = given.make(MlpOptions::new);
        if (!mlp.layers().hidden().isEmpty() || mlp.layers().l2() > 0) {
            return Map.of("mlp", mlp);
        }
        PerceptronOptions perceptron = new PerceptronOptions(
                mlp.descent().activation(),
                Optional.of(mlp.descent().loss()),
                Optional.empty(),
                mlp.descent().learningRate(),
                mlp.descent().epochs(),
                mlp.descent().updates(),
                Optional.of(mlp.descent().batch()),
                mlp.order(),
                mlp.layers().bias(),
                mlp.layers().initialWeights().orElseThrow(),
                mlp.layers().initialBias());
        return Map.of("mlp", mlp, "perceptron", perceptron);
    }

    private static RecordedTraining training() {
        return new RecordedTraining(EIGHT, 11);
    }

    // safe: a plugin's trainer takes the plugin's options
    @SuppressWarnings("unchecked")
    private static void train(String name, Record options, Training training) {
        ((Trainer<Record>) Objects.requireNonNull(TRAINERS.get(name))).train(options, training);
    }

    private static Map<String, Trainer<?>> trainers(PluginModule... plugins) {
        Map<String, Trainer<?>> trainers = new HashMap<>();
        for (PluginModule plugin : plugins) {
            trainers.putAll(
                    Guice.createInjector(plugin).getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {})));
        }
        return trainers;
    }
}
