package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Ruler;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that failed, and pairs that rule the mean: what they leave of a verdict. */
class FailedRunsTest {

    private static Trial trial(int seeds) {
        return new Trial("old", "new")
                .seeds(LongStream.rangeClosed(1, seeds).boxed().toArray(Long[]::new))
                .mse();
    }

    private static List<Pair> pairs(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Pair::of).toList();
    }

    private static Effect only(Trial trial) {
        assertThat(trial.compare().effects()).hasSize(1);
        return trial.compare().effects().get(0);
    }

    /** The variant is better by 1 in the first half, and one side failed in the other. */
    private static Trial half(String failing) {
        return half(failing, "old");
    }

    /** One side is worse by 1 in the first half. */
    private static Trial half(String failing, String worse) {
        Trial trial = trial(12);
        for (int seed = 1; seed <= 12; seed++) {
            for (String variant : List.of("old", "new")) {
                if (seed > 6 && variant.equals(failing)) {
                    trial.failed(variant, seed, 3, "failed after 3 updates: train/mse is not finite");
                } else {
                    trial.mse(variant, seed, variant.equals(worse) ? seed + 1 : seed);
                }
            }
        }
        return trial;
    }

    @Test
    void whoFailsLosesItsPairsAndIsNotCalledBetter() {
        Effect effect = only(half("new"));
        assertThat(effect.evidence().orElseThrow().adjusted()).isEqualTo(2.0 / 64);
        assertThat(effect.n()).isEqualTo(6);
        assertThat(effect.tally()).isEqualTo(new Tally(6, 0, 6));
        assertThat(effect.variant().failed()).isEqualTo(6);
        assertThat(effect.signs()).hasValue(1);
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(effect.moreSeeds()).isEmpty();
        assertThat(effect.gaps()).containsExactly(new Gap("new", Why.FAILED, pairs(7, 12)));
    }

    @Test
    void failuresOfTheOtherSideTakeNothingFromAVerdict() {
        Effect effect = only(half("old"));
        assertThat(effect.tally()).isEqualTo(new Tally(12, 0, 0));
        assertThat(effect.signs().orElseThrow()).isCloseTo(2.0 / 4096, within(1e-15));
        assertThat(effect.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void nobodyIsWorseThanWhoFails() {
        assertThat(only(half("old", "new")).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(only(half("new", "new")).verdict()).isEqualTo(Verdict.WORSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void nobodyIsTheSameAsWhoFails(String failing) {
        Trial trial = new Trial("old", "new")
                .seeds(LongStream.rangeClosed(1, 8).boxed().toArray(Long[]::new))
                .metric("mse", Goal.MINIMIZE, "100")
                .metric("mae", Goal.MINIMIZE, "");
        for (int seed = 1; seed <= 8; seed++) {
            for (String variant : List.of("old", "new")) {
                if (seed == 8 && variant.equals(failing)) {
                    trial.failed(variant, seed, 3, "failed");
                } else {
                    double mse = variant.equals("old") ? seed : seed + 0.1 * (seed % 3);
                    trial.finished(
                            variant,
                            seed,
                            false,
                            Map.of("train/mse", mse, "train/mae", (double) seed),
                            Map.of(),
                            List.of());
                }
            }
        }
        assertThat(trial.compare().effects()).extracting(Effect::verdict).containsOnly(Verdict.UNDECIDED);
    }

    @Test
    void aRunThatWasStoppedOrIsNotThereIsNotAFailure() {
        Trial trial = trial(8);
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("old", seed, seed + 1).mse("new", seed, seed);
        }
        Effect effect = only(trial.mse("old", 7, 1).killed("new", 7).mse("old", 8, 1));
        assertThat(effect.tally()).isEqualTo(new Tally(6, 0, 0));
        assertThat(effect.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(effect.gaps())
                .containsExactly(
                        new Gap("new", Why.NO_RUN, pairs(8, 8)), new Gap("new", Why.NOT_FINISHED, pairs(7, 7)));
    }

    @Test
    void noPairIsLostWhereBothFailOrTheOtherIsMissing() {
        Trial trial = trial(8);
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("old", seed, seed).mse("new", seed, seed + 1);
        }
        trial.failed("old", 7, 1, "failed").failed("new", 7, 1, "failed").failed("new", 8, 1, "failed");
        assertThat(only(trial).tally()).isEqualTo(new Tally(0, 0, 6));
    }

    @ParameterizedTest
    @CsvSource({"MINIMIZE, WORSE", "MAXIMIZE, WORSE"})
    void theSignTestDecidesAgainstWhoNeverFinishes(Goal goal, Verdict verdict) {
        Trial trial = new Trial("old", "new")
                .seeds(LongStream.rangeClosed(1, 10).boxed().toArray(Long[]::new))
                .metric("mse", goal, "");
        for (int seed = 1; seed <= 10; seed++) {
            trial.mse("old", seed, seed).failed("new", seed, 1, "failed");
        }
        Effect permuted = only(trial);
        assertThat(permuted.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(permuted.untested()).contains(Untested.NO_PAIR);
        assertThat(permuted.signs().orElseThrow()).isCloseTo(2.0 / 1024, within(1e-15));
        Effect effect = only(trial.test(TestChoice.SIGN));
        assertThat(effect.n()).isZero();
        assertThat(effect.tally()).isEqualTo(new Tally(0, 0, 10));
        assertThat(effect.evidence().orElseThrow().p()).isCloseTo(2.0 / 1024, within(1e-15));
        assertThat(effect.verdict()).isEqualTo(verdict);
    }

    @Test
    void oneFailureWithoutChanceStandsForEverySeed() {
        Trial trial = trial(6).failedAlways("new");
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("old", seed, seed);
        }
        Effect effect = only(trial);
        assertThat(effect.variant().failed()).isEqualTo(6);
        assertThat(effect.tally()).isEqualTo(new Tally(0, 0, 6));
    }

    @Test
    void namesThePairThatRulesTheMeanAndShowsTheSignsBesideIt() {
        Trial trial = trial(9).test(TestChoice.PAIRED_T);
        for (int seed = 1; seed <= 9; seed++) {
            trial.mse("old", seed, 1).mse("new", seed, seed == 4 ? 1e226 : 1.5 + 0.1 * seed);
        }
        Effect effect = only(trial);
        assertThat(effect.evidence().orElseThrow().p()).isGreaterThan(0.3);
        assertThat(effect.ruler()).contains(new Ruler(Pair.of(4), 1e226, 1));
        assertThat(effect.tally()).isEqualTo(new Tally(0, 0, 9));
        assertThat(effect.signs().orElseThrow()).isCloseTo(2.0 / 512, within(1e-15));
        // another test beside it changes no verdict
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
        // the one that was chosen decides
        assertThat(only(trial.test(TestChoice.SIGN)).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(only(trial.test(TestChoice.WILCOXON)).verdict()).isEqualTo(Verdict.WORSE);
    }

    @ParameterizedTest
    @CsvSource({"15, false", "17, true"})
    void aPairRulesAboveFourFifthsOfTheSumOfAbsoluteDifferences(double largest, boolean rules) {
        Trial trial = trial(5);
        for (int seed = 1; seed <= 5; seed++) {
            trial.mse("old", seed, 0).mse("new", seed, seed == 2 ? -largest : 1);
        }
        assertThat(only(trial).ruler().isPresent()).isEqualTo(rules);
    }

    @Test
    void theTestThatWasChosenDecidesEvenAgainstTheMean() {
        for (TestChoice test : List.of(TestChoice.SIGN, TestChoice.WILCOXON)) {
            Trial trial = trial(12).test(test);
            for (int seed = 1; seed <= 12; seed++) {
                trial.mse("old", seed, 1).mse("new", seed, seed == 12 ? -1000 : 1.5 + 0.1 * seed);
            }
            Effect effect = only(trial);
            assertThat(effect.difference()).isNegative();
            assertThat(effect.verdict()).as(test.word()).isEqualTo(Verdict.WORSE);
        }
    }
}
