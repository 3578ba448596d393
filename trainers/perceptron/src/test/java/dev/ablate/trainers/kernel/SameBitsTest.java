package dev.ablate.trainers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever translates the loops, and for whichever vectors, the bits are the same. */
final class SameBitsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation", "-XX:UseAVX=1", "-XX:UseSVE=0"})
    void trainsTheSame(String option) throws IOException, InterruptedException {
        assertThat(OtherJava.prints(Trains.class, option)).isEqualTo(Trains.hash());
    }

    /** What the processes do: they train long enough for every compiler. */
    static final class Trains {

        private Trains() {}

        public static void main(String[] arguments) {
            System.out.println(hash());
        }

        static String hash() {
            long hash = 17;
            for (int width : new int[] {2, 7}) {
                for (Activation activation : new Activation[] {Activation.SIGMOID, Activation.TANH, Activation.RELU}) {
                    for (Batch batch : new Batch[] {new Batch.All(), new Batch.Rows(9)}) {
                        for (double weight : trained(width, activation, batch)) {
                            hash = 31 * hash + Double.doubleToLongBits(weight);
                        }
                    }
                }
            }
            return Long.toHexString(hash);
        }

        private static double[] trained(int width, Activation activation, Batch batch) {
            SplittableRandom random = new SplittableRandom(width);
            int rows = 600;
            Examples examples = Examples.of(
                    IntStream.range(0, width).mapToObj(k -> "x" + k).toList(),
                    random.doubles((long) rows * width, -9, 9).toArray(),
                    random.doubles(rows, 0, 1).toArray());
            Formula formula = new Formula.Exact(activation, Loss.MSE);
            Batches batches = new Batches(batch, Order.SHUFFLED, new RecordedTraining(examples, 1));
            double[] numbers = random.doubles(width + 1, -1, 1).toArray();
            double[] weights = new double[width];
            double[] gradient = new double[width + 1];
            try (BatchGradient made = BatchGradient.of(formula, examples, batch, Order.SHUFFLED, 1)) {
                for (int update = 0; update < 400; update++) {
                    batches.next();
                    System.arraycopy(numbers, 0, weights, 0, width);
                    made.of(batches, weights, numbers[width], gradient, BatchGradient.Reader.NOBODY);
                    for (int i = 0; i <= width; i++) {
                        numbers[i] -= 0.01 * gradient[i];
                    }
                }
            }
            return numbers;
        }
    }
}
