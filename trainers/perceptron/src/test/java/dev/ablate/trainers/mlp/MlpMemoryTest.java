package dev.ablate.trainers.mlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates allocate nothing. */
final class MlpMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Examples ROWS = Examples.of(
            List.of("a", "b", "c"),
            new SplittableRandom(1).doubles(60, -1, 1).toArray(),
            new SplittableRandom(2).doubles(20, 0, 1).toArray());

    static Stream<DenseOptions> everyKind() {
        return Stream.of(
                new DenseOptions(),
                new DenseOptions().hidden(3, 2).batch(7),
                new DenseOptions()
                        .hidden(5)
                        .hiddenActivation(Activation.SIGMOID)
                        .batch(1)
                        .l2(0.01),
                new DenseOptions().hidden(2).hiddenActivation(Activation.RELU).noBias());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void allocatesNothingForAnUpdate(DenseOptions options) {
        allocated(options.updates(1_000));
        long few = allocated(options.updates(1_000));
        long many = allocated(options.updates(20_000));
        assertThat(many - few).isLessThan(4_000);
    }

    private static long allocated(DenseOptions options) {
        MlpOptions made = options.make(MlpOptions::new);
        Training silent = new ForwardingTraining(new RecordedTraining(ROWS, 3)) {
            @Override
            public boolean after(long update, long total, Model now) {
                return true;
            }
        };
        long before = THREADS.getCurrentThreadAllocatedBytes();
        new Mlp().train(made, silent);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
