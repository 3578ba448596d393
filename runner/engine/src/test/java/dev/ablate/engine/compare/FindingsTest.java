package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.plan.TestChoice;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What chance allows to say: tests, corrections, verdicts and what more seeds would do. */
class FindingsTest {

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    /** Multiples of 1/1024, so that sums and shifts are exact. */
    private static double[] random(long seed, int n, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> Math.rint((random.nextGaussian() + shift) * 1024) / 1024)
                .limit(n)
                .toArray();
    }

    private static Trial trial(String first, double[] ours, String second, double[] theirs) {
        Trial trial = new Trial(first, second)
                .seeds(LongStream.rangeClosed(1, ours.length).boxed().toArray(Long[]::new))
                .metric("mse", Goal.MINIMIZE, "");
        for (int i = 0; i < ours.length; i++) {
            trial.mse(first, i + 1L, ours[i]).mse(second, i + 1L, theirs[i]);
        }
        return trial;
    }

    private static Effect only(Trial trial) {
        List<Effect> effects = trial.compare().effects();
        assertThat(effects).hasSize(1);
        return effects.get(0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void swappingTheSidesTurnsTheSignAndKeepsP(long seed) {
        double[] a = random(seed, 6 + (int) (seed % 8), 0);
        double[] b = random(seed + 1_000, a.length, (int) (seed % 3));
        for (TestChoice test : List.of(TestChoice.PAIRED_PERMUTATION, TestChoice.PAIRED_T)) {
            Effect one = only(trial("a", a, "b", b).test(test));
            Effect other = only(trial("b", b, "a", a).test(test));
            assertThat(other.difference()).isCloseTo(-one.difference(), within(1e-12));
            assertThat(other.evidence().orElseThrow().p())
                    .isEqualTo(one.evidence().orElseThrow().p());
            assertThat(other.evidence().orElseThrow().low())
                    .isCloseTo(-one.evidence().orElseThrow().high(), within(1e-12));
            assertThat(other.tally().wins()).isEqualTo(one.tally().losses());
            assertThat(one.verdict() == Verdict.UNDECIDED).isEqualTo(other.verdict() == Verdict.UNDECIDED);
            assertThat(one.verdict() == Verdict.BETTER).isEqualTo(other.verdict() == Verdict.WORSE);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addingAConstantToBothSidesChangesNothing(long seed) {
        double[] a = random(seed, 6 + (int) (seed % 8), 0);
        double[] b = random(seed + 1_000, a.length, 0.5);
        Effect plain = only(trial("a", a, "b", b));
        Effect shifted = only(trial("a", shifted(a), "b", shifted(b)));
        assertThat(shifted.evidence()).isEqualTo(plain.evidence());
        assertThat(shifted.difference()).isEqualTo(plain.difference());
        assertThat(shifted.verdict()).isEqualTo(plain.verdict());
    }

    private static double[] shifted(double[] values) {
        return DoubleStream.of(values).map(value -> value + 4096).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void intervalAndPNeverDisagree(long seed) {
        double[] a = random(seed, 6 + (int) (seed % 10), 0);
        double[] b = random(seed + 1_000, a.length, (int) (seed % 4) * 0.5);
        for (TestChoice test : List.of(TestChoice.PAIRED_PERMUTATION, TestChoice.PAIRED_T)) {
            Effect effect = only(trial("a", a, "b", b).test(test));
            Evidence evidence = effect.evidence().orElseThrow();
            assertThat(evidence.low() > 0 || evidence.high() < 0).isEqualTo(evidence.p() < 0.05);
            assertThat(evidence.test()).isEqualTo(test.word());
        }
    }

    /** 0.1 + 0.2 - 0.3 is 0 on paper, and a last digit in doubles. */
    @Test
    void anEndOfAnIntervalThatIsRoundingIsNone() {
        for (int ones = 0; ones <= 10; ones++) {
            for (int twos = 0; ones + twos <= 10; twos++) {
                Trial trial = new Trial("plain", "new")
                        .seeds(LongStream.rangeClosed(1, 10).boxed().toArray(Long[]::new))
                        .metric("accuracy", Goal.MAXIMIZE, "0.02");
                for (int seed = 1; seed <= 10; seed++) {
                    double other = seed <= ones ? 0.6 : seed <= ones + twos ? 0.7 : 0.2;
                    trial.finished(
                                    "plain",
                                    seed,
                                    false,
                                    Map.of("train/accuracy", 0.5),
                                    Map.of("x1", 1.0 * seed),
                                    List.of())
                            .finished(
                                    "new",
                                    seed,
                                    false,
                                    Map.of("train/accuracy", other),
                                    Map.of("x1", 1.0 * seed),
                                    List.of());
                }
                Effect effect = trial.compare().findings().effects().get(0);
                effect.evidence()
                        .ifPresent(evidence -> assertThat(List.of(evidence.low(), evidence.high(), effect.difference()))
                                .noneMatch(end -> end != 0 && Math.abs(end) < 1e-12));
            }
        }
    }

    @Test
    void correctsOverTheVariantsAndCellsOfAMetric() {
        Trial trial = new Trial("a", "b", "c")
                .seeds(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L)
                .sweep("trainer.learning_rate", "0.1", "1")
                .metric("mse", Goal.MINIMIZE, "");
        for (int cell = 0; cell < 2; cell++) {
            trial.in(cell);
            for (long seed = 1; seed <= 10; seed++) {
                trial.mse("a", seed, 1).mse("b", seed, 1.5 + seed).mse("c", seed, seed % 2 + 0.1 * seed);
            }
        }
        List<Effect> effects = trial.compare().effects();
        assertThat(effects.stream()
                        .map(effect ->
                                effect.cell().values() + " " + effect.variant().name()))
                .containsExactly("[0.1] b", "[0.1] c", "[1] b", "[1] c");
        // the least p of ten signs, and four comparisons
        assertThat(effects.get(0).evidence().orElseThrow().p()).isEqualTo(2.0 / 1024);
        assertThat(effects.get(0).evidence().orElseThrow().adjusted()).isEqualTo(8.0 / 1024);
        assertThat(effects)
                .allSatisfy(effect -> assertThat(effect.evidence().orElseThrow().adjusted())
                        .isGreaterThanOrEqualTo(effect.evidence().orElseThrow().p()));
    }

    @Test
    void judgesByTheAdjustedP() {
        // four comparisons make of 2/64 one eighth
        Trial trial =
                new Trial("a", "b", "c", "d", "e").seeds(1L, 2L, 3L, 4L, 5L, 6L).mse();
        for (long seed = 1; seed <= 6; seed++) {
            trial.mse("a", seed, 1);
            for (String variant : List.of("b", "c", "d", "e")) {
                trial.mse(variant, seed, 2.0 + (int) seed);
            }
        }
        assertThat(trial.compare().effects()).allSatisfy(effect -> {
            assertThat(effect.evidence().orElseThrow().p()).isEqualTo(0.03125);
            assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(effect.moreSeeds()).isPresent();
        });
    }

    @Test
    void callsEquivalentOnlyWhatIsInsideAsAWhole() {
        double[] ones = DoubleStream.generate(() -> 1).limit(8).toArray();
        double[] near = IntStream.range(0, 8)
                .mapToDouble(i -> 1 + (i % 2 == 0 ? 0.25 : -0.25))
                .toArray();
        for (String margin : List.of("0.3", "0.1")) {
            Trial trial =
                    new Trial("a", "b").seeds(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).metric("mse", Goal.MINIMIZE, margin);
            for (int i = 0; i < 8; i++) {
                trial.mse("a", i + 1L, ones[i]).mse("b", i + 1L, near[i]);
            }
            // the mean difference is 0, and the interval is not
            assertThat(only(trial).verdict()).isEqualTo(margin.equals("0.3") ? Verdict.EQUIVALENT : Verdict.UNDECIDED);
        }
    }

    @Test
    void showsNeitherPNorIntervalBelowSixSeeds() {
        double[] a = {1, 2, 3, 4, 5};
        double[] b = {2, 3, 4.5, 5, 6};
        for (TestChoice test : List.of(TestChoice.PAIRED_PERMUTATION, TestChoice.PAIRED_T)) {
            Effect effect = only(trial("a", a, "b", b).test(test));
            assertThat(effect.evidence()).isEmpty();
            assertThat(effect.untested()).contains(Untested.TOO_FEW);
            assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(effect.moreSeeds()).hasValue(1);
        }
        assertThat(only(trial("a", new double[] {1}, "b", new double[] {2})).moreSeeds())
                .hasValue(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAIRED_T", "CORRECTED_RESAMPLED_T"})
    void saysThatATTestCannotJudgeAConstantDifference(TestChoice test) {
        double[] a = {1, 2, 3, 4, 5, 6};
        double[] b = {1.5, 2.5, 3.5, 4.5, 5.5, 6.5};
        Effect effect = only(trial("a", a, "b", b).test(test));
        assertThat(effect.evidence()).isEmpty();
        assertThat(effect.untested()).contains(Untested.NO_SPREAD);
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(only(trial("a", a, "b", b)).evidence().orElseThrow().p()).isEqualTo(2.0 / 64);
    }

    @Test
    void takesDifferencesThatAreRoundingForNone() {
        double[] a = {1, 2, 3, 4, 5, 6};
        double[] b = DoubleStream.of(a).map(value -> value * (1 + 1e-15)).toArray();
        Effect effect = only(trial("a", a, "b", b));
        assertThat(effect.verdict()).isEqualTo(Verdict.IDENTICAL);
        assertThat(effect.evidence().orElseThrow().p()).isEqualTo(1);
        assertThat(effect.difference()).isZero();
    }

    @Test
    void takesTheRatioOfTestToTrainingRowsFromTheRuns() {
        double[] a = random(1, 10, 0);
        double[] b = random(2, 10, 0.5);
        // 1 of 4 rows is held back
        Trial split = new Trial("a", "b")
                .seeds(LongStream.rangeClosed(1, 10).boxed().toArray(Long[]::new))
                .held(1)
                .metric("mse", Goal.MINIMIZE, "");
        for (int i = 0; i < 10; i++) {
            split.finished("a", i + 1L, false, Map.of("test/mse", a[i]), Map.of(), List.of());
            split.finished("b", i + 1L, false, Map.of("test/mse", b[i]), Map.of(), List.of());
        }
        Evidence corrected = only(split).evidence().orElseThrow();
        Evidence plain =
                only(trial("a", a, "b", b).test(TestChoice.PAIRED_T)).evidence().orElseThrow();
        double widening = Math.sqrt((0.1 + 1.0 / 3) / 0.1);
        assertThat(corrected.high() - corrected.low())
                .isCloseTo(widening * (plain.high() - plain.low()), within(1e-12));
        assertThat(corrected.test()).isEqualTo("corrected-resampled-t");
    }

    @Test
    void asksForMoreSeedsTheSmallerTheEffectIs() {
        int[] needed = new int[3];
        double[] noise = random(5, 10, 0);
        for (int i = 0; i < 3; i++) {
            double shift = 0.25 / (1 << i);
            double mean = DoubleStream.of(noise).average().orElseThrow();
            double[] b =
                    DoubleStream.of(noise).map(value -> value - mean + shift).toArray();
            Effect effect = only(trial("a", new double[10], "b", b));
            assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
            needed[i] = effect.moreSeeds().orElse(Integer.MAX_VALUE);
        }
        assertThat(needed[0]).isPositive().isLessThan(needed[1]);
        assertThat(needed[1]).isLessThan(needed[2]);
    }

    @Test
    void hasNoMarginWherePerCentIsOfNothing() {
        Trial trial = new Trial("a", "b").seeds(1L, 2L).metric("mse", Goal.MINIMIZE, "1%");
        Effect effect = only(trial.mse("a", 1, 0).mse("b", 1, 1).mse("a", 2, 0).mse("b", 2, 1));
        assertThat(effect.sameWithin()).isEmpty();
        assertThat(effect.metric().isRefusedFor(effect)).isTrue();
    }
}
