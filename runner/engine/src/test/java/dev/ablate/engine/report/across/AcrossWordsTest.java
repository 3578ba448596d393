package dev.ablate.engine.report.across;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.across.Table;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.report.BestRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.text.MarkdownNote;
import dev.ablate.engine.runs.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AcrossWordsTest {

    private static final KnownMetrics KNOWN = new KnownMetrics(TestPlugins.METRICS, List.of());

    private static Table table(double... differences) {
        return table(new Table("shallow", "deep"), differences);
    }

    private static Table table(Table table, double... differences) {
        for (int i = 0; i < differences.length; i++) {
            table.row("d" + (i + 1), 0.5, 0.5 + differences[i]);
        }
        return table;
    }

    private static String sentence(Table table) {
        return report(table).sentence();
    }

    private static Report report(Table table) {
        return Report.of(table.findings(), List.of(), "in runs.csv");
    }

    @Test
    void saysOnHowManyDataSetsAndWhatTheTestSays() {
        assertThat(sentence(table(0.01, 0.02, 0.03, 0.04, 0.05, 0.06, -0.005)))
                .isEqualTo(
                        "deep: accuracy is higher than shallow on 6 of 7 data sets and lower on 1, on average 0.0293 higher;"
                                + " chance hardly explains that (exact Wilcoxon signed ranks, p = 0.0312), so it is better across them.");
        assertThat(sentence(table(-0.01, 0.02, 0.03, 0, -0.05, 0.06, -0.005)))
                .isEqualTo(
                        "deep: accuracy is higher than shallow on 3 of 7 data sets, lower on 3 and the same on 1, on average"
                                + " 0.00643 higher; chance may explain that (exact Wilcoxon signed ranks, p = 0.75), so it is undecided"
                                + " across them.");
    }

    @Test
    void saysWhyFewDataSetsAreUndecided() {
        assertThat(sentence(table(0.1, 0.1, 0.1, 0.1)))
                .isEqualTo(
                        "deep: accuracy is higher than shallow on all 4 data sets, on average 0.1 higher; 4 data sets are too few"
                                + " for a test across them, which takes at least 6, so it is undecided.");
        assertThat(sentence(table(-0.1))).contains("lower than shallow on the 1 data set", "one data set is too few");
    }

    @Test
    void namesTheTestThatWasChosen() {
        double[] six = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06};
        assertThat(sentence(table(six).by(TestChoice.SIGN))).contains("(exact sign test, p = 0.0312)");
        assertThat(sentence(table(six).by(TestChoice.PAIRED_PERMUTATION)))
                .contains("(sign flips of the means, p = 0.0312)");
    }

    @Test
    void saysWhoseRunsFailedAndWhichDataSetsAreLeftOut() {
        Table table = table(0.01, 0.02, 0.03, 0.04, 0.05, 0.06)
                .row("lone", 0.5)
                .run("shallow", Map.of("dataset.file", "hard"), 1, RunStatus.FINISHED, 0.5)
                .run("deep", Map.of("dataset.file", "hard"), 1, RunStatus.FAILED, Double.NaN);
        assertThat(sentence(table))
                .startsWith("1 of 7 runs of deep failed. deep: accuracy is higher than shallow on all 6 data sets")
                .endsWith("p = 0.0312), but runs of deep failed, so it is undecided across them.");
        assertThat(report(table).caveats())
                .contains(
                        "deep against shallow, accuracy: 6 of 8 data sets; deep has no run on lone; deep failed on hard.")
                .noneMatch(caveat -> caveat.contains("0 of"))
                .noneMatch(caveat -> caveat.contains("more seed"));
    }

    @Test
    void saysWhatRanksOfDifferentUnitsAre() {
        assertThat(report(table(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)).caveats()).noneMatch(caveat -> caveat.contains("unit"));
        Table dollars = table(
                new Table("shallow", "deep").on(new Measure("test/mse", Goal.MINIMIZE, Optional.empty()), KNOWN),
                1,
                2,
                3,
                4,
                5,
                6);
        assertThat(sentence(dollars)).doesNotContain("on average");
        assertThat(report(dollars).caveats())
                .contains(
                        "test/mse is in the unit of each target, so no mean over data sets is shown, and large numbers have high"
                                + " ranks whatever their unit is. The test sign counts all data sets alike.");
        assertThat(report(dollars.by(TestChoice.SIGN)).caveats()).noneMatch(caveat -> caveat.contains("unit"));
    }

    @Test
    void countsTheCellsOfWhatElseIsSwept() {
        Table table = new Table("shallow", "deep");
        for (String rate : List.of("0.1", "0.5")) {
            for (int i = 1; i <= 8; i++) {
                Map<String, String> cell =
                        new TreeMap<>(Map.of("dataset.file", "d" + i, "trainer.learning_rate", rate));
                table.run("shallow", cell, 1, RunStatus.FINISHED, 0.5);
                table.run("deep", cell, 1, RunStatus.FINISHED, rate.equals("0.1") ? 0.5 + 0.01 * i : 0.52 - 0.005 * i);
            }
        }
        assertThat(sentence(table))
                .isEqualTo(
                        "deep: accuracy against shallow, each time across 8 data sets, is better in 1 of 2 cells, undecided in 1.");
    }

    @Test
    void neverSpeaksOfTheBestOfAll() {
        Table table = new Table("shallow", "deep");
        for (int i = 1; i <= 8; i++) {
            for (long seed = 1; seed <= 8; seed++) {
                Map<String, String> cell = Map.of("dataset.file", "d" + i);
                table.run("shallow", cell, seed, RunStatus.FINISHED, 0.1 * i + 0.001 * seed);
                table.run("deep", cell, seed, RunStatus.FINISHED, 0.05 + 0.1 * i + 0.001 * seed);
            }
        }
        assertThat(sentence(table)).doesNotContain("best");
        assertThat(BestRun.of(table.findings(), Optional.empty()).run()).isEmpty();
        assertThat(BestRun.of(table.findings(), Optional.empty()).reason())
                .startsWith("each data set has models of its own; to say whose it is: --set");
    }

    @Test
    void isWhatATrackerGetsToo() {
        assertThat(MarkdownNote.render(report(table(0.01, 0.02, 0.03, 0.04, 0.05, 0.06))))
                .startsWith("deep: accuracy is higher than shallow on all 6 data sets")
                .contains("| deep | &nbsp;&nbsp;&nbsp;accuracy | &nbsp;&nbsp;&nbsp;6 of 6 | &nbsp;&nbsp;&nbsp;0 of 6 |"
                        + " &nbsp;&nbsp;&nbsp;0.0312 | &nbsp;&nbsp;&nbsp;0.0312 | &nbsp;&nbsp;&nbsp;better |")
                .contains("Each data set by itself:");
    }
}
