package dev.ablate.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SplitTest {

    private static final SplitSettings FIFTH = new SplitSettings(0.2, Take.RANDOM, Per.SEED);
    private static final SplitSettings FIXED = new SplitSettings(0.2, Take.RANDOM, Per.EXPERIMENT);

    @ParameterizedTest
    @CsvSource({
        "10, 0.2, 2",
        "10, 0.25, 3",
        "10, 0.15, 2",
        "10, 0.24, 2",
        "100, 0.145, 15",
        "1000, 0.0035, 4",
        "2930, 0.2, 586",
        "2, 0.01, 1",
        "2, 0.99, 1",
        "7, 0.999, 6",
        "7, 0.001, 1",
        "4, 0.5, 2",
        "5, 0.5, 3"
    })
    void holdsBackTheNearestNumberOfRows(int rows, double share, int test) {
        assertThat(Split.testRows(rows, share)).isEqualTo(test);
    }

    @Test
    void holdsBackTheNearestNumberOfAnyRows() {
        SplittableRandom random = new SplittableRandom(12);
        for (int trial = 0; trial < 20_000; trial++) {
            int rows = random.nextInt(2, 5_000);
            int thousandths = random.nextInt(1, 1_000);
            // 2 * rows * share + 1 halves, in whole numbers
            int nearest = (2 * rows * thousandths + 1_000) / 2_000;
            assertThat(Split.testRows(rows, new BigDecimal(BigInteger.valueOf(thousandths), 3).doubleValue()))
                    .as("%d thousandths of %d", thousandths, rows)
                    .isEqualTo(Math.max(1, Math.min(rows - 1, nearest)));
        }
    }

    @ParameterizedTest
    @EnumSource(Take.class)
    void putsEveryRowIntoOnePartInOrder(Take take) {
        for (int rows = 2; rows < 60; rows++) {
            Split split = Split.of(rows, new SplitSettings(0.3, take, Per.SEED), rows);
            assertThat(split.train()).isSorted().isNotEmpty();
            assertThat(split.test()).isSorted().hasSize(Split.testRows(rows, 0.3));
            assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
                            .sorted())
                    .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
        }
    }

    @Test
    void givesEachClassItsShareOfBothParts() {
        SplitSettings stratified = new SplitSettings(0.25, Take.RANDOM, Per.SEED, true);
        for (int rows = 4; rows < 80; rows++) {
            double[] targets = new double[rows];
            for (int row = 0; row < rows; row++) {
                targets[row] = row % 7 == 0 ? 2 : row % 3 == 0 ? 1 : 0;
            }
            Split split = Split.stratified(targets, stratified, rows);
            assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
                            .sorted())
                    .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
            assertThat(split.test()).isSorted().hasSize(Split.testRows(rows, 0.25));
            for (int k = 0; k < 3; k++) {
                double label = k;
                long all =
                        Arrays.stream(targets).filter(target -> target == label).count();
                long held = Arrays.stream(split.test())
                        .filter(row -> targets[row] == label)
                        .count();
                assertThat(held).isLessThan(Math.max(all, 1));
                assertThat((double) held)
                        .as("class %d of %d rows", k, rows)
                        .isCloseTo((double) split.test().length * all / rows, within(1.0));
            }
        }
    }

    @Test
    void drawsTheRowsOfAClassAgainForEverySeed() {
        SplitSettings stratified = new SplitSettings(0.2, Take.RANDOM, Per.SEED, true);
        double[] targets = new double[100];
        Arrays.fill(targets, 90, 100, 1);
        assertThat(Split.stratified(targets, stratified, 1).test())
                .isEqualTo(Split.stratified(targets, stratified, 1).test())
                .isNotEqualTo(Split.stratified(targets, stratified, 2).test());
        assertThat(Arrays.stream(Split.stratified(targets, stratified, 3).test())
                        .filter(row -> row >= 90))
                .hasSize(2);
        // of one class it is a split as any other
        assertThat(Split.stratified(new double[20], FIFTH, 7).test()).containsExactly(1, 6, 12, 15);
    }

    @Test
    void holdsARowBackWhereEachClassHasOne() {
        Split split = Split.stratified(new double[] {0, 1}, FIFTH, 1);
        assertThat(split.test()).containsExactly(0);
        assertThat(split.train()).containsExactly(1);
    }

    @Test
    void takesTheLastRowsWithoutDrawing() {
        SplitSettings last = new SplitSettings(0.2, Take.LAST, Per.SEED);
        assertThat(Split.of(10, last, 1).test()).containsExactly(8, 9);
        assertThat(Split.of(10, last, 2).train()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void drawsAgainForEverySeedOrOnceFromSeedZero() {
        int[] first = Split.of(50, FIFTH, 1).test();
        assertThat(Split.of(50, FIFTH, 1).test()).isEqualTo(first);
        assertThat(Split.of(50, FIFTH, 2).test()).isNotEqualTo(first);
        assertThat(Split.of(50, FIXED, 1).test())
                .isEqualTo(Split.of(50, FIXED, 2).test());
        assertThat(Split.of(50, FIXED, 1).test())
                .isEqualTo(Split.of(50, FIFTH, 0).test());
    }

    /** What was quoted once must be found again; the rows were computed by a program in another language. */
    @Test
    void drawsTheSameInEveryVersion() {
        assertThat(Split.of(20, FIFTH, 7).test()).containsExactly(1, 6, 12, 15);
    }

    @Test
    void drawsEveryChoiceOfRowsEquallyOften() {
        Map<String, Integer> counts = new HashMap<>();
        int draws = 30_000;
        for (int seed = 0; seed < draws; seed++) {
            counts.merge(
                    Arrays.toString(Split.of(6, new SplitSettings(0.5, Take.RANDOM, Per.SEED), seed)
                            .test()),
                    1,
                    Integer::sum);
        }
        // 20 choices of 3 of 6 rows: chi-square with 19 degrees of freedom is below 43.8 in 99.9 % of all cases
        double expected = draws / 20.0;
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(counts).hasSize(20);
        assertThat(chiSquare).isLessThan(43.8);
    }

    @Test
    void refusesASingleRow() {
        assertThatThrownBy(() -> Split.of(1, FIFTH, 1)).hasMessage("a split needs at least 2 rows, not 1");
    }
}
