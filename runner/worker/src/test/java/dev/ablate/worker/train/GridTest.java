package dev.ablate.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GridTest {

    private static List<Long> steps(Grid grid) {
        List<Long> steps = new ArrayList<>();
        for (long step = 0; step != Grid.NEVER; step = grid.after(step)) {
            steps.add(step);
            assertThat(steps).hasSizeLessThan(100_000);
        }
        return steps;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "298, 1",
        "299, 2",
        "596, 2",
        "597, 5",
        "1490, 5",
        "1491, 10",
        "10000, 50",
        "14900, 50",
        "14901, 100",
        "1000000, 5000"
    })
    void takesTheSmallestRoundStepThatFits(long total, long step) {
        assertThat(Grid.of(total, OptionalLong.empty(), Grid.MOST)).isEqualTo(new Grid(total, step));
    }

    @ParameterizedTest
    @CsvSource({"1, 300", "66666, 300", "66668, 299", "200000, 100", "1000000, 20", "2000000000, 20"})
    void hasFewerStepsWhereRowsTakeLong(int rows, int most) {
        assertThat(Grid.most(rows, false)).isEqualTo(most);
        assertThat(Grid.most(rows, true)).isEqualTo(Grid.MOST);
    }

    @Test
    void isOfAsManyStepsAsAreAllowed() {
        assertThat(steps(Grid.of(1_000, OptionalLong.empty(), 20))).hasSize(11).startsWith(0L, 100L);
        assertThat(steps(Grid.of(18, OptionalLong.empty(), 20))).hasSize(19);
    }

    static LongStream totals() {
        SplittableRandom random = new SplittableRandom(1);
        return LongStream.concat(
                LongStream.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, 298L * 5_000_000_000_000_000L),
                LongStream.generate(() -> random.nextLong() >>> random.nextInt(1, 63))
                        .limit(200));
    }

    @ParameterizedTest
    @MethodSource("totals")
    void hasAtMost300StepsFrom0ToTheLast(long total) {
        Grid grid = Grid.of(total, OptionalLong.empty(), Grid.MOST);
        List<Long> steps = steps(grid);
        assertThat(steps)
                .hasSizeLessThanOrEqualTo(300)
                .startsWith(0L)
                .endsWith(total)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(steps.subList(0, steps.size() - 1)).allMatch(step -> step % grid.step() == 0);
        // a smaller step of the sequence would be too fine
        long finer = Long.toString(grid.step()).startsWith("5") ? grid.step() / 5 * 2 : grid.step() / 2;
        assertThat(finer == 0 || total / finer > 298 || (total / finer == 298 && total % finer > 0))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 4, '0 4 8 10'", "10, 5, '0 5 10'", "3, 9223372036854775807, '0 3'", "0, 7, '0'"})
    void isSetByHand(long total, long every, String steps) {
        assertThat(steps(Grid.of(total, OptionalLong.of(every), Grid.MOST)))
                .extracting(String::valueOf)
                .containsExactly(steps.split(" ", -1));
    }

    @ParameterizedTest
    @MethodSource("totals")
    void knowsTheNextStepFromBetweenTwo(long total) {
        Grid grid = Grid.of(total, OptionalLong.empty(), Grid.MOST);
        SplittableRandom random = new SplittableRandom(total);
        List<Long> steps = steps(grid);
        for (int trial = 0; trial < 100 && total > 0; trial++) {
            long update = random.nextLong(total);
            long expected =
                    steps.stream().filter(step -> step > update).findFirst().orElseThrow();
            assertThat(grid.after(update)).isEqualTo(expected);
        }
    }
}
