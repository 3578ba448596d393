package dev.ablate.core.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Layer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.TrainerContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every trainer of dense layers keeps to: the contract of any trainer for each kind of network, and beside it names, starts
 * and the slope that it goes down.
 *
 * <pre>{@code
 * final class MlpTest extends DenseTrainerContract<MlpOptions> {
 *     @Override
 *     protected Trainer<MlpOptions> trainer() {
 *         return new Mlp();
 *     }
 *
 *     @Override
 *     protected MlpOptions options(DenseOptions given) {
 *         return given.make(MlpOptions::new);
 *     }
 * }
 * }</pre>
 *
 * @param <O> the options record
 */
public abstract class DenseTrainerContract<O extends Record & DependsOnData> {

    private static final Examples XOR =
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 0});

    private static final InitialLayer FIRST =
            new InitialLayer(List.of(List.of(0.5, -0.75), List.of(-0.25, 1.0)), Optional.of(List.of(0.125, -0.5)));

    private static final InitialLayer LAST = new InitialLayer(List.of(List.of(1.5), List.of(-2.0)), Optional.empty());

    /** A new trainer. */
    protected abstract Trainer<O> trainer();

    /** The options record of what was given. */
    protected abstract O options(DenseOptions given);

    @Nested
    final class ByShuffledBatches extends EveryTrainer {
        @Override
        DenseOptions given() {
            return new DenseOptions().batch(2).order(Order.SHUFFLED).loss(Loss.HALF_SSE);
        }
    }

    @Nested
    final class RowByRowFromAFixedStart extends EveryTrainer {
        @Override
        DenseOptions given() {
            return new DenseOptions().batch(1).noBias().weights(0.5, -0.25).activation(Activation.TANH);
        }
    }

    @Nested
    final class WithHiddenLayers extends EveryTrainer {
        @Override
        DenseOptions given() {
            return new DenseOptions()
                    .hidden(3, 2)
                    .batch(2)
                    .order(Order.SHUFFLED)
                    .l2(0.01);
        }
    }

    @Nested
    final class WithAHiddenLayerWithoutABias extends EveryTrainer {
        @Override
        DenseOptions given() {
            return new DenseOptions()
                    .hidden(4)
                    .hiddenActivation(Activation.RELU)
                    .noBias();
        }
    }

    @Nested
    final class OfClasses extends EveryTrainer {
        @Override
        DenseOptions given() {
            return ofClasses().batch(2).order(Order.SHUFFLED);
        }

        @Override
        protected Task task() {
            return Task.CLASSES;
        }
    }

    @Nested
    final class OfClassesWithAHiddenLayer extends EveryTrainer {
        @Override
        DenseOptions given() {
            return ofClasses().hidden(3).l2(0.01);
        }

        @Override
        protected Task task() {
            return Task.CLASSES;
        }
    }

    private static DenseOptions ofClasses() {
        return new DenseOptions().activation(Activation.SOFTMAX).loss(Loss.CROSS_ENTROPY);
    }

    private abstract class EveryTrainer extends TrainerContract<O> {

        abstract DenseOptions given();

        @Override
        protected Trainer<O> trainer() {
            return DenseTrainerContract.this.trainer();
        }

        @Override
        protected O options(long updates) {
            return DenseTrainerContract.this.options(given().updates(updates));
        }

        @Override
        protected Optional<O> oneUpdate(
                Activation activation, Loss loss, double learningRate, List<Double> weights, Optional<Double> bias) {
            DenseOptions neuron = new DenseOptions()
                    .activation(activation)
                    .loss(loss)
                    .learningRate(learningRate)
                    .weights(weights)
                    .updates(1);
            return Optional.of(
                    DenseTrainerContract.this.options(bias.map(neuron::bias).orElseGet(neuron::noBias)));
        }
    }

    @Test
    final void solvesXorWithAHiddenLayer() {
        assertTrue(largestError(Activation.TANH) < 0.1);
    }

    // layers of weighted sums are a weighted sum
    @Test
    final void doesNotSolveXorWhereHiddenLayersOnlyWeigh() {
        assertTrue(largestError(Activation.IDENTITY) > 0.4);
    }

    private double largestError(Activation hidden) {
        Model model = train(new DenseOptions()
                .hidden(4)
                .hiddenActivation(hidden)
                .loss(Loss.SSE)
                .learningRate(0.5)
                .epochs(600));
        List<Double> predictions = RecordedTraining.predictions(model, XOR);
        double largest = 0;
        for (int row = 0; row < XOR.size(); row++) {
            largest = Math.max(largest, Math.abs(predictions.get(row) - XOR.target(row)));
        }
        return largest;
    }

    @Test
    final void namesItsParametersByLayerInputAndUnit() {
        Model model = train(new DenseOptions().hidden(2).layers(FIRST, LAST).updates(0));
        assertEquals(
                List.of(
                        Map.entry("layer1/x1/1", 0.5),
                        Map.entry("layer1/x1/2", -0.75),
                        Map.entry("layer1/x2/1", -0.25),
                        Map.entry("layer1/x2/2", 1.0),
                        Map.entry("layer1/bias/1", 0.125),
                        Map.entry("layer1/bias/2", -0.5),
                        Map.entry("layer2/1/1", 1.5),
                        Map.entry("layer2/2/1", -2.0),
                        Map.entry("layer2/bias/1", 0.0)),
                new ArrayList<>(model.parameters().entrySet()));
        assertEquals(
                List.of(
                        new Layer(FIRST.weights(), List.of(0.125, -0.5), Activation.TANH),
                        new Layer(LAST.weights(), List.of(0.0), Activation.SIGMOID)),
                model.layers());
    }

    @Test
    final void drawsItsStartLayerByLayerInputByInputUnitByUnit() {
        RecordedTraining same = new RecordedTraining(XOR, 5);
        RandomGenerator weights = same.random("init.weights");
        RandomGenerator bias = same.random("init.bias");
        Map<String, Double> parameters =
                train(new DenseOptions().hidden(2).drawnWeights(2).updates(0)).parameters();
        for (String name :
                List.of("layer1/x1/1", "layer1/x1/2", "layer1/x2/1", "layer1/x2/2", "layer2/1/1", "layer2/2/1")) {
            assertEquals(2 * weights.nextGaussian(), parameters.get(name), name);
        }
        for (String name : List.of("layer1/bias/1", "layer1/bias/2", "layer2/bias/1")) {
            assertEquals(2 * bias.nextGaussian(), parameters.get(name), name);
        }
    }

    @Test
    final void startsEveryBiasAtTheNumberGiven() {
        Map<String, Double> parameters =
                train(new DenseOptions().hidden(2).bias(0.25).updates(0)).parameters();
        for (String name : List.of("layer1/bias/1", "layer1/bias/2", "layer2/bias/1")) {
            assertEquals(0.25, parameters.get(name), name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | true  | AS_GIVEN | ''",
                "false | true  | SHUFFLED | shuffle",
                "true  | true  | AS_GIVEN | init.bias,init.weights",
                "true  | false | SHUFFLED | init.weights,shuffle"
            })
    final void asksForTheStreamsFromWhichItDrawsAlone(boolean drawn, boolean bias, Order order, String streams) {
        DenseOptions given = new DenseOptions().order(order).batch(3).epochs(1);
        given = drawn ? given : given.weights(0.5, -0.25);
        given = bias ? given : given.noBias();
        RecordedTraining training = new RecordedTraining(XOR, 1);
        trainer().train(options(given), training);
        assertEquals(streams.isEmpty() ? Set.of() : Set.of(streams.split(",", -1)), training.streams());
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 2, 2", "3, 2, 2, 4", "1, 4, 2, 8", "99, 1, 0, 0"})
    final void makesTheUpdatesOfItsEpochs(int batch, int perEpoch, int epochs, int total) {
        RecordedTraining training = new RecordedTraining(XOR, 1);
        trainer().train(options(new DenseOptions().batch(batch).epochs(epochs)), training);
        assertEquals(perEpoch * epochs + 1, training.calls().size());
        assertTrue(training.calls().stream().allMatch(call -> call.total() == total));
    }

    static Stream<Arguments> everyKind() {
        return descending()
                .flatMap(activation -> descending()
                        .flatMap(hidden -> Stream.of(Loss.values())
                                .filter(loss -> loss.fits(activation))
                                .flatMap(loss -> Stream.of(0.0, 0.25)
                                        .flatMap(l2 -> Stream.of(true, false)
                                                .map(bias -> Arguments.of(activation, hidden, loss, l2, bias))))));
    }

    private static Stream<Activation> descending() {
        return Stream.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH, Activation.RELU);
    }

    /** Each number must go down the slope of the loss, measured by central differences on a network written out here. */
    @ParameterizedTest(name = "{0} after {1}, {2}, l2 {3}, bias {4}")
    @MethodSource("everyKind")
    final void goesDownTheMeasuredSlope(Activation activation, Activation hidden, Loss loss, double l2, boolean bias) {
        double rate = 0.01;
        WrittenOut network = WrittenOut.awayFromKnees(activation, hidden, loss, l2, bias);
        DenseOptions given = new DenseOptions()
                .activation(activation)
                .hidden(3, 2)
                .hiddenActivation(hidden)
                .loss(loss)
                .l2(l2)
                .learningRate(rate)
                .layers(network.start())
                .updates(1);
        Map<String, Double> after = trainer()
                .train(options(bias ? given : given.noBias()), new RecordedTraining(WrittenOut.ROWS, 5))
                .parameters();
        assertEquals(network.parameters().keySet(), after.keySet());
        network.parameters()
                .forEach((name, before) -> assertEquals(
                        network.slope(name), (before - after.getOrDefault(name, Double.NaN)) / rate, 1e-7, name));
    }

    /** Each number must go down the slope of the loss, measured by central differences on what the restored model answers. */
    @ParameterizedTest(name = "{0}, l2 {1}, bias {2}")
    @CsvSource({"0, 0, true", "0, 0.25, false", "3, 0, true", "3, 0.25, false"})
    final void goesDownTheMeasuredSlopeOfClasses(int units, double l2, boolean bias) throws IOException {
        double rate = 0.01;
        DenseOptions given = ofClasses().l2(l2).learningRate(rate).drawnWeights(0.5);
        given = units == 0 ? given : given.hidden(units);
        given = bias ? given : given.noBias();
        Map<String, Double> before =
                trainer().train(options(given.updates(0)), threeClasses()).parameters();
        O options = options(given.updates(1));
        Map<String, Double> after = trainer().train(options, threeClasses()).parameters();
        assertEquals(before.keySet(), after.keySet());
        double h = 1e-5;
        for (Map.Entry<String, Double> number : before.entrySet()) {
            double slope =
                    (loss(options, before, number.getKey(), h) - loss(options, before, number.getKey(), -h)) / (2 * h);
            boolean costs = !number.getKey().contains("bias");
            assertEquals(
                    slope + (costs ? l2 * number.getValue() : 0),
                    (number.getValue() - after.getOrDefault(number.getKey(), Double.NaN)) / rate,
                    1e-7,
                    number.getKey());
        }
    }

    private double loss(O options, Map<String, Double> parameters, String moved, double by) throws IOException {
        Map<String, Double> there = new LinkedHashMap<>(parameters);
        there.merge(moved, by, Double::sum);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Parameters.write(there, written);
        Model model =
                trainer().restore(options, threeClasses().schema(), new ByteArrayInputStream(written.toByteArray()));
        List<Double> shares = threeClasses().predictions(model);
        double loss = 0;
        for (int row = 0; row < WrittenOut.ROWS.size(); row++) {
            loss -= StrictMath.log(shares.get(row * 3 + row % 3)) / WrittenOut.ROWS.size();
        }
        return loss;
    }

    private static RecordedTraining threeClasses() {
        Examples rows = Examples.of(WrittenOut.ROWS.features(), WrittenOut.ROWS.rows(), new double[] {0, 1, 2, 0, 1});
        return new RecordedTraining(rows, 5).classes("red", "green", "blue");
    }

    @Test
    final void namesItsParametersByFeatureAndClass() {
        DenseOptions given =
                ofClasses().updates(0).weights(1, 2, 3, 4, 5, 6, 7, 8, 9).bias(0.5);
        Model model = trainer().train(options(given), threeClasses());
        assertEquals(
                List.of(
                        "a/red",
                        "a/green",
                        "a/blue",
                        "b/red",
                        "b/green",
                        "b/blue",
                        "c/red",
                        "c/green",
                        "c/blue",
                        "bias/red",
                        "bias/green",
                        "bias/blue"),
                List.copyOf(model.parameters().keySet()));
        assertEquals(
                List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 0.5, 0.5, 0.5),
                List.copyOf(model.parameters().values()));
        Model layers = trainer().train(options(ofClasses().updates(0).hidden(1)), threeClasses());
        assertEquals(
                List.of(
                        "layer2/1/red",
                        "layer2/1/green",
                        "layer2/1/blue",
                        "layer2/bias/red",
                        "layer2/bias/green",
                        "layer2/bias/blue"),
                List.copyOf(layers.parameters().keySet()).subList(4, 10));
    }

    @Test
    final void refusesWhatDoesNotFitTheTarget() {
        assertRefused(
                List.of("activation", "initial_weights"),
                () -> options(new DenseOptions().epochs(1).weights(1, 2))
                        .check(Schemas.classes(List.of("a", "b"), "red", "green", "blue")));
        assertRefused(
                List.of("activation"),
                () -> options(ofClasses().epochs(1)).check(Schemas.classes(List.of("a"), "no", "yes")));
        assertRefused(
                List.of("loss"),
                () -> options(new DenseOptions().epochs(1).loss(Loss.CROSS_ENTROPY))
                        .check(Schemas.regression(List.of("a"))));
    }

    @Test
    final void doesNotPullBiasesTowardsNothing() {
        DenseOptions flat = new DenseOptions()
                .hidden(1)
                .activation(Activation.IDENTITY)
                .l2(0.5)
                .layers(
                        new InitialLayer(List.of(List.of(0.0), List.of(0.0)), Optional.of(List.of(3.0))),
                        new InitialLayer(List.of(List.of(0.0)), Optional.of(List.of(0.5))))
                .updates(1);
        Map<String, Double> parameters = train(flat).parameters();
        assertEquals(3.0, parameters.get("layer1/bias/1"));
        assertEquals(0.5, parameters.get("layer2/bias/1"));
    }

    @Test
    final void letsAnOverflowShowInsteadOfThrowing() {
        Model model = train(new DenseOptions()
                .activation(Activation.IDENTITY)
                .learningRate(10)
                .weights(1, 1)
                .epochs(600));
        assertTrue(model.parameters().values().stream().noneMatch(Double::isFinite));
        assertTrue(RecordedTraining.predictions(model, XOR).stream().noneMatch(Double::isFinite));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOFTMAX", "STEP"})
    final void answersNoNumberFromNoNumber(Activation activation) throws IOException {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("x1", Double.NaN);
        parameters.put("x2", 1.0);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Parameters.write(parameters, written);
        Model model = trainer()
                .restore(
                        options(new DenseOptions()
                                .activation(activation)
                                .noBias()
                                .epochs(0)),
                        new RecordedTraining(XOR, 1).schema(),
                        new ByteArrayInputStream(written.toByteArray()));
        assertEquals(Set.of(Double.NaN), Set.copyOf(RecordedTraining.predictions(model, XOR)));
    }

    @Test
    final void refusesRowsOfAnotherWidth() {
        Model model = train(new DenseOptions().epochs(0));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> model.predict(XOR.rows(), new double[2]));
        assertEquals("4 rows of 2 values are not 2 rows of 2 features", refused.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> model.predict(Matrix.of(3, 1, 2, 3, 4, 5, 6), new double[2]));
    }

    @Test
    final void answersNoRowsWithNothing() {
        Model model = train(new DenseOptions().epochs(0));
        model.predict(Matrix.of(2), new double[0]);
    }

    @Test
    final void fillsInWhatWasNotGiven() {
        assertEquals(options(new DenseOptions().epochs(1).drawnWeights(1)), options(new DenseOptions().epochs(1)));
        assertEquals(
                options(new DenseOptions().epochs(1).hidden(3).hiddenActivation(Activation.TANH)),
                options(new DenseOptions().epochs(1).hidden(3)));
        assertEquals(
                options(new DenseOptions().epochs(1).weights(1, 2).bias(0)),
                options(new DenseOptions().epochs(1).weights(1, 2)));
        assertNotEquals(options(new DenseOptions().epochs(1).bias(0)), options(new DenseOptions().epochs(1)));
    }

    @Test
    final void refusesWhatDoesNotFitTogether() {
        assertRefused(
                List.of("activation", "epochs", "initial_bias", "hidden_activation"),
                () -> options(new DenseOptions()
                        .activation(Activation.STEP)
                        .noBias()
                        .bias(1)
                        .hiddenActivation(Activation.TANH)));
        assertRefused(
                List.of("updates", "hidden_activation", "initial_layers"),
                () -> options(new DenseOptions()
                        .epochs(1)
                        .updates(1)
                        .hidden(2)
                        .hiddenActivation(Activation.STEP)
                        .layers(FIRST)));
    }

    @Test
    final void refusesAnotherNumberOfWeightsThanFeatures() {
        List<String> features = List.of("a", "b", "c");
        O weights = options(new DenseOptions().epochs(1).weights(1, 2));
        O layers = options(new DenseOptions().epochs(1).hidden(2).layers(FIRST, LAST));
        assertRefused(List.of("initial_weights"), () -> weights.check(Schemas.regression(features)));
        assertRefused(List.of("initial_layers"), () -> layers.check(Schemas.regression(features)));
        weights.check(Schemas.regression(XOR.features()));
        layers.check(Schemas.classes(XOR.features(), "no", "yes"));
    }

    private static void assertRefused(List<String> options, Executable construction) {
        assertEquals(
                options,
                assertThrows(Refused.class, construction).all().stream()
                        .map(Refused.Reason::option)
                        .toList());
    }

    private Model train(DenseOptions given) {
        return trainer().train(options(given), new RecordedTraining(XOR, 5));
    }

    /**
     * Three features, three units, two units and one, without {@link Activation#of} and {@link Loss#of}, so that a slip there is
     * seen too.
     */
    private record WrittenOut(
            Activation activation, Activation hidden, Loss loss, double l2, Map<String, Double> parameters) {

        static final Examples ROWS = Examples.of(
                List.of("a", "b", "c"),
                new SplittableRandom(3).doubles(15, -2, 2).toArray(),
                new SplittableRandom(4).doubles(5, -1, 1).toArray());

        private static final int[] UNITS = {3, 3, 2, 1};

        private static final double H = 1e-5;

        /** From the first start in which no weighted sum is so near 0 that a small move would cross the knee of relu. */
        static WrittenOut awayFromKnees(Activation activation, Activation hidden, Loss loss, double l2, boolean bias) {
            for (long seed = 0; ; seed++) {
                WrittenOut network = new WrittenOut(activation, hidden, loss, l2, drawn(seed, bias));
                List<Double> sums = new ArrayList<>();
                for (int row = 0; row < ROWS.size(); row++) {
                    network.answer(network.parameters, ROWS.row(row), sums);
                }
                // some unit must answer, or the slopes of relu are all 0
                if (sums.stream().noneMatch(z -> Math.abs(z) < 0.01) && sums.get(sums.size() - 1) > 0) {
                    return network;
                }
            }
        }

        private static Map<String, Double> drawn(long seed, boolean bias) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Double> parameters = new HashMap<>();
            for (int layer = 1; layer < UNITS.length; layer++) {
                for (int unit = 0; unit < UNITS[layer]; unit++) {
                    for (int input = 0; input < UNITS[layer - 1]; input++) {
                        parameters.put(weight(layer, input, unit), random.nextDouble(-1, 1));
                    }
                    if (bias) {
                        parameters.put(bias(layer, unit), random.nextDouble(-1, 1));
                    }
                }
            }
            return parameters;
        }

        private static String weight(int layer, int input, int unit) {
            String from = layer == 1 ? ROWS.features().get(input) : String.valueOf(input + 1);
            return "layer" + layer + "/" + from + "/" + (unit + 1);
        }

        private static String bias(int layer, int unit) {
            return "layer" + layer + "/bias/" + (unit + 1);
        }

        InitialLayer[] start() {
            InitialLayer[] layers = new InitialLayer[UNITS.length - 1];
            for (int layer = 1; layer < UNITS.length; layer++) {
                List<List<Double>> weights = new ArrayList<>();
                for (int input = 0; input < UNITS[layer - 1]; input++) {
                    List<Double> row = new ArrayList<>();
                    for (int unit = 0; unit < UNITS[layer]; unit++) {
                        row.add(parameters.getOrDefault(weight(layer, input, unit), Double.NaN));
                    }
                    weights.add(row);
                }
                List<Double> biases = new ArrayList<>();
                for (int unit = 0; unit < UNITS[layer] && parameters.containsKey(bias(layer, unit)); unit++) {
                    biases.add(parameters.getOrDefault(bias(layer, unit), Double.NaN));
                }
                layers[layer - 1] =
                        new InitialLayer(weights, biases.isEmpty() ? Optional.empty() : Optional.of(biases));
            }
            return layers;
        }

        double slope(String name) {
            return (error(name, H) - error(name, -H)) / (2 * H);
        }

        private double error(String moved, double by) {
            Map<String, Double> there = new HashMap<>(parameters);
            there.merge(moved, by, Double::sum);
            double sum = 0;
            for (int row = 0; row < ROWS.size(); row++) {
                sum += loss(answer(there, ROWS.row(row), new ArrayList<>()), ROWS.target(row));
            }
            double squares = there.entrySet().stream()
                    .filter(entry -> !entry.getKey().contains("bias"))
                    .mapToDouble(entry -> entry.getValue() * entry.getValue())
                    .sum();
            return sum + l2 / 2 * squares;
        }

        private double loss(double answer, double target) {
            double square = (answer - target) * (answer - target);
            return switch (loss) {
                case HALF_SSE -> square / 2;
                case SSE -> square;
                case MSE -> square / ROWS.size();
                case CROSS_ENTROPY ->
                    -(target * StrictMath.log(answer) + (1 - target) * StrictMath.log(1 - answer)) / ROWS.size();
            };
        }

        private double answer(Map<String, Double> there, double[] row, List<Double> sums) {
            double[] values = row;
            for (int layer = 1; layer < UNITS.length; layer++) {
                double[] answers = new double[UNITS[layer]];
                for (int unit = 0; unit < answers.length; unit++) {
                    double z = there.getOrDefault(bias(layer, unit), 0.0);
                    for (int input = 0; input < values.length; input++) {
                        z += there.getOrDefault(weight(layer, input, unit), Double.NaN) * values[input];
                    }
                    sums.add(z);
                    answers[unit] = squashed(layer < UNITS.length - 1 ? hidden : activation, z);
                }
                values = answers;
            }
            return values[0];
        }

        private static double squashed(Activation by, double z) {
            double half = StrictMath.exp(z / 2);
            return switch (by) {
                case IDENTITY -> z;
                case SIGMOID -> half / (half + 1 / half);
                case TANH -> (half * half - 1 / half / half) / (half * half + 1 / half / half);
                case RELU -> Math.max(z, 0);
                case SOFTMAX, STEP -> throw new AssertionError("has no slope");
            };
        }
    }
}
