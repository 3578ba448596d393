package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import dev.ablate.trainers.perceptron.PerceptronOptions;
import dev.ablate.trainers.perceptron.PerceptronPlugin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From one start, Deeplearning4j and the hand-rolled perceptron learn the same. */
final class AgreementTest {

    private static final Examples EIGHT = Examples.of(
            List.of("x1", "x2"),
            new double[] {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1},
            new double[] {0, 1, 0, 1, 0, 1, 1, 0});

    static Stream<Arguments> everyLossOfEveryActivation() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.STEP)
                .flatMap(activation -> Stream.of(Loss.values()).map(loss -> Arguments.of(activation, loss)));
    }

    @ParameterizedTest
    @MethodSource("everyLossOfEveryActivation")
    void afterOneUpdateAndAfterAThousand(Activation activation, Loss loss) {
        assertAgreement(new Options()
                .activation(activation)
                .loss(loss)
                .learningRate(0.002)
                .weights(0.5, -0.25)
                .bias(0.1)
                .updates(1_000));
    }

    @Test
    void withoutABias() {
        assertAgreement(new Options().noBias().weights(0.5, -0.25).updates(200));
    }

    // three rows, three and two: the last batch is shorter, which mse has to see
    @ParameterizedTest
    @CsvSource({"HALF_SSE, 3", "SSE, 1", "MSE, 3"})
    void fromADrawnStartInAShuffledOrder(Loss loss, int batch) {
        assertAgreement(new Options()
                .loss(loss)
                .batch(batch)
                .order(Order.SHUFFLED)
                .learningRate(0.02)
                .updates(200));
    }

    @Test
    void onBatchesAsGivenInWholeEpochs() {
        assertAgreement(new Options().weights(0.5, -0.25).batch(3).epochs(50));
    }

    @Test
    void startsWhereThePerceptronDoes() {
        Dl4jOptions options = new Options().epochs(0).make();
        RecordedTraining ours = new RecordedTraining(EIGHT, 11);
        RecordedTraining theirs = new RecordedTraining(EIGHT, 11);
        assertThat(new Dl4jTrainer().train(options, ours).parameters())
                .isEqualTo(perceptron().train(alike(options), theirs).parameters());
        assertThat(ours.streams()).isEqualTo(theirs.streams());
    }

    private static void assertAgreement(Options given) {
        Dl4jOptions options = given.make();
        RecordedTraining ours = new RecordedTraining(EIGHT, 11);
        RecordedTraining theirs = new RecordedTraining(EIGHT, 11);
        new Dl4jTrainer().train(options, new Glances(ours));
        perceptron().train(alike(options), new Glances(theirs));

        assertThat(ours.calls()).hasSameSizeAs(theirs.calls());
        int last = ours.calls().size() - 1;
        assertThat(theirs.calls().get(last).parameters()).isNotEqualTo(theirs.parametersAfter(0));
        assertThat(ours.streams()).isEqualTo(theirs.streams());
        assertClose(ours.calls().get(1), theirs.calls().get(1), 1e-12);
        assertClose(ours.calls().get(last), theirs.calls().get(last), 1e-9);
    }

    private static void assertClose(RecordedTraining.Call ours, RecordedTraining.Call theirs, double tolerance) {
        assertThat(ours.parameters()).containsOnlyKeys(theirs.parameters().keySet());
        theirs.parameters()
                .forEach((name, value) -> assertThat(ours.parameters().get(name))
                        .as("%s after %d updates", name, ours.update())
                        .isCloseTo(value, within(tolerance)));
        for (int row = 0; row < EIGHT.size(); row++) {
            assertThat(ours.predictions().get(row))
                    .isCloseTo(theirs.predictions().get(row), within(tolerance));
        }
    }

    private static PerceptronOptions alike(Dl4jOptions options) {
        return new PerceptronOptions(
                options.activation(),
                Optional.of(options.loss()),
                Optional.empty(),
                options.learningRate(),
                options.epochs(),
                options.updates(),
                Optional.of(options.batch()),
                options.order(),
                options.bias(),
                options.initialWeights().orElseThrow(),
                options.initialBias());
    }

    // safe: the plugin's trainer takes the plugin's options
    @SuppressWarnings("unchecked")
    private static Trainer<PerceptronOptions> perceptron() {
        Map<String, Trainer<?>> trainers = Guice.createInjector(new PerceptronPlugin())
                .getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {}));
        return (Trainer<PerceptronOptions>) Objects.requireNonNull(trainers.get("perceptron"));
    }
}
