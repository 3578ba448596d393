package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not evidence: seeds that change nothing, and differences that are rounding. */
class CopiesTest {

    private static final double ROUNDING = 1e-11;

    private static Trial trial(int seeds) {
        return new Trial("a", "b")
                .seeds(LongStream.rangeClosed(1, seeds).boxed().toArray(Long[]::new));
    }

    private static Dataset numbers(int rows) {
        double[] targets = IntStream.range(0, rows).mapToDouble(i -> 2.0 * i).toArray();
        double[] features = IntStream.range(0, rows).mapToDouble(i -> i).toArray();
        return Dataset.regression(Examples.of(List.of("x"), features, targets), "y", Map.of(), "a test");
    }

    private static Effect only(Trial trial) {
        return trial.compare().effects().get(0);
    }

    @ParameterizedTest
    @EnumSource
    void seedsThatGiveOneModelAreOneResultWhateverTheTest(TestChoice test) {
        Trial trial = trial(8).test(test).mse();
        for (int seed = 1; seed <= 8; seed++) {
            // the metrics differ a little more than copies do, and so do small numbers beside large ones
            double slip = 1e-8 * seed;
            Map<String, Double> model = Map.of("x1", 7 + seed * ROUNDING, "x2", 1e-11 * seed);
            trial.finished("a", seed, false, Map.of("train/mse", 0.5 + slip), model, List.of());
            trial.finished("b", seed, false, Map.of("train/mse", 0.25 + slip), model, List.of());
        }
        Effect effect = only(trial);
        assertThat(effect.untested()).contains(Untested.COPIES);
        assertThat(effect.evidence()).isEmpty();
        assertThat(effect.signs()).isEmpty();
        assertThat(effect.moreSeeds()).isEmpty();
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(effect.difference()).isCloseTo(-0.25, within(1e-7));
    }

    @Test
    void modelsThatAnswerAlikeAreCopiesWhateverTheirNumbers() {
        Trial trial = trial(6).mse();
        for (int seed = 1; seed <= 6; seed++) {
            Map<String, Double> model = Map.of("x1", (double) seed);
            trial.finished("a", seed, false, Map.of("train/mse", 0.5, "train/mae", 0.25), model, List.of());
            trial.finished("b", seed, false, Map.of("train/mse", 0.25, "train/mae", 0.125), model, List.of());
        }
        assertThat(only(trial).untested()).contains(Untested.COPIES);
    }

    @Test
    void oneSideThatVariesIsEvidence() {
        Trial trial = trial(6).mse();
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("a", seed, 1).mse("b", seed, 2 + seed);
        }
        assertThat(only(trial).evidence().orElseThrow().p()).isEqualTo(2.0 / 64);
    }

    @Test
    void aResultWithoutChanceBesideCopiesIsNotTestedEither() {
        Trial trial = trial(6).mse().fixed("a", 1);
        for (int seed = 1; seed <= 6; seed++) {
            trial.mse("b", seed, 2);
        }
        assertThat(only(trial).untested()).contains(Untested.COPIES);
    }

    @Test
    void aCoarseMetricThatNeverVariesIsNotTestedAndAFinerOneIs() {
        Trial trial = trial(6).metric("accuracy", Goal.MAXIMIZE, "").mse();
        for (int seed = 1; seed <= 6; seed++) {
            trial.finished(
                    "a", seed, false, Map.of("train/accuracy", 0.75, "train/mse", 0.5 + seed), Map.of(), List.of());
            trial.finished(
                    "b", seed, false, Map.of("train/accuracy", 1.0, "train/mse", 0.25 + seed), Map.of(), List.of());
        }
        List<Effect> effects = trial.compare().effects();
        assertThat(effects.get(0).untested()).contains(Untested.CONSTANT);
        assertThat(effects.get(0).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(effects.get(1).evidence()).isPresent();
        assertThat(effects.get(1).verdict()).isEqualTo(Verdict.BETTER);
    }

    @ParameterizedTest
    @CsvSource({"RANDOM, SEED, true", "RANDOM, EXPERIMENT, false", "LAST, SEED, false"})
    void aMetricWithoutSpreadOverDifferentSplitsIsNotACopy(Take take, Per per, boolean tested) {
        Trial trial = trial(8).on(numbers(200))
                .split(new SplitSettings(0.25, take, per))
                .metric("mae", Goal.MINIMIZE, "");
        for (int seed = 1; seed <= 8; seed++) {
            trial.finished("a", seed, false, Map.of("test/mae", 0.75), Map.of(), List.of());
            trial.finished("b", seed, false, Map.of("test/mae", 0.5), Map.of(), List.of());
        }
        assertThat(only(trial).evidence().isPresent()).isEqualTo(tested);
        assertThat(only(trial).verdict()).isEqualTo(tested ? Verdict.BETTER : Verdict.UNDECIDED);
    }

    @Test
    void splitsThatHoldBackTheSameRowsAreOneSplit() {
        // of two rows one is held back: among three seeds two hold back the same
        Trial trial = trial(3).on(numbers(2))
                .split(new SplitSettings(0.5, Take.RANDOM, Per.SEED))
                .metric("mae", Goal.MINIMIZE, "");
        for (int seed = 1; seed <= 3; seed++) {
            trial.finished("a", seed, false, Map.of("test/mae", 0.75), Map.of(), List.of());
        }
        assertThat(trial.compare().findings().observations().stream()
                        .map(Observation::split)
                        .distinct())
                .hasSizeLessThan(3);
    }

    @Test
    void errorsBelowTheRoundingOfTheTargetsAreTies() {
        for (TestChoice test : TestChoice.values()) {
            Trial trial = trial(12).on(numbers(10)).test(test).mse();
            for (int seed = 1; seed <= 12; seed++) {
                trial.mse("a", seed, 1e-27 * seed).mse("b", seed, 5e-27);
            }
            Effect effect = only(trial);
            assertThat(effect.verdict()).as(test.word()).isEqualTo(Verdict.IDENTICAL);
            assertThat(effect.tally()).isEqualTo(new Tally(0, 12, 0));
            assertThat(effect.difference()).isZero();
        }
    }

    /** The largest target is 18. */
    @ParameterizedTest
    @CsvSource({
        "mse, 3.2e-22, 3.3e-22",
        "sse, 3.2e-21, 3.3e-21",
        "rmse, 1.79e-11, 1.81e-11",
        "mae, 1.79e-11, 1.81e-11",
        "error_sum, 1.79e-10, 1.81e-10",
        "r2, 0.9e-12, 1.1e-12"
    })
    void eachMetricHasItsResolution(String kind, double tie, double difference) {
        String name = "train/" + kind;
        for (double value : new double[] {tie, difference}) {
            Trial trial = new Trial("a", "b").on(numbers(10)).metric(kind, Goal.MINIMIZE, "");
            trial.finished("a", 1, true, Map.of(name, 0.0), Map.of(), List.of());
            trial.finished("b", 1, true, Map.of(name, value), Map.of(), List.of());
            assertThat(only(trial).verdict()).isEqualTo(value == tie ? Verdict.IDENTICAL : Verdict.WORSE);
        }
    }
}
