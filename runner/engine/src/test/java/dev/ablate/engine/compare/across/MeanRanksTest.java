package dev.ablate.engine.compare.across;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.runs.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanRanksTest {

    private static MeanRanks ranked(double criticalDifference, double... ranks) {
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < ranks.length; i++) {
            byName.put("v" + (i + 1), ranks[i]);
        }
        Measure measure = new Measure("accuracy", Goal.MAXIMIZE, Optional.empty());
        return new MeanRanks(measure, Map.of(), 10, byName, 1, 0.5, criticalDifference);
    }

    private static Table everywhereInOneOrder(int dataSets) {
        Table table = new Table("a", "b", "c");
        for (int i = 0; i < dataSets; i++) {
            table.row("d" + i, 0.7, 0.9, 0.8);
        }
        return table;
    }

    @Test
    void aBarJoinsWhatIsNotDistinguishedAndNoOtherBarLiesInsideOfIt() {
        assertThat(ranked(1, 1, 1.8, 2.5, 4, 5).groups())
                .containsExactly(List.of("v1", "v2"), List.of("v2", "v3"), List.of("v4", "v5"));
        assertThat(ranked(5, 1, 2, 3, 4).groups()).containsExactly(List.of("v1", "v2", "v3", "v4"));
        assertThat(ranked(0.5, 1, 2, 3).groups()).isEmpty();
    }

    @Test
    void theBestIsFirstAndTiesShareTheirPlaces() {
        assertThat(MeanRanks.ranks(new double[] {0.7, 0.9, 0.9, 0.1}, Goal.MAXIMIZE))
                .containsExactly(3, 1.5, 1.5, 4);
        assertThat(MeanRanks.ranks(new double[] {0.1 + 0.2, 0.3, 7}, Goal.MINIMIZE))
                .as("but for rounding")
                .containsExactly(1.5, 1.5, 3);
    }

    @Test
    void oneOrderEverywhereIsWhatLuckNeverMakes() {
        MeanRanks ranks = MeanRanks.of(everywhereInOneOrder(6).findings()).get(0);
        assertThat(ranks.ranks()).containsExactly(Map.entry("b", 1.0), Map.entry("c", 2.0), Map.entry("a", 3.0));
        assertThat(ranks.f()).isInfinite();
        assertThat(ranks.p()).isZero();
    }

    @Test
    void tiesEverywhereGiveNeitherOrderNorF() {
        Table table = new Table("a", "b", "c");
        for (int i = 0; i < 6; i++) {
            table.row("d" + i, 0.7, 0.7, 0.7);
        }
        assertThat(MeanRanks.of(table.findings()).get(0).f()).isNaN();
    }

    @Test
    void areOfThreeVariantsAndSixDataSetsAtLeast() {
        assertThat(MeanRanks.of(everywhereInOneOrder(5).findings())).isEmpty();
        Table two = new Table("a", "b");
        for (int i = 0; i < 6; i++) {
            two.row("d" + i, 0.7, 0.8);
        }
        assertThat(MeanRanks.of(two.findings())).isEmpty();
    }

    @Test
    void areOverTheDataSetsAndPairsThatAllHave() {
        Table table = everywhereInOneOrder(6).row("lone", 0.9, 0.1);
        table.run("a", Map.of("dataset.file", "d0"), 2, RunStatus.FINISHED, 9);
        MeanRanks ranks = MeanRanks.of(table.findings()).get(0);
        assertThat(ranks.dataSets()).isEqualTo(6);
        assertThat(ranks.rank("a")).isCloseTo(3, within(1e-12));
    }
}
