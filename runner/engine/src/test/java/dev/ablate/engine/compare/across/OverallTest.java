package dev.ablate.engine.compare.across;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Measure.Margin;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.across.AcrossEffect.Missing;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.runs.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverallTest {

    private static final KnownMetrics KNOWN = new KnownMetrics(TestPlugins.METRICS, List.of());

    private static final Measure MSE = new Measure("test/mse", Goal.MINIMIZE, Optional.empty());

    /** One is better on all, each time by more. */
    private static Table rising(int dataSets) {
        Table table = new Table("shallow", "deep");
        for (int i = 1; i <= dataSets; i++) {
            table.row("d" + i, 0.7, 0.7 + 0.01 * i);
        }
        return table;
    }

    @Test
    void isDecidedFromSixDataSetsOn() {
        assertThat(rising(6).first().verdict()).isEqualTo(Verdict.BETTER);
        assertThat(rising(6).first().evidence().orElseThrow().p()).isEqualTo(2 / 64.0);
        assertThat(rising(5).first().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(rising(5).first().evidence()).isEmpty();
    }

    @Test
    void followsTheGoal() {
        Table table = new Table("shallow", "deep").on(MSE, KNOWN);
        for (int i = 1; i <= 8; i++) {
            table.row("d" + i, 7, 7 + i);
        }
        assertThat(table.first().verdict()).isEqualTo(Verdict.WORSE);
        assertThat(table.first().tally().losses()).isEqualTo(8);
    }

    @Test
    void comparesTheMeansOfADataSetWhateverNumberOfSeedsItHas() {
        Table table = rising(7);
        for (long seed = 2; seed <= 9; seed++) {
            table.run("shallow", Map.of("dataset.file", "d1"), seed, RunStatus.FINISHED, 0.5);
            table.run("deep", Map.of("dataset.file", "d1"), seed, RunStatus.FINISHED, 0.5);
        }
        AcrossEffect effect = table.first();
        assertThat(effect.n()).isEqualTo(7);
        assertThat(effect.differences().get("d1")).isCloseTo(0.01 / 9, within(1e-15));
    }

    @Test
    void addsNothingThatMayHaveAUnit() {
        assertThat(rising(6).first().difference().orElseThrow()).isCloseTo(0.035, within(1e-15));
        Table table = new Table("shallow", "deep").on(MSE, KNOWN);
        for (int i = 1; i <= 6; i++) {
            table.row("d" + i, 7, 7 - i);
        }
        assertThat(table.first().difference()).isEmpty();
        assertThat(table.first().interval()).isEmpty();
        assertThat(table.first().verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void leavesOutADataSetThatOneSideHasNoValueOf() {
        AcrossEffect effect = rising(6)
                .row("lone", 0.9)
                .run("shallow", Map.of("dataset.file", "apart"), 1, RunStatus.FINISHED, 0.9)
                .run("deep", Map.of("dataset.file", "apart"), 2, RunStatus.FINISHED, 0.9)
                .first();
        assertThat(effect.n()).isEqualTo(6);
        assertThat(effect.dataSets()).isEqualTo(8);
        assertThat(effect.missing())
                .containsExactly(
                        new Missing("lone", Optional.of("deep"), Why.NO_RUN),
                        new Missing("apart", Optional.empty(), Why.NO_RUN));
        assertThat(effect.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void saysNothingInFavourOfASideThatFailed() {
        Table table = rising(8)
                .run("shallow", Map.of("dataset.file", "hard"), 1, RunStatus.FINISHED, 0.9)
                .run("deep", Map.of("dataset.file", "hard"), 1, RunStatus.FAILED, Double.NaN);
        assertThat(table.first().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(table.first().failed()).containsExactly("deep");
        Gate notWorse = Gate.of("accuracy:better|undecided", table.findings().question());
        assertThat(table.overall().unmet(notWorse).orElseThrow())
                .contains("deep is undecided across data sets, and runs of deep failed");
    }

    @Test
    void isEquivalentWithinAMarginWhereNothingHasAUnit() {
        Table table = new Table("shallow", "deep")
                .on(new Measure("accuracy", Goal.MAXIMIZE, Optional.of(new Margin(0.02, false))), KNOWN);
        for (int i = 1; i <= 8; i++) {
            table.row("d" + i, 0.7, 0.7 + 0.001 * (i % 2 == 0 ? i : -i));
        }
        assertThat(table.first().verdict()).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void isIdenticalWhereEveryPairIs() {
        Table table = new Table("shallow", "deep");
        for (int i = 1; i <= 3; i++) {
            table.row("d" + i, 0.7, 0.7);
        }
        assertThat(table.first().verdict()).isEqualTo(Verdict.IDENTICAL);
    }

    @Test
    void answersForEachCellOfWhatElseIsSwept() {
        Table table = new Table("shallow", "deep");
        for (String rate : List.of("0.1", "0.5")) {
            for (int i = 1; i <= 6; i++) {
                Map<String, String> cell =
                        new TreeMap<>(Map.of("dataset.file", "d" + i, "trainer.learning_rate", rate));
                table.run("shallow", cell, 1, RunStatus.FINISHED, 0.7);
                table.run("deep", cell, 1, RunStatus.FINISHED, rate.equals("0.1") ? 0.7 + 0.01 * i : 0.71 - 0.003 * i);
            }
        }
        List<AcrossEffect> effects = table.overall().effects();
        assertThat(effects)
                .extracting(AcrossEffect::cell)
                .containsExactly(Map.of("trainer.learning_rate", "0.1"), Map.of("trainer.learning_rate", "0.5"));
        assertThat(effects.get(0).evidence().orElseThrow().adjusted())
                .as("corrected for both cells")
                .isEqualTo(4 / 64.0);
    }

    @Test
    void takesWhatGoesAlongWithADataSetForAPartOfIt() {
        Table table = new Table("shallow", "deep");
        for (String rate : List.of("0.1", "0.5")) {
            for (int i = 1; i <= 6; i++) {
                Map<String, String> cell = new TreeMap<>(
                        Map.of("dataset.file", "d" + i, "dataset.target", "y" + i % 2, "trainer.learning_rate", rate));
                table.run("shallow", cell, 1, RunStatus.FINISHED, 0.7);
                table.run("deep", cell, 1, RunStatus.FINISHED, 0.7 + 0.01 * i);
            }
        }
        assertThat(table.overall().effects())
                .extracting(AcrossEffect::cell)
                .containsExactly(Map.of("trainer.learning_rate", "0.1"), Map.of("trainer.learning_rate", "0.5"));
        assertThat(table.first().n()).isEqualTo(6);
    }

    @Test
    void theGateHoldsTheAnswerOverAllAndNotThatOfEachDataSet() {
        Table table = rising(8);
        Gate better = Gate.of("accuracy:better", table.findings().question());
        assertThat(better.unmet(table.findings())).as("each has one pair").isPresent();
        assertThat(table.overall().unmet(better)).isEmpty();
        Gate worse = Gate.of("accuracy@deep:worse", table.findings().question());
        assertThat(table.overall().unmet(worse))
                .contains("gate accuracy@deep:worse is not met: deep is better across data sets");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12})
    void flipsTheSignsOfMeansWhereThatIsAskedFor(int n) {
        AcrossEffect effect = rising(n).by(TestChoice.PAIRED_PERMUTATION).first();
        assertThat(effect.evidence().orElseThrow().test()).isEqualTo("paired-permutation");
        assertThat(effect.evidence().orElseThrow().p()).isCloseTo(2 / Math.pow(2, n), within(1e-12));
    }
}
