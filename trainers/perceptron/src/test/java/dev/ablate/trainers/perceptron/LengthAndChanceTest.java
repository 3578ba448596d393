package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a neuron trains, and from which streams it draws. */
final class LengthAndChanceTest {

    private static final Examples EIGHT = Examples.of(
            List.of("x1", "x2"),
            new double[] {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1},
            new double[] {0, 1, 0, 1, 0, 1, 1, 0});

    @ParameterizedTest
    @CsvSource({"8, 1, 2, 2", "3, 3, 2, 6", "1, 8, 2, 16", "99, 1, 0, 0"})
    void makesTheUpdatesOfItsEpochs(int batch, int perEpoch, int epochs, int total) {
        RecordedTraining training = train(new Options().batch(batch).epochs(epochs));
        assertThat(training.calls()).hasSize(perEpoch * epochs + 1).allMatch(call -> call.total() == total);
    }

    @Test
    void stopsAfterItsUpdatesInTheMiddleOfAnEpoch() {
        RecordedTraining whole =
                train(new Options().batch(3).order(Order.SHUFFLED).epochs(3));
        RecordedTraining part =
                train(new Options().batch(3).order(Order.SHUFFLED).updates(5));
        assertThat(part.parametersAfter(5)).isEqualTo(whole.parametersAfter(5));
        assertThat(part.calls()).hasSize(6);
    }

    @Test
    void takesATotalThatNobodyReaches() {
        for (Options options :
                List.of(new Options().batch(1).epochs(Long.MAX_VALUE), new Options().updates(Long.MAX_VALUE))) {
            RecordedTraining training = new RecordedTraining(EIGHT, 7).stopAt(3);
            new Perceptron().train(options.make(), training);
            assertThat(training.calls()).hasSize(4).allMatch(call -> call.total() == Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | true  | AS_GIVEN         | ''",
                "false | false | AS_GIVEN         | ''",
                "false | true  | SHUFFLED         | shuffle",
                "false | true  | WITH_REPLACEMENT | shuffle",
                "true  | true  | AS_GIVEN         | init.bias init.weights",
                "true  | false | AS_GIVEN         | init.weights",
                "true  | true  | SHUFFLED         | init.bias init.weights shuffle"
            })
    void asksForTheStreamsFromWhichItDrawsAlone(boolean drawn, boolean bias, Order order, String streams) {
        Options options = new Options().order(order).batch(3).epochs(1);
        options = drawn ? options : options.weights(0.5, -0.25);
        options = bias ? options : options.noBias();
        assertThat(train(options).streams().stream().sorted())
                .isEqualTo(List.of(streams.split(" ")).stream()
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void drawsNoOrderForAnUntrainedModel() {
        assertThat(train(new Options()
                                .weights(1, 2)
                                .batch(1)
                                .order(Order.SHUFFLED)
                                .epochs(0))
                        .streams())
                .isEmpty();
    }

    @Test
    void drawsNoBiasWhereOneIsGiven() {
        RecordedTraining training = train(new Options().bias(0.75).epochs(0));
        assertThat(training.streams()).containsExactly("init.weights");
        assertThat(training.parametersAfter(0)).containsEntry("bias", 0.75);
    }

    @Test
    void startsFromTheSameWeightsWithAndWithoutABias() {
        Map<String, Double> with = train(new Options().epochs(0)).parametersAfter(0);
        Map<String, Double> without = train(new Options().noBias().epochs(0)).parametersAfter(0);
        assertThat(with).containsAllEntriesOf(without).containsOnlyKeys("x1", "x2", "bias");
        assertThat(without).containsOnlyKeys("x1", "x2");
    }

    @Test
    void drawsTheBiasLikeTheWeights() {
        Map<String, Double> one = train(new Options().drawnWeights(1).epochs(0)).parametersAfter(0);
        Map<String, Double> three =
                train(new Options().drawnWeights(4).epochs(0)).parametersAfter(0);
        one.forEach((name, value) -> assertThat(three).containsEntry(name, 4 * value));
        assertThat(one.values()).doesNotHaveDuplicates().doesNotContain(0.0);
    }

    @Test
    void letsAnOverflowShowInsteadOfThrowing() {
        Options options = new Options()
                .activation(Activation.IDENTITY)
                .learningRate(10)
                .weights(1, 1)
                .epochs(2_000);
        Model model = new Perceptron().train(options.make(), new RecordedTraining(EIGHT, 7));
        assertThat(model.parameters().values()).noneMatch(Double::isFinite);
        assertThat(RecordedTraining.predictions(model, EIGHT)).noneMatch(Double::isFinite);
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        Model model = new Perceptron().train(new Options().noBias().epochs(0).make(), new RecordedTraining(EIGHT, 7));
        assertThatThrownBy(() -> model.predict(Matrix.of(5, 1, 2, 3, 4, 5), new double[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.predict(EIGHT.rows(), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 answers for 8 rows");
    }

    private static RecordedTraining train(Options options) {
        RecordedTraining training = new RecordedTraining(EIGHT, 7);
        new Perceptron().train(options.make(), training);
        return training;
    }
}
