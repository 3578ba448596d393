package dev.ablate.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "MINIMIZE, 0.0625, 0.000636, '', BETTER",
        "MINIMIZE, 0.000636, 0.0625, '', WORSE",
        "MAXIMIZE, 0.0625, 0.000636, '', WORSE",
        "MAXIMIZE, 0.000636, 0.0625, '', BETTER",
        "MINIMIZE, 0.25, 0.25, '', IDENTICAL",
        "MINIMIZE, 0, 0, '', IDENTICAL",
        "MINIMIZE, 0, -0.0, '', IDENTICAL",
        "MINIMIZE, 1, 1.0000000000009, '', IDENTICAL",
        "MINIMIZE, 1, 1.0000000000011, '', WORSE",
        "MINIMIZE, 0, 1e-300, '', IDENTICAL",
        "MINIMIZE, 0, 0.9e-24, '', IDENTICAL",
        "MINIMIZE, 0, 1.1e-24, '', WORSE",
        "MINIMIZE, 1, 1.5, 0.5, EQUIVALENT",
        "MINIMIZE, 1, 1.5000001, 0.5, WORSE",
        "MINIMIZE, 1, 0.5, 0.5, EQUIVALENT",
        "MINIMIZE, 1, 1, 0.5, IDENTICAL",
        "MINIMIZE, 1, 1.1, 0, WORSE",
        "MINIMIZE, -100, -101, 1%, EQUIVALENT",
        "MINIMIZE, -100, -101.1, 1%, BETTER",
        "MINIMIZE, 0, 0.001, 1%, WORSE"
    })
    void judgesRunsWithoutChanceByTheirDifference(
            Goal goal, double baseline, double variant, String sameWithin, Verdict verdict) {
        Effect effect = only(new Trial("a", "b")
                .metric("mse", goal, sameWithin)
                .fixed("a", baseline)
                .fixed("b", variant)
                .compare());
        assertThat(effect.verdict()).isEqualTo(verdict);
        assertThat(effect.deterministic()).isTrue();
        assertThat(effect.n()).isEqualTo(1);
        assertThat(effect.evidence()).isEmpty();
        assertThat(effect.variant().sd()).isNaN();
    }

    @Test
    void givesMeansAndDeviationsOverThePairs() {
        Effect effect = only(new Trial("a", "b")
                .seeds(1L, 2L, 3L)
                .mse()
                .mse("a", 1, 1)
                .mse("b", 1, 2)
                .mse("a", 2, 2)
                .mse("b", 2, 2)
                .mse("a", 3, 6)
                .mse("b", 3, 5)
                .compare());
        assertThat(effect.baseline().mean()).isEqualTo(3);
        assertThat(effect.baseline().sd()).isCloseTo(Math.sqrt(7), within(1e-15));
        assertThat(effect.variant().mean()).isEqualTo(3);
        assertThat(effect.variant().sd()).isCloseTo(Math.sqrt(3), within(1e-15));
        assertThat(effect.difference()).isZero();
        assertThat(effect.tally()).isEqualTo(new Tally(1, 1, 1));
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void countsWinsFromTheVariantsSideWhicheverWayIsBetter() {
        Trial trial = new Trial("a", "b").seeds(1L, 2L).metric("accuracy", Goal.MAXIMIZE, "");
        for (long seed = 1; seed <= 2; seed++) {
            trial.finished("a", seed, false, Map.of("train/accuracy", 0.5), Map.of(), List.of());
            trial.finished("b", seed, false, Map.of("train/accuracy", 1.0), Map.of(), List.of());
        }
        assertThat(only(trial.compare()).tally()).isEqualTo(new Tally(2, 0, 0));
    }

    @Test
    void leavesOutASeedThatOneSideHasNotFinished() {
        Effect effect = only(new Trial("a", "b")
                .seeds(1L, 2L, 3L)
                .mse()
                .mse("a", 1, 1)
                .mse("b", 1, 2)
                .mse("a", 2, 100)
                .failed("b", 2, 5, "train/mse is not finite")
                .mse("a", 3, 3)
                .mse("b", 3, 4)
                .compare());
        assertThat(effect.n()).isEqualTo(2);
        assertThat(effect.planned()).isEqualTo(3);
        assertThat(effect.baseline().mean()).isEqualTo(2);
        assertThat(effect.difference()).isEqualTo(1);
    }

    @Test
    void decidesNothingWithoutAPair() {
        Effect effect = only(new Trial("a", "b")
                .seeds(1L, 2L)
                .mse()
                .fixed("a", 1)
                .failed("b", 1, 0, "no")
                .failed("b", 2, 0, "no")
                .compare());
        assertThat(effect.n()).isZero();
        assertThat(effect.planned()).isEqualTo(2);
        assertThat(effect.difference()).isNaN();
        assertThat(effect.baseline().mean()).isNaN();
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(effect.sameWithin()).isEmpty();
    }

    @Test
    void letsOneResultWithoutChanceStandForEverySeed() {
        Effect effect = only(new Trial("fixed", "b")
                .seeds(1L, 2L, 3L)
                .mse()
                .fixed("fixed", 0.1)
                .mse("b", 1, 0.1)
                .mse("b", 2, 0.2)
                .mse("b", 3, 0.3)
                .compare());
        assertThat(effect.n()).isEqualTo(3);
        assertThat(effect.baseline().mean()).isEqualTo(0.1);
        assertThat(effect.baseline().sd()).isNaN();
        assertThat(effect.variant().sd()).isCloseTo(0.1, within(1e-15));
        assertThat(effect.deterministic()).isFalse();
        assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void callsPairsOfRandomRunsIdenticalWhenEachOneIs() {
        Effect effect = only(new Trial("a", "b")
                .seeds(1L, 2L)
                .mse()
                .mse("a", 1, 1)
                .mse("b", 1, 1)
                .mse("a", 2, 2)
                .mse("b", 2, 2)
                .compare());
        assertThat(effect.verdict()).isEqualTo(Verdict.IDENTICAL);
    }

    @Test
    void leavesOutAMetricThatIsUndefined() {
        Comparison comparison = new Trial("a", "b")
                .metric("r2", Goal.MAXIMIZE, "")
                .fixed("a", 1)
                .fixed("b", 2)
                .compare();
        assertThat(only(comparison).n()).isZero();
    }

    @Test
    void comparesEveryVariantWithTheBaselineMetricByMetric() {
        Comparison comparison = new Trial("a", "b", "c")
                .against("b")
                .mse()
                .metric("mae", Goal.MINIMIZE, "")
                .fixed("a", 1)
                .fixed("b", 2)
                .fixed("c", 3)
                .compare();
        assertThat(comparison.effects().stream()
                        .map(effect ->
                                effect.metric().name() + " " + effect.variant().name()))
                .containsExactly("train/mse a", "train/mse c", "train/mae a", "train/mae c");
    }

    @Test
    void comparesNothingWhereThereIsOneVariant() {
        assertThat(new Trial("default").mse().fixed("default", 1).compare().effects())
                .isEmpty();
    }

    static Stream<Arguments> series() {
        return LongStream.range(0, 50).mapToObj(seed -> {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            double scale = Math.pow(10, random.nextInt(-200, 200));
            return Arguments.of((Object)
                    random.doubles(random.nextInt(2, 30), -scale, scale).toArray());
        });
    }

    @ParameterizedTest
    @MethodSource("series")
    void meanAndDeviationMoveWithTheNumbers(double[] values) {
        double mean = Comparison.mean(values);
        assertThat(mean)
                .isBetween(
                        Arrays.stream(values).min().orElseThrow(),
                        Arrays.stream(values).max().orElseThrow());
        double[] twice = Arrays.stream(values).map(value -> 2 * value).toArray();
        assertThat(Comparison.mean(twice)).isEqualTo(2 * mean);
        assertThat(Comparison.sd(twice)).isEqualTo(2 * Comparison.sd(values));
        double[] equal = Arrays.stream(values).map(value -> values[0]).toArray();
        assertThat(Comparison.mean(equal)).isEqualTo(values[0]);
    }

    private static Effect only(Comparison comparison) {
        assertThat(comparison.effects()).hasSize(1);
        return comparison.effects().get(0);
    }
}
