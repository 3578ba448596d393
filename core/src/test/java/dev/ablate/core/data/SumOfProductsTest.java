package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SumOfProductsTest {

    private static final int SUMS = 37;

    /** The order of the sum, once more and one by one. */
    private static double asDescribed(double start, double[] factors, double[] values) {
        double sum = start;
        int k = 0;
        while (k + 4 <= factors.length) {
            double four = factors[k] * values[k];
            for (int more = k + 1; more < k + 4; more++) {
                four = Math.fma(factors[more], values[more], four);
            }
            sum = sum + four;
            k += 4;
        }
        for (; k < factors.length; k++) {
            sum = Math.fma(factors[k], values[k], sum);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 101})
    void isInTheOrderThatIsDescribedOneByOneAndSideBySide(int products) {
        SplittableRandom random = new SplittableRandom(products);
        double[] factors = random.doubles(products, -1, 1).toArray();
        double[] starts = random.doubles(SUMS, -1, 1).toArray();
        double[][] values = new double[products][];
        for (int k = 0; k < products; k++) {
            values[k] = random.doubles(SUMS, -1, 1).toArray();
        }
        double[] sums = new double[SUMS + 2];
        System.arraycopy(starts, 0, sums, 0, SUMS);
        SumOfProducts.addAll(sums, values, factors, products);
        double[] expected = new double[SUMS + 2];
        for (int i = 0; i < SUMS; i++) {
            double[] column = new double[products];
            double[] further = new double[products + 3];
            for (int k = 0; k < products; k++) {
                column[k] = values[k][i];
                further[k + 3] = values[k][i];
            }
            expected[i] = asDescribed(starts[i], factors, column);
            assertEquals(expected[i], SumOfProducts.of(starts[i], factors, further, 3));
        }
        assertArrayEquals(expected, sums);
    }
}
