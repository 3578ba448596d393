package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.text.TextReport;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the first lines say, and what they must not hide. */
class SentenceTest {

    private static final String DIVERGED = "failed after 500 updates: train/mse is not finite";

    private static Trial trial(int seeds, String... variants) {
        return new Trial(variants)
                .seeds(LongStream.rangeClosed(1, seeds).boxed().toArray(Long[]::new))
                .mse();
    }

    private static Report report(Trial trial) {
        return Report.of(trial.compare(), Trials.asked("ablate run x"));
    }

    private static String sentence(Trial trial) {
        return report(trial).sentence();
    }

    @Test
    void beginsWithTheRunsThatFailed() {
        Trial trial = trial(12, "old", "new");
        for (int seed = 1; seed <= 12; seed++) {
            trial.mse("old", seed, seed + 1);
            if (seed > 6) {
                trial.failed("new", seed, 500, DIVERGED);
            } else {
                trial.mse("new", seed, seed);
            }
        }
        assertThat(sentence(trial))
                .isEqualTo(
                        "6 of 12 runs of new failed. new: train/mse is 1 lower than old (3.5 against 4.5) over 6 of 12"
                                + " pairs; chance hardly explains that (p = 0.0312), but runs of new failed, so it is undecided; new"
                                + " wins 6 and loses 6 of 12 pairs (sign test p = 1).");
        assertThat(report(trial).caveats())
                .contains("new against old, train/mse: 6 of 12 pairs; new failed with seeds 7 to 12.");
    }

    @Test
    void beginsWithTheRunsThatFailedWhereAllOfThemDid() {
        Trial trial = trial(10, "slow", "fast", "hot");
        for (int seed = 1; seed <= 10; seed++) {
            trial.mse("slow", seed, seed).mse("fast", seed, seed + 0.5 * seed).failed("hot", seed, 500, DIVERGED);
        }
        assertThat(sentence(trial)).startsWith("10 of 10 runs of hot failed. fast: train/mse is 2.75 higher than slow");
        assertThat(report(trial).caveats())
                .contains(
                        "hot against slow, train/mse: 0 of 10 pairs; hot failed with seeds 1 to 10.",
                        "hot against slow, train/mse: hot loses 10 of 10 pairs (sign test p = 0.00195).");
        Trial two = trial(10, "slow", "hot");
        for (int seed = 1; seed <= 10; seed++) {
            two.mse("slow", seed, seed).failed("hot", seed, 500, DIVERGED);
        }
        assertThat(sentence(two))
                .isEqualTo(
                        "10 of 10 runs of hot failed. hot: train/mse cannot be compared with slow: hot failed with seeds 1"
                                + " to 10; hot loses 10 of 10 pairs (sign test p = 0.00195).");
        assertThat(sentence(two.test(TestChoice.SIGN)))
                .isEqualTo(
                        "10 of 10 runs of hot failed. hot: train/mse has no pair with a value on both sides; hot loses 10 of"
                                + " 10 pairs, and chance hardly explains that (sign test p = 0.00195), so it is worse.");
    }

    @Test
    void neverSaysThatChanceExplainsNinePairsOfNineAlone() {
        Trial trial = trial(9, "slow", "fast").test(TestChoice.PAIRED_T);
        for (int seed = 1; seed <= 9; seed++) {
            trial.mse("slow", seed, 0.1).mse("fast", seed, seed == 7 ? 9.58e226 : 0.5 + 0.01 * seed);
        }
        assertThat(sentence(trial))
                .isEqualTo(
                        "fast: train/mse is 1.06e226 higher than slow (1.06e226 against 0.1) over 9 seeds; chance may explain"
                                + " that (p = 0.347), so it is undecided; seed 7 alone (9.58e226) is more than 99.9 % of all differences,"
                                + " and fast loses 9 of 9 pairs (sign test p = 0.00391).");
        assertThat(sentence(trial.test(TestChoice.WILCOXON)))
                .contains(
                        "; fast loses 9 of 9 pairs, and chance hardly explains that (Wilcoxon p = 0.00391), so it is worse;"
                                + " seed 7 alone (9.58e226) is more than 99.9 % of all differences.");
    }

    @Test
    void saysWhySeedsThatChangeNothingAreNotEvidence() {
        Trial trial = trial(6, "bias", "no-bias");
        for (int seed = 1; seed <= 6; seed++) {
            Map<String, Double> model = Map.of("x1", 8.74);
            trial.finished("bias", seed, false, Map.of("train/mse", 0.25 + seed), model, List.of());
            trial.finished("no-bias", seed, false, Map.of("train/mse", 0.125 + seed), model, List.of());
        }
        assertThat(sentence(trial))
                .endsWith(
                        "over 6 seeds; all seeds give the same answers, so they are one result, no test applies, and it is"
                                + " undecided.");
        assertThat(report(trial).caveats())
                .anyMatch(caveat -> caveat.contains("they are one result") && caveat.contains("per: seed"));
    }

    @Test
    void countsTheComparisonsOfTheMetricsThatAreTested() {
        Trial trial = new Trial("a", "b")
                .seeds(LongStream.rangeClosed(1, 6).boxed().toArray(Long[]::new))
                .metric("accuracy", Goal.MAXIMIZE, "")
                .mse();
        for (int seed = 1; seed <= 6; seed++) {
            trial.finished(
                    "a", seed, false, Map.of("train/accuracy", 1.0, "train/mse", 1.0 + seed), Map.of(), List.of());
            trial.finished(
                    "b", seed, false, Map.of("train/accuracy", 0.75, "train/mse", 2.0 + seed), Map.of(), List.of());
        }
        assertThat(text(trial)).contains("adjusted for 1 comparison (Holm).");
        assertThat(sentence(trial)).contains("neither side varies over the seeds, so no test applies");
    }

    @Test
    void givesNoDigitsOfRoundingWhereEveryPairIsEqual() {
        Trial trial = trial(6, "a", "b");
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("a", seed, 0.7764).mse("b", seed, 0.7764 + 1e-15);
        }
        assertThat(sentence(trial))
                .isEqualTo("b: train/mse is the same as with a (0.776) over 6 seeds; every pair is equal.");
    }

    @Test
    void saysOfTheMetricTableWhatItsMeansAreOver() {
        Trial two = trial(8, "a", "b");
        for (int seed = 1; seed <= 8; seed++) {
            two.mse("a", seed, seed);
        }
        for (int seed = 1; seed <= 6; seed++) {
            two.mse("b", seed, 1 + seed);
        }
        // seeds 1 to 6 on both sides, as in the sentence
        assertThat(text(two))
                .contains("(4.5 against 3.5)")
                .containsPattern("\\(means over 6 of 8 pairs\\)\nmetric +a +sd +b +sd\ntrain/mse +3\\.5 ");
        Trial both = trial(8, "a", "b");
        for (int seed = 1; seed <= 8; seed++) {
            if (seed == 8) {
                both.failed("a", seed, 5, DIVERGED).failed("b", seed, 5, DIVERGED);
            } else {
                both.mse("a", seed, seed).mse("b", seed, 1 + seed * seed);
            }
        }
        assertThat(text(both).replace('\n', ' '))
                .contains(" over 7 of 8 pairs;")
                .contains("(means over 7 of 8 pairs) ");
        Trial three = trial(8, "a", "b", "c");
        for (int seed = 1; seed <= 8; seed++) {
            three.mse("a", seed, seed).mse("c", seed, 2 * seed);
        }
        for (int seed = 1; seed <= 6; seed++) {
            three.mse("b", seed, 1 + seed);
        }
        assertThat(text(three).replace('\n', ' '))
                .contains("(means over all finished runs; differences are over pairs)");
    }

    @Test
    void explainsAVerdictThatFailuresTookBackWhereItIsNotInTheSentence() {
        Trial trial = new Trial("a", "b", "c")
                .seeds(LongStream.rangeClosed(1, 8).boxed().toArray(Long[]::new))
                .metric("mse", Goal.MINIMIZE, "");
        for (int seed = 1; seed <= 8; seed++) {
            trial.mse("a", seed, 10).mse("b", seed, 8 + 0.1 * seed);
            if (seed == 8) {
                trial.failed("c", seed, 500, DIVERGED);
            } else {
                trial.mse("c", seed, 1 + 0.1 * seed);
            }
        }
        assertThat(report(trial).caveats())
                .contains("c against a, train/mse: c wins 7 and loses 1 of 8 pairs (sign test p = 0.0703).");
    }

    private static String text(Trial trial) {
        return TextReport.render(report(trial), Style.PLAIN);
    }
}
