package dev.ablate.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.worker.fixture.SmallRun;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many rows of a part are said to contradict each other. */
class DataPartTest {

    /** The last three of eight rows. */
    private static final SplitSettings LAST =
            new SplitSettings(0.375, 0, Take.LAST, Per.SEED, false, Optional.empty(), Optional.empty());

    /** Eight rows of two classes; {@code row} distinguishes all of them, {@code x} does not. */
    private static SmallRun run(double... x) {
        double[] values = IntStream.range(0, 16)
                .mapToDouble(k -> k % 2 == 0 ? x[k / 2] : k)
                .toArray();
        double[] targets = {0, 1, 0, 1, 0, 1, 0, 1};
        Dataset data = Dataset.classification(Examples.of(List.of("x", "row"), values, targets), "y", "");
        return SmallRun.on(data).split(LAST);
    }

    private static List<Integer> contradictory(SmallRun run) {
        return RunData.of(run.run()).described().parts().stream()
                .map(DataPart::contradictory)
                .toList();
    }

    @Test
    void areNoneWhereNoneOfAllRowsDo() {
        assertThat(contradictory(run(1, 1, 1, 1, 1, 1, 1, 1))).containsExactly(0, 0);
    }

    @Test
    void areThoseThatDoWithTheFeaturesOfTheRun() {
        assertThat(contradictory(run(1, 1, 2, 3, 4, 5, 5, 6).features("x"))).containsExactly(2, 2);
    }

    @Test
    void areNoneOfTwoThatAreInDifferentParts() {
        assertThat(contradictory(run(1, 2, 3, 4, 5, 1, 2, 6).features("x"))).containsExactly(0, 0);
    }

    @Test
    void areCountedWhereAllRowsAreLookedAtFirst() {
        Dataset data = Dataset.classification(
                Examples.of(List.of("x"), new double[] {1, 1, 2, 3, 4, 5, 5, 6}, new double[] {0, 1, 0, 1, 0, 1, 0, 1}),
                "y",
                "");
        assertThat(contradictory(SmallRun.on(data).split(LAST))).containsExactly(2, 2);
    }
}
