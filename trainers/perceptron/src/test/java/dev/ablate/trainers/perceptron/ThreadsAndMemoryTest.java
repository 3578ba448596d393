package dev.ablate.trainers.perceptron;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads change nothing but the time, and updates allocate nothing. */
final class ThreadsAndMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void isEqualToTheBitForAnyNumberOfThreads(Activation activation) {
        Examples examples = examples(9_000);
        Model alone = train(1, new Options().activation(activation).updates(5), examples);
        for (int threads : new int[] {2, 3, 5}) {
            assertThat(train(threads, new Options().activation(activation).updates(5), examples)
                            .parameters())
                    .isEqualTo(alone.parameters());
        }
    }

    static Stream<Options> everyKind() {
        return Stream.of(
                new Options(),
                new Options().activation(Activation.TANH).noBias(),
                new Options().gradient(Gradient.AS_PUBLISHED),
                new Options().activation(Activation.RELU).batch(1),
                new Options().batch(7).order(Order.SHUFFLED),
                new Options().activation(Activation.STEP));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void allocatesNothingForAnUpdate(Options options) {
        Examples examples = examples(40);
        allocated(options.updates(1_000), examples);
        long few = allocated(options.updates(1_000), examples);
        long many = allocated(options.updates(20_000), examples);
        assertThat(many - few).isLessThan(4_000);
    }

    private static long allocated(Options options, Examples examples) {
        PerceptronOptions made = options.make();
        RandomGenerator random = new SplittableRandom(3);
        Training silent = new ForwardingTraining(new RecordedTraining(examples, 3)) {
            @Override
            public RandomGenerator random(String stream) {
                return random;
            }

            @Override
            public boolean after(long update, long total, Model now) {
                return true;
            }
        };
        long before = THREADS.getCurrentThreadAllocatedBytes();
        new Perceptron().train(made, silent);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Model train(int threads, Options options, Examples examples) {
        return new Perceptron().train(options.make(), new RecordedTraining(examples, 3).threads(threads));
    }

    private static Examples examples(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        return Examples.of(
                IntStream.range(0, 6).mapToObj(k -> "x" + k).toList(),
                random.doubles(rows * 6L, -1, 1).toArray(),
                IntStream.range(0, rows).mapToDouble(row -> row % 2).toArray());
    }
}
