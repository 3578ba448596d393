package dev.ablate.trainers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.RecordedTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient is that of the formula, in the order that is described, to the bit, however it is come by. */
final class BatchGradientTest {

    static Stream<Arguments> everyFormula() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .flatMap(activation -> Stream.of(Loss.values())
                        .filter(loss -> loss.fits(activation))
                        .map(loss -> Arguments.of(Formula.of(activation, loss))));
    }

    @ParameterizedTest
    @MethodSource("everyFormula")
    void isTheSumOfTheFormulaOverAllRows(Formula formula) {
        for (int width : new int[] {1, 2, 3, 4, 5, 9, 20}) {
            for (int rows : new int[] {1, 2, 3, 4, 7, 511, 512, 513, 1_030}) {
                Examples examples = examples(rows, width);
                assertThat(gradient(formula, examples, new Batch.All(), Order.AS_GIVEN, 1, 1))
                        .as("%d rows of %d", rows, width)
                        .isEqualTo(writtenOut(
                                formula, examples, IntStream.range(0, rows).toArray()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFormula")
    void isTheSumOfTheFormulaOverTheRowsOfASmallerBatch(Formula formula) {
        Examples examples = examples(1_200, 6);
        for (int size : new int[] {1, 2, 3, 4, 7, 32, 512, 513, 1_199}) {
            for (Order order : Order.values()) {
                for (int update : new int[] {1, 2, 3, 17, 18}) {
                    Batch batch = new Batch.Rows(size);
                    assertThat(gradient(formula, examples, batch, order, 1, update))
                            .as("batch %d of %d, %s", update, size, order)
                            .isEqualTo(writtenOut(formula, examples, rows(examples, batch, order, update)));
                }
            }
        }
    }

    @Test
    void takesRowsThatAreDrawnAgainAsTheyAreDrawn() {
        Formula formula = sigmoid();
        Examples examples = examples(40, 3);
        Batch all = new Batch.All();
        int[] drawn = rows(examples, all, Order.WITH_REPLACEMENT, 1);
        assertThat(drawn).isNotEqualTo(IntStream.range(0, 40).toArray());
        assertThat(gradient(formula, examples, all, Order.WITH_REPLACEMENT, 1, 1))
                .isEqualTo(writtenOut(formula, examples, drawn));
    }

    @ParameterizedTest
    @CsvSource({"100003, 20", "20000, 101", "4, 2", "513, 3"})
    void isEqualToTheBitForAnyNumberOfThreads(int rows, int width) {
        Examples examples = examples(rows, width);
        double[] alone = gradient(sigmoid(), examples, new Batch.All(), Order.AS_GIVEN, 1, 3);
        for (int threads : new int[] {2, 3, 5}) {
            assertThat(gradient(sigmoid(), examples, new Batch.All(), Order.AS_GIVEN, threads, 3))
                    .as("%d threads", threads)
                    .isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_100, 4, 3})
    void showsEveryRowInItsOrder(int size) {
        Examples examples = examples(size, 3);
        for (Batch batch : List.of(new Batch.All(), new Batch.Rows(1_050))) {
            int[] rows = rows(examples, batch, Order.AS_GIVEN, 1);
            List<Double> sums = new ArrayList<>();
            try (BatchGradient gradient = BatchGradient.of(sigmoid(), examples, batch, Order.AS_GIVEN, 1)) {
                gradient.of(
                        batches(examples, batch, Order.AS_GIVEN, 1),
                        weights(3),
                        0.25,
                        new double[4],
                        (worked, from, count) -> {
                            assertThat(from).isEqualTo(sums.size());
                            for (int k = 0; k < count; k++) {
                                double z = worked.sum(k);
                                double answer = Activation.SIGMOID.of(z);
                                double error = answer - examples.target(rows[from + k]);
                                assertThat(worked.answer(k)).isEqualTo(answer);
                                assertThat(worked.errorSlope(k)).isEqualTo(Loss.MSE.slope(error, rows.length));
                                assertThat(worked.answerSlope(k)).isEqualTo(Activation.SIGMOID.slope(z, answer));
                                sums.add(z);
                            }
                        });
            }
            assertThat(sums)
                    .isEqualTo(IntStream.of(rows)
                            .mapToObj(row -> SumOfProducts.of(0.25, weights(3), examples.row(row), 0))
                            .toList());
        }
    }

    private static Formula sigmoid() {
        return new Formula.Exact(Activation.SIGMOID, Loss.MSE);
    }

    private static Examples examples(int rows, int width) {
        SplittableRandom random = new SplittableRandom(rows);
        return Examples.of(
                IntStream.range(0, width).mapToObj(k -> "x" + k).toList(),
                random.doubles((long) rows * width, -2, 2).toArray(),
                random.doubles(rows, -1, 1).toArray());
    }

    private static double[] weights(int width) {
        return new SplittableRandom(9).doubles(width, -1, 1).toArray();
    }

    /** The batches of a run, at this update. */
    private static Batches batches(Examples examples, Batch batch, Order order, int update) {
        Batches batches = new Batches(batch, order, new RecordedTraining(examples, 5));
        for (int k = 0; k < update; k++) {
            batches.next();
        }
        return batches;
    }

    private static int[] rows(Examples examples, Batch batch, Order order, int update) {
        Batches batches = batches(examples, batch, order, update);
        return IntStream.range(0, batches.size()).map(batches::row).toArray();
    }

    /** At an update, after those before with other weights, so that nothing of them must be left. */
    private static double[] gradient(
            Formula formula, Examples examples, Batch batch, Order order, int threads, int update) {
        Batches batches = new Batches(batch, order, new RecordedTraining(examples, 5));
        double[] gradient = new double[examples.width() + 1];
        try (BatchGradient made = BatchGradient.of(formula, examples, batch, order, threads)) {
            for (int k = 1; k <= update; k++) {
                batches.next();
                double[] weights = k == update ? weights(examples.width()) : new double[examples.width()];
                double bias = k == update ? 0.25 : 7;
                if (k % 2 == 0) {
                    made.of(batches, weights, bias, gradient, BatchGradient.Reader.NOBODY);
                    continue;
                }
                double[] moved = weights.clone();
                made.descend(batches, moved, bias, 0.5, gradient, BatchGradient.Reader.NOBODY);
                for (int i = 0; i < weights.length; i++) {
                    assertThat(moved[i]).isEqualTo(weights[i] - 0.5 * gradient[i]);
                }
            }
        }
        return gradient;
    }

    /** Row by row, with one number after the other. */
    private static double[] writtenOut(Formula formula, Examples examples, int[] rows) {
        int width = examples.width();
        double[] gradient = new double[width + 1];
        for (int from = 0; from < rows.length; from += 512) {
            int count = Math.min(512, rows.length - from);
            double[] pulls = new double[count];
            double[][] columns = new double[width + 1][count];
            for (int k = 0; k < count; k++) {
                double[] row = examples.row(rows[from + k]);
                double z = SumOfProducts.of(0.25, weights(width), row, 0);
                double answer = formula.activation().of(z);
                double error = answer - examples.target(rows[from + k]);
                pulls[k] = formula.loss().slope(error, rows.length)
                        * (formula.loss().isBySum() ? 1 : formula.activation().slope(z, answer));
                for (int i = 0; i < width; i++) {
                    columns[i][k] = row[i];
                }
                columns[width][k] = 1;
            }
            for (int i = 0; i <= width; i++) {
                gradient[i] += SumOfProducts.of(0, columns[i], pulls, 0);
            }
        }
        return gradient;
    }
}
