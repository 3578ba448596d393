package dev.ablate.trainers.mlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.DenseOptions;
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
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without hidden layers it is the perceptron, to the bit. */
final class OneNeuronTest {

    private static final Examples EIGHT = Examples.of(
            List.of("x1", "x2"),
            new double[] {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1},
            new double[] {0, 1, 0, 1, 0, 1, 1, 0});

    static Stream<Arguments> everyKind() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .flatMap(activation -> Stream.of(Loss.values())
                        .filter(loss -> loss.fits(activation))
                        .flatMap(loss -> Stream.of(true, false).map(bias -> Arguments.of(activation, loss, bias))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void learnsWhatThePerceptronLearns(Activation activation, Loss loss, boolean bias) {
        DenseOptions given = new DenseOptions()
                .activation(activation)
                .loss(loss)
                .learningRate(0.002)
                .updates(100);
        assertEqual(bias ? given : given.noBias());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void goesThroughTheRowsAsThePerceptronDoes(Order order) {
        assertEqual(new DenseOptions().batch(3).order(order).epochs(20));
    }

    /** More rows than are summed up at a time, with a rest. */
    @ParameterizedTest
    @ValueSource(ints = {1_100, 600, 37})
    void addsUpManyRowsAsThePerceptronDoes(int batch) {
        SplittableRandom random = new SplittableRandom(3);
        Examples many = Examples.of(
                List.of("a", "b", "c", "d", "e", "f"),
                random.doubles(6_600, -1, 1).toArray(),
                random.doubles(1_100, 0, 1).toArray());
        assertEqual(new DenseOptions().batch(batch).order(Order.SHUFFLED).updates(60), many);
    }

    @ParameterizedTest
    @CsvSource({"1_100, AS_GIVEN", "600, SHUFFLED", "37, WITH_REPLACEMENT", "1_100, WITH_REPLACEMENT", "1, SHUFFLED"})
    void learnsClassesAsThePerceptronDoes(String batch, Order order) {
        SplittableRandom random = new SplittableRandom(3);
        Examples many = Examples.of(
                List.of("a", "b", "c", "d", "e"),
                random.doubles(5_500, -1, 1).toArray(),
                random.ints(1_100, 0, 4).asDoubleStream().toArray());
        DenseOptions given = new DenseOptions()
                .activation(Activation.SOFTMAX)
                .loss(Loss.CROSS_ENTROPY)
                .learningRate(0.1)
                .batch(Integer.parseInt(batch.replace("_", "")))
                .order(order)
                .updates(60);
        String[] classes = {"red", "green", "blue", "grey"};
        assertEqual(given, () -> new RecordedTraining(many, 11).classes(classes));
        assertEqual(given.noBias(), () -> new RecordedTraining(many, 11).classes(classes));
    }

    private static void assertEqual(DenseOptions given) {
        assertEqual(given, EIGHT);
    }

    private static void assertEqual(DenseOptions given, Examples examples) {
        assertEqual(given, () -> new RecordedTraining(examples, 11));
    }

    private static void assertEqual(DenseOptions given, Supplier<RecordedTraining> training) {
        MlpOptions options = given.make(MlpOptions::new);
        RecordedTraining ours = training.get();
        RecordedTraining theirs = training.get();
        new Mlp().train(options, ours);
        perceptron().train(alike(options), theirs);
        assertThat(ours.calls()).hasSizeGreaterThan(50).isEqualTo(theirs.calls());
        assertThat(ours.streams()).isEqualTo(theirs.streams());
    }

    private static PerceptronOptions alike(MlpOptions options) {
        return new PerceptronOptions(
                options.descent().activation(),
                Optional.of(options.descent().loss()),
                Optional.empty(),
                options.descent().learningRate(),
                options.descent().epochs(),
                options.descent().updates(),
                Optional.of(options.descent().batch()),
                options.order(),
                options.layers().bias(),
                options.layers().initialWeights().orElseThrow(),
                options.layers().initialBias());
    }

    // safe: the plugin's trainer takes the plugin's options
    @SuppressWarnings("unchecked")
    private static Trainer<PerceptronOptions> perceptron() {
        Map<String, Trainer<?>> trainers = Guice.createInjector(new PerceptronPlugin())
                .getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {}));
        return (Trainer<PerceptronOptions>) Objects.requireNonNull(trainers.get("perceptron"));
    }
}
