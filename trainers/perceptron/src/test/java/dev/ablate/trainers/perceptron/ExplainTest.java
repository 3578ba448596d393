package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Explanation;
import dev.ablate.core.training.Explanation.Row;
import dev.ablate.core.training.Explanation.Term;
import dev.ablate.core.training.Explanation.Weight;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained of an update is what the update did, for every activation, loss, gradient, batch and order. */
final class ExplainTest {

    private static final long UPDATES = 12;

    private static final Examples ROWS = Examples.of(
            List.of("height", "width"),
            new double[] {0.5, -1.25, 2, 0.75, -0.5, 1.5, 1, 0.25, -1.75, -0.375},
            new double[] {1, 0, 1, 1, 0});

    static Stream<Options> everyWayToLearn() {
        List<Options> ways = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            if (activation == Activation.SOFTMAX) {
                continue;
            }
            for (boolean bias : new boolean[] {true, false}) {
                if (activation == Activation.STEP) {
                    for (Order order : Order.values()) {
                        ways.add(options(activation, bias).order(order));
                    }
                    continue;
                }
                for (Loss loss : Loss.values()) {
                    if (!loss.fits(activation)) {
                        continue;
                    }
                    ways.add(options(activation, bias).loss(loss));
                    ways.add(options(activation, bias).loss(loss).batch(2).order(Order.SHUFFLED));
                    ways.add(options(activation, bias).loss(loss).batch(3).order(Order.WITH_REPLACEMENT));
                    if (activation == Activation.SIGMOID && loss != Loss.CROSS_ENTROPY) {
                        ways.add(options(activation, bias).loss(loss).gradient(Gradient.AS_PUBLISHED));
                    }
                }
            }
        }
        return ways.stream();
    }

    private static Options options(Activation activation, boolean bias) {
        Options options =
                new Options().activation(activation).learningRate(0.125).updates(UPDATES);
        return bias ? options : options.noBias();
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void showsTheWeightsOfTheTrainingToTheBit(Options options) {
        RecordedTraining trained = new RecordedTraining(ROWS, 7);
        new Perceptron().train(options.make(), trained);
        for (long update : new long[] {1, 2, 7, UPDATES}) {
            RecordedTraining watched = new RecordedTraining(ROWS, 7);
            Explanation explanation = explain(options, watched, update, 0).orElseThrow();
            assertThat(watched.calls()).isEqualTo(trained.calls());
            assertThat(explanation.update()).isEqualTo(update);
            assertThat(numbers(explanation, Weight::before)).isEqualTo(trained.parametersAfter(update - 1));
            assertThat(numbers(explanation, Weight::after)).isEqualTo(trained.parametersAfter(update));
            int row = explanation.rows().get(0);
            Term answer = explain(options, new RecordedTraining(ROWS, 7), update, row)
                    .flatMap(Explanation::row)
                    .orElseThrow()
                    .answer()
                    .get(0);
            assertThat(answer.value())
                    .as("what the model answers to the row")
                    .isEqualTo(
                            trained.calls().get((int) update - 1).predictions().get(row));
        }
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void itsGradientIsTheSumOfItsSharesInTheOrderOfTrainingToTheBit(Options options) {
        for (long update : new long[] {1, 6}) {
            Explanation any =
                    explain(options, new RecordedTraining(ROWS, 3), update, 0).orElseThrow();
            List<Row> rows = new ArrayList<>();
            for (int row : any.rows()) {
                rows.add(explain(options, new RecordedTraining(ROWS, 3), update, row)
                        .flatMap(Explanation::row)
                        .orElseThrow());
            }
            assertThat(rows).extracting(Row::index).isEqualTo(any.rows());
            double[] pulls = rows.stream().mapToDouble(ExplainTest::pull).toArray();
            for (int weight = 0; weight < any.weights().size(); weight++) {
                int input = weight;
                double[] inputs = rows.stream()
                        .mapToDouble(row -> row.inputs().get(input))
                        .toArray();
                assertThat(any.weights().get(weight).gradient()).isEqualTo(SumOfProducts.of(0, inputs, pulls, 0));
                for (int k = 0; k < pulls.length; k++) {
                    assertThat(rows.get(k).shares().get(weight)).isEqualTo(pulls[k] * inputs[k]);
                }
            }
        }
    }

    /** What a row's inputs are multiplied by to give its shares. */
    private static double pull(Row row) {
        return row.factors().isEmpty() ? row.target() - row.answer().get(0).value() : product(row);
    }

    private static double product(Row row) {
        return row.factors().stream().mapToDouble(Term::value).reduce(1, (one, other) -> one * other);
    }

    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void itsNumbersFollowFromEachOther(Options options) {
        Explanation explanation = learnedFrom(options, 4);
        Row row = explanation.row().orElseThrow();
        boolean step = row.factors().isEmpty();
        double z = 0;
        for (int i = 0; i < explanation.weights().size(); i++) {
            z += explanation.weights().get(i).before() * row.inputs().get(i);
        }
        assertThat(row.sum()).isCloseTo(z, within(1e-12));
        double o = row.answer().get(0).value();
        assertThat(row.answer().get(1).value()).isEqualTo(o - row.target());
        double pull = pull(row);
        for (int i = 0; i < explanation.weights().size(); i++) {
            Weight weight = explanation.weights().get(i);
            double way = (step ? 1 : -1) * explanation.rule().learningRate();
            assertThat(row.shares().get(i)).isCloseTo(pull * row.inputs().get(i), within(1e-15));
            assertThat(weight.after()).isCloseTo(weight.before() + way * weight.gradient(), within(1e-15));
        }
    }

    /** The slopes that are shown are those of what is shown, moved a little. */
    @ParameterizedTest
    @MethodSource("everyWayToLearn")
    void theChainRuleIsTheSlopeOfTheLossThatIsShown(Options options) {
        PerceptronOptions made = options.make();
        if (made.loss().isEmpty() || made.gradient().equals(Optional.of(Gradient.AS_PUBLISHED))) {
            return;
        }
        Explanation explanation = learnedFrom(options, 4);
        Row row = explanation.row().orElseThrow();
        int n = explanation.rows().size();
        ToDoubleFunction<Double> lossAt = z -> {
            double error = made.activation().of(z) - row.target();
            return switch (made.loss().orElseThrow()) {
                case HALF_SSE -> error * error / 2;
                case SSE -> error * error;
                case MSE -> error * error / n;
                case CROSS_ENTROPY -> -StrictMath.log(1 - Math.abs(error)) / n;
            };
        };
        assertThat(row.answer().get(2).value()).isCloseTo(lossAt.applyAsDouble(row.sum()), within(1e-12));
        double little = 1e-6;
        double slope =
                (lossAt.applyAsDouble(row.sum() + little) - lossAt.applyAsDouble(row.sum() - little)) / (2 * little);
        assertThat(product(row)).isCloseTo(slope, within(1e-8));
    }

    @Test
    void showsWhichRowsAnUpdateLearnsFromWhereItIsNotTheOneAskedFor() {
        Options options = options(Activation.SIGMOID, true).batch(2);
        Explanation second =
                explain(options, new RecordedTraining(ROWS, 1), 2, 0).orElseThrow();
        assertThat(second.rows()).containsExactly(2, 3);
        assertThat(second.row()).isEmpty();
        Explanation third =
                explain(options, new RecordedTraining(ROWS, 1), 3, 4).orElseThrow();
        assertThat(third.rows()).containsExactly(4);
        assertThat(third.row()).map(Row::index).contains(4);
    }

    @Test
    void showsNothingOfAnUpdateThatIsNotMade() {
        Options options = options(Activation.SIGMOID, true);
        assertThat(explain(options, new RecordedTraining(ROWS, 1), UPDATES + 1, 0))
                .isEmpty();
        assertThat(explain(options, new RecordedTraining(ROWS, 1).stopAt(3), 4, 0))
                .isEmpty();
        assertThat(explain(options, new RecordedTraining(ROWS, 1).stopAt(3), 3, 0))
                .isPresent();
    }

    @Test
    void saysHowATieIsAnswered() {
        Options options = options(Activation.STEP, false).weights(0, 0);
        for (int tie : new int[] {0, 1}) {
            RecordedTraining training = new RecordedTraining(ROWS, 1).with(new Decision(0.5, tie));
            Term answer = explain(options, training, 1, 0)
                    .flatMap(Explanation::row)
                    .orElseThrow()
                    .answer()
                    .get(0);
            assertThat(answer.value()).isEqualTo(tie);
            assertThat(answer.formula()).isEqualTo(tie == 1 ? "1 if z >= 0, else 0" : "1 if z > 0, else 0");
        }
    }

    @Test
    void theModelIsTheOneThatIsTrainedWithoutAWitness() {
        RecordedTraining training = new RecordedTraining(ROWS, 5);
        Model trained = new Perceptron().train(options(Activation.TANH, true).make(), training);
        Explanation last = explain(options(Activation.TANH, true), new RecordedTraining(ROWS, 5), UPDATES, 0)
                .orElseThrow();
        assertThat(numbers(last, Weight::after)).isEqualTo(trained.parameters());
    }

    private static Explanation learnedFrom(Options options, long update) {
        int row = explain(options, new RecordedTraining(ROWS, 2), update, 0)
                .orElseThrow()
                .rows()
                .get(0);
        return explain(options, new RecordedTraining(ROWS, 2), update, row).orElseThrow();
    }

    private static Optional<Explanation> explain(Options options, RecordedTraining training, long update, int row) {
        return new Perceptron().explain(options.make(), training, update, row);
    }

    private static Map<String, Double> numbers(Explanation explanation, ToDoubleFunction<Weight> number) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        explanation.weights().forEach(weight -> numbers.put(weight.name(), number.applyAsDouble(weight)));
        return numbers;
    }
}
