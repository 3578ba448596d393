package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One neuron: known figures, how long it trains, from which streams it draws. */
final class OneNeuronTest {

    private static final Examples OR =
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 1});

    // computed with Deeplearning4j's own API: an OutputLayer of one neuron, MSE, plain SGD
    @Test
    void hasTheFiguresOfDeeplearning4jAlone() {
        RecordedTraining training = new RecordedTraining(OR, 1);
        train(new Options().weights(0.1, 0.2).bias(0.3).epochs(1_000), new Glances(training));
        assertThat(meanSquaredError(training.calls().get(0))).isCloseTo(0.18978305229525755, within(1e-9));
        assertParameters(training.parametersAfter(1), 0.10443719637243495, 0.20424479278788438, 0.30314460164372180);
        assertParameters(training.parametersAfter(1_000), 1.6108759931109893, 1.6353690157143920, -0.320198120701215);
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 2, 2", "3, 2, 2, 4", "1, 4, 2, 8", "99, 1, 0, 0"})
    void makesTheUpdatesOfItsEpochs(int batch, int perEpoch, int epochs, int total) {
        RecordedTraining training = new RecordedTraining(OR, 1);
        train(new Options().batch(batch).epochs(epochs), training);
        assertThat(training.calls()).hasSize(perEpoch * epochs + 1).allMatch(call -> call.total() == total);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | true  | AS_GIVEN | ''",
                "false | true  | SHUFFLED | shuffle",
                "true  | true  | AS_GIVEN | init.bias init.weights",
                "true  | false | SHUFFLED | init.weights shuffle"
            })
    void asksForTheStreamsFromWhichItDrawsAlone(boolean drawn, boolean bias, Order order, String streams) {
        Options options = new Options().order(order).batch(3).epochs(1);
        options = drawn ? options : options.weights(0.5, -0.25);
        options = bias ? options : options.noBias();
        RecordedTraining training = new RecordedTraining(OR, 1);
        train(options, training);
        assertThat(String.join(" ", training.streams().stream().sorted().toList()))
                .isEqualTo(streams);
    }

    @Test
    void learnsTheSameWhetherItIsLookedAtOrNot() {
        Options options = new Options().batch(3).order(Order.SHUFFLED).hidden(3).updates(20);
        RecordedTraining looked = new RecordedTraining(OR, 1);
        Model one = train(options, looked);
        Model other = train(options, new Glances(OR, 1));
        assertThat(other.parameters()).isEqualTo(one.parameters());
    }

    /** The runner looks at the flag between updates: a library that clears it would make a run deaf to its timeout. */
    @Test
    void leavesAnInterruptToTheNextUpdate() {
        Interrupting training = new Interrupting(new RecordedTraining(OR, 1), new AtomicLong(-1));
        train(new Options().hidden(3).batch(2).order(Order.SHUFFLED).updates(20), training);
        assertThat(training.heard()).hasValue(4);
    }

    @Test
    void letsAnOverflowShowInsteadOfThrowing() {
        Options options = new Options()
                .activation(Activation.IDENTITY)
                .learningRate(10)
                .weights(1, 1)
                .epochs(600);
        Model model = train(options, new Glances(OR, 1));
        assertThat(model.parameters().values()).noneMatch(Double::isFinite);
        assertThat(RecordedTraining.predictions(model, OR)).noneMatch(Double::isFinite);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STEP")
    void answersNoNumberFromNoNumber(Activation activation) {
        Model model = new Dl4jTrainer()
                .restore(
                        new Options().activation(activation).noBias().epochs(0).make(),
                        List.of("x1", "x2"),
                        Map.of("x1", Double.NaN, "x2", 1.0),
                        Decision.DEFAULT);
        assertThat(RecordedTraining.predictions(model, OR)).containsOnly(Double.NaN);
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        Model model = new Dl4jTrainer()
                .restore(
                        new Options().noBias().epochs(0).make(),
                        List.of("x1", "x2"),
                        Map.of("x1", 1.0, "x2", 2.0),
                        Decision.DEFAULT);
        assertThatThrownBy(() -> model.predict(new double[5], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values are not 2 rows of 2 features");
    }

    @Test
    void answersNoRowsWithNothing() {
        Model model = train(new Options().epochs(0), new RecordedTraining(OR, 1));
        double[] none = {};
        model.predict(none, none);
        assertThat(none).isEmpty();
    }

    /** Interrupts its thread after update 3, and stops where it finds it interrupted. */
    private record Interrupting(RecordedTraining training, AtomicLong heard) implements Training {

        @Override
        public Examples examples() {
            return training.examples();
        }

        @Override
        public Decision decision() {
            return training.decision();
        }

        @Override
        public RandomGenerator random(String stream) {
            return training.random(stream);
        }

        @Override
        public boolean after(long update, long total, Model now) {
            if (Thread.interrupted()) {
                heard.set(update);
                return false;
            }
            if (update == 3) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    private static Model train(Options options, Training training) {
        return new Dl4jTrainer().train(options.make(), training);
    }

    private static void assertParameters(Map<String, Double> actual, double x1, double x2, double bias) {
        assertThat(actual).containsOnlyKeys("x1", "x2", "bias");
        assertThat(actual.get("x1")).isCloseTo(x1, within(1e-9));
        assertThat(actual.get("x2")).isCloseTo(x2, within(1e-9));
        assertThat(actual.get("bias")).isCloseTo(bias, within(1e-9));
    }

    private static double meanSquaredError(RecordedTraining.Call call) {
        double sum = 0;
        for (int row = 0; row < OR.size(); row++) {
            double error = call.predictions().get(row) - OR.target(row);
            sum += error * error;
        }
        return sum / OR.size();
    }
}
