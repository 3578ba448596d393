package dev.ablate.trainers.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Neuron;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.RecordedTraining;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained of an update is what the update did, in every layer, for every activation and loss. */
final class MlpExplainTest {

    private static final long UPDATES = 9;

    private static final Examples ROWS = Examples.of(
            List.of("height", "width"),
            new double[] {0.5, -1.25, 2, 0.75, -0.5, 1.5, 1, 0.25, -1.75, -0.375},
            new double[] {1, 0, 1, 1, 0});

    private static final Examples OF_CLASSES = Examples.of(ROWS.features(), ROWS.rows(), new double[] {1, 0, 2, 1, 0});

    static Stream<MlpOptions> everyWayToLearn() {
        List<MlpOptions> ways = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            if (activation == Activation.STEP || activation == Activation.SOFTMAX) {
                continue;
            }
            for (Loss loss : List.of(Loss.HALF_SSE, Loss.SSE, Loss.MSE)) {
                ways.add(options(loss).activation(activation).make(MlpOptions::new));
                ways.add(options(loss).activation(activation).l2(0.25).noBias().make(MlpOptions::new));
                ways.add(options(loss).hidden(3).hiddenActivation(activation).make(MlpOptions::new));
                ways.add(options(loss)
                        .hidden(3, 2)
                        .hiddenActivation(activation)
                        .l2(0.125)
                        .batch(2)
                        .order(Order.SHUFFLED)
                        .make(MlpOptions::new));
                ways.add(options(loss)
                        .hidden(2)
                        .hiddenActivation(activation)
                        .activation(Activation.IDENTITY)
                        .noBias()
                        .batch(3)
                        .order(Order.WITH_REPLACEMENT)
                        .make(MlpOptions::new));
            }
        }
        for (Activation activation : List.of(Activation.SIGMOID, Activation.SOFTMAX)) {
            DenseOptions alone = options(Loss.CROSS_ENTROPY).activation(activation);
            ways.add(alone.make(MlpOptions::new));
            ways.add(alone.l2(0.25).batch(2).order(Order.SHUFFLED).make(MlpOptions::new));
            ways.add(alone.hidden(3, 2).make(MlpOptions::new));
            ways.add(alone.hidden(2).noBias().batch(3).make(MlpOptions::new));
        }
        return ways.stream();
    }

    private static RecordedTraining training(MlpOptions options, long seed) {
        return ofClasses(options)
                ? new RecordedTraining(OF_CLASSES, seed).classes("red", "green", "blue")
                : new RecordedTraining(ROWS, seed);
    }

    private static boolean ofClasses(MlpOptions options) {
        return options.descent().activation() == Activation.SOFTMAX;
    }

    private static DenseOptions options(Loss loss) {
        return new DenseOptions()
                .loss(loss)
                .learningRate(0.125)
                .drawnWeights(0.5)
                .updates(UPDATES);
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void showsTheWeightsOfTheTrainingToTheBit(MlpOptions options) {
        RecordedTraining trained = training(options, 7);
        new Mlp().train(options, trained);
        for (long update : new long[] {1, 2, UPDATES}) {
            RecordedTraining watched = training(options, 7);
            Explanation explanation =
                    new Mlp().explain(options, watched, update, 0).orElseThrow();
            assertThat(watched.calls()).isEqualTo(trained.calls());
            assertThat(numbers(explanation, Weight::before)).isEqualTo(trained.parametersAfter(update - 1));
            assertThat(numbers(explanation, Weight::after)).isEqualTo(trained.parametersAfter(update));
            assertThat(explanation.weights())
                    .allSatisfy(weight -> assertThat(weight.after())
                            .isEqualTo(weight.before()
                                    - options.descent().learningRate() * (weight.gradient() + weight.penalty())));
            int row = explanation.rows().get(0);
            Term answer = new Mlp()
                    .explain(options, training(options, 7), update, row)
                    .flatMap(Explanation::row)
                    .orElseThrow()
                    .answer()
                    .get(0);
            assertThat(answer.value())
                    .as("what the model answers to the row")
                    .isEqualTo(trained.calls()
                            .get((int) update - 1)
                            .predictions()
                            .get(ofClasses(options) ? row * 3 + (int) OF_CLASSES.target(row) : row));
        }
        assertThat(new Mlp().explain(options, training(options, 7), UPDATES + 1, 0))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void itsGradientIsTheSumOfItsSharesInTheOrderOfTrainingToTheBit(MlpOptions options) {
        Explanation any = new Mlp().explain(options, training(options, 3), 4, 0).orElseThrow();
        List<Row> rows = any.rows().stream().map(row -> worked(options, 4, row)).toList();
        for (int weight = 0; weight < any.weights().size(); weight++) {
            int input = weight;
            double[] inputs =
                    rows.stream().mapToDouble(row -> row.inputs().get(input)).toArray();
            double[] pulls = rows.stream().mapToDouble(row -> pull(row, input)).toArray();
            assertThat(any.weights().get(weight).gradient()).isEqualTo(SumOfProducts.of(0, inputs, pulls, 0));
            for (int k = 0; k < pulls.length; k++) {
                assertThat(rows.get(k).shares().get(weight)).isEqualTo(pulls[k] * inputs[k]);
            }
        }
    }

    /** {@code dE/dz} of the neuron that has the weight. */
    private static double pull(Row row, int weight) {
        return row.neurons().stream()
                .filter(neuron -> neuron.weights().contains(weight))
                .mapToDouble(neuron -> last(neuron).value())
                .findFirst()
                .orElseGet(
                        () -> row.factors().stream().mapToDouble(Term::value).reduce(1, (one, other) -> one * other));
    }

    private static Term last(Neuron neuron) {
        return neuron.terms().get(neuron.terms().size() - 1);
    }

    /** The loss of the row, with each weight moved a little. */
    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void aShareIsTheSlopeOfTheLossThatIsShown(MlpOptions options) {
        Explanation explanation = learnedFrom(options);
        Row row = explanation.row().orElseThrow();
        Map<String, Double> start = numbers(explanation, Weight::before);
        int n = explanation.rows().size();
        assertThat(row.answer().get(row.answer().size() - 1).value())
                .isCloseTo(loss(options, start, row, n), within(1e-12));
        double little = 1e-6;
        for (int i = 0; i < explanation.weights().size(); i++) {
            Map<String, Double> more = new LinkedHashMap<>(start);
            Map<String, Double> less = new LinkedHashMap<>(start);
            more.merge(explanation.weights().get(i).name(), little, Double::sum);
            less.merge(explanation.weights().get(i).name(), -little, Double::sum);
            double slope = (loss(options, more, row, n) - loss(options, less, row, n)) / (2 * little);
            assertThat(row.shares().get(i)).isCloseTo(slope, within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void everyNeuronsNumbersFollowFromEachOther(MlpOptions options) {
        Explanation explanation = learnedFrom(options);
        Row row = explanation.row().orElseThrow();
        int hidden = options.layers().hidden().stream().mapToInt(i -> i).sum();
        int outputs = ofClasses(options) ? 3 : 1;
        assertThat(row.neurons()).hasSize(hidden + outputs == 1 ? 0 : hidden + outputs);
        List<Integer> owned = new ArrayList<>();
        for (Neuron neuron : row.neurons()) {
            double z = 0;
            double slope = last(neuron).value();
            for (int weight : neuron.weights()) {
                z += explanation.weights().get(weight).before() * row.inputs().get(weight);
                assertThat(row.shares().get(weight))
                        .isEqualTo(slope * row.inputs().get(weight));
                String name = explanation.weights().get(weight).name();
                assertThat(name)
                        .matches(
                                neuron.name().contains("/")
                                        ? neuron.name().replace("/", "/[^/]+/")
                                        : "[^/]+/" + neuron.name());
            }
            assertThat(neuron.sum()).isCloseTo(z, within(1e-12));
            List<Double> values = neuron.terms().stream().map(Term::value).toList();
            List<String> symbols = neuron.terms().stream().map(Term::symbol).toList();
            boolean lastLayer = row.neurons().indexOf(neuron) >= hidden;
            int n = explanation.rows().size();
            if (lastLayer && ofClasses(options)) {
                assertThat(symbols).containsExactly("o", "t", "dE/dz");
                boolean own = row.neurons().indexOf(neuron) - hidden == row.target();
                assertThat(values.get(1)).isEqualTo(own ? 1 : 0);
                assertThat(slope).isCloseTo((values.get(0) - values.get(1)) / n, within(1e-15));
                if (own) {
                    assertThat(row.sum()).isEqualTo(neuron.sum());
                    assertThat(row.factors()).extracting(Term::value).containsExactly(slope);
                }
            } else if (lastLayer && options.descent().loss().isBySum()) {
                assertThat(symbols).containsExactly("o", "dE/dz");
                assertThat(slope).isCloseTo((values.get(0) - row.target()) / n, within(1e-15));
            } else {
                assertThat(symbols).containsExactly("o", "dE/do", "do/dz", "dE/dz");
                assertThat(slope).isEqualTo(values.get(1) * values.get(2));
            }
            owned.addAll(neuron.weights());
        }
        if (!row.neurons().isEmpty()) {
            assertThat(owned)
                    .doesNotHaveDuplicates()
                    .hasSize(explanation.weights().size());
        }
    }

    private static double loss(MlpOptions options, Map<String, Double> parameters, Row row, int n) {
        double[] answer = new double[ofClasses(options) ? 3 : 1];
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            Parameters.write(parameters, written);
            new Mlp()
                    .restore(options, training(options, 3).schema(), new ByteArrayInputStream(written.toByteArray()))
                    .predict(ROWS.rows().take(row.index()), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ofClasses(options)) {
            return -StrictMath.log(answer[(int) row.target()]) / n;
        }
        double error = answer[0] - row.target();
        return switch (options.descent().loss()) {
            case HALF_SSE -> error * error / 2;
            case SSE -> error * error;
            case MSE -> error * error / n;
            case CROSS_ENTROPY -> -StrictMath.log(1 - Math.abs(error)) / n;
        };
    }

    private static Explanation learnedFrom(MlpOptions options) {
        Explanation any = new Mlp().explain(options, training(options, 3), 4, 0).orElseThrow();
        return new Mlp()
                .explain(options, training(options, 3), 4, any.rows().get(0))
                .orElseThrow();
    }

    private static Row worked(MlpOptions options, long update, int row) {
        return new Mlp()
                .explain(options, training(options, 3), update, row)
                .flatMap(Explanation::row)
                .orElseThrow();
    }

    private static Map<String, Double> numbers(Explanation explanation, ToDoubleFunction<Weight> number) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        explanation.weights().forEach(weight -> numbers.put(weight.name(), number.applyAsDouble(weight)));
        return numbers;
    }
}
