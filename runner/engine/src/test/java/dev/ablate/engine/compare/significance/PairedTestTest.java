package dev.ablate.engine.compare.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.engine.compare.significance.PairedTest.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedTestTest {

    /** Series and results computed with NumPy and SciPy; the published figures of the project's reference data. */
    private static final double[] A = {0.91, 0.88, 0.93, 0.9, 0.86, 0.92, 0.89, 0.94, 0.87, 0.9};

    private static final double[] B = {0.89, 0.885, 0.899, 0.872, 0.867, 0.908, 0.873, 0.931, 0.846, 0.897};

    private final SignFlipTest flips = new SignFlipTest();

    @Test
    void signFlipsOfTheReferenceSeries() {
        Outcome outcome = flips.test(differences()).orElseThrow();
        assertThat(outcome.p()).isEqualTo(20.0 / 1024);
        assertThat(outcome.level()).isEqualTo(1 - 50.0 / 1024);
        double[] means = subsetMeans(differences());
        assertThat(outcome.low()).isCloseTo(means[24], within(1e-15));
        assertThat(outcome.high()).isCloseTo(means[means.length - 25], within(1e-15));
    }

    @Test
    void correctedTOfTheReferenceSeries() {
        Outcome outcome = ResampledTTest.corrected(0.25).test(differences()).orElseThrow();
        assertThat(outcome.p()).isCloseTo(0.12601307239415746, within(1e-12));
        assertThat(outcome.low()).isCloseTo(-0.004507552075008404, within(1e-12));
        assertThat(outcome.high()).isCloseTo(0.030907552075008404, within(1e-12));
        assertThat(outcome.level()).isEqualTo(0.95);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void plainTAgreesWithAnotherImplementation(long seed) {
        double[] d = random(seed, 6 + (int) (seed % 30));
        Outcome outcome = ResampledTTest.plain().test(d).orElseThrow();
        assertThat(outcome.p()).isCloseTo(TTest.withDefaults().test(d).getPValue(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void signFlipsAgreeWithBruteForce(long seed) {
        int n = 6 + (int) (seed % 7);
        // whole numbers, so that there are ties and brute force sums without rounding
        double[] d = DoubleStream.of(random(seed, n)).map(x -> Math.rint(4 * x)).toArray();
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.p()).isEqualTo(bruteForce(d));
        if (DoubleStream.of(d).anyMatch(x -> x != 0)) {
            double[] means = subsetMeans(d);
            int k = (int) Math.floor(0.025 * (1 << n));
            assertThat(outcome.low()).isCloseTo(means[k - 1], within(1e-12));
            assertThat(outcome.high()).isCloseTo(means[means.length - k], within(1e-12));
            assertThat(outcome.level()).isEqualTo(1 - 2.0 * k / (1 << n));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIntervalHoldsJustTheValuesThatTheTestDoesNotReject(long seed) {
        double[] d = random(seed, 6 + (int) (seed % 8));
        Outcome outcome = flips.test(d).orElseThrow();
        double reach = 1e-6 * (outcome.high() - outcome.low());
        assertThat(shifted(d, outcome.low() + reach)).isGreaterThanOrEqualTo(0.05);
        assertThat(shifted(d, outcome.high() - reach)).isGreaterThanOrEqualTo(0.05);
        assertThat(shifted(d, outcome.low() - reach)).isLessThan(0.05);
        assertThat(shifted(d, outcome.high() + reach)).isLessThan(0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 10, 20, 21, 25, 70})
    void pAndIntervalNeverDisagree(int n) {
        for (long seed = 0; seed < (n > 15 ? 4 : 60); seed++) {
            double shift = (seed % 10) / 10.0;
            double[] d = DoubleStream.of(random(seed, n)).map(x -> x + shift).toArray();
            Outcome outcome = flips.test(d).orElseThrow();
            assertThat(outcome.low() > 0 || outcome.high() < 0)
                    .as("n=%s seed=%s %s", n, seed, outcome)
                    .isEqualTo(outcome.p() < 0.05);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 12, 20, 30})
    void swappingTheSeriesTurnsTheIntervalRoundAndKeepsP(int n) {
        double[] d = DoubleStream.of(random(n, n)).map(x -> x + 0.3).toArray();
        double[] swapped = DoubleStream.of(d).map(x -> -x).toArray();
        for (PairedTest test : new PairedTest[] {flips, ResampledTTest.plain(), ResampledTTest.corrected(0.25)}) {
            Outcome one = test.test(d).orElseThrow();
            Outcome other = test.test(swapped).orElseThrow();
            assertThat(other.p()).isEqualTo(one.p());
            assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
            assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
        }
    }

    @Test
    void tiesThatOnlyRoundingSeparatesAreCounted() {
        // 0.1 + 0.2 is not 0.3 in doubles: without a tolerance p is 0.047 here
        double[] d = {0.1, 0.2, 0.3, 0.4, 0.5, -0.3};
        assertThat(flips.test(d).orElseThrow().p()).isEqualTo(bruteForce(new double[] {1, 2, 3, 4, 5, -3}));
    }

    @Test
    void identicalSeriesHaveAPOfOne() {
        assertThat(flips.test(new double[10])).hasValue(new Outcome(1, 0, 0, 1 - 50.0 / 1024));
        for (PairedTest test : new PairedTest[] {ResampledTTest.plain(), ResampledTTest.corrected(0.25)}) {
            assertThat(test.test(new double[10])).hasValue(new Outcome(1, 0, 0, 0.95));
        }
    }

    @Test
    void aConstantDifferenceHasTheLeastPThatSignsCanGiveAndNoSpreadForT() {
        double[] d = new double[10];
        Arrays.fill(d, 0.1);
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.p()).isEqualTo(2.0 / 1024);
        assertThat(outcome.low()).isCloseTo(0.1, within(1e-15));
        assertThat(outcome.high()).isCloseTo(0.1, within(1e-15));
        assertThat(ResampledTTest.corrected(0.25).test(d)).isEmpty();
    }

    @Test
    void fewerThanSixPairsAreNotTested() {
        assertThat(flips.test(1, 2, 3, 4, 5)).isEmpty();
        assertThat(flips.test(1, 2, 3, 4, 5, 6).orElseThrow().p()).isEqualTo(2.0 / 64);
        assertThat(ResampledTTest.plain().test(1, 2, 3, 4, 6)).isEmpty();
        assertThat(ResampledTTest.plain().test(1, 2, 3, 4, 6, 5)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-310, 1e-200, 1, 1e200, 1.7e307})
    void theUnitDoesNotMatter(double unit) {
        double[] d = {3, 1, 4, 1, 5, 9, -2, 6};
        double[] inUnit = DoubleStream.of(d).map(x -> x * unit).toArray();
        assertThat(flips.test(inUnit).orElseThrow().p())
                .isEqualTo(flips.test(d).orElseThrow().p());
        assertThat(ResampledTTest.plain().test(inUnit).orElseThrow().p())
                .isCloseTo(ResampledTTest.plain().test(d).orElseThrow().p(), within(1e-12));
    }

    @Test
    void sampledFlipsComeCloseToTheTDistribution() {
        double[] d = DoubleStream.of(random(5, 40)).map(x -> x + 0.2).toArray();
        Outcome sampled = flips.test(d).orElseThrow();
        Outcome student = ResampledTTest.plain().test(d).orElseThrow();
        assertThat(sampled.p()).isCloseTo(student.p(), within(0.02));
        assertThat(sampled.low()).isCloseTo(student.low(), within(0.05));
        assertThat(sampled.level()).isCloseTo(0.95, within(1e-4));
        assertThat(flips.test(d)).hasValue(sampled);
    }

    @Test
    void holmOfTheReferenceFamily() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(Holm.adjust()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holmNeverFallsBelowTheRawValueAndKeepsTheOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] p = random.doubles(1 + seed % 12).map(x -> x * x).toArray();
        double[] adjusted = Holm.adjust(p);
        for (int i = 0; i < p.length; i++) {
            assertThat(adjusted[i]).isBetween(p[i], 1.0);
            for (int j = 0; j < p.length; j++) {
                assertThat(p[i] < p[j] && adjusted[i] > adjusted[j]).isFalse();
            }
        }
    }

    private static double[] differences() {
        return IntStream.range(0, A.length).mapToDouble(i -> A[i] - B[i]).toArray();
    }

    private static double[] random(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    }

    private double shifted(double[] d, double by) {
        return flips.test(DoubleStream.of(d).map(x -> x - by).toArray())
                .orElseThrow()
                .p();
    }

    private static double bruteForce(double[] d) {
        double seen = Math.abs(DoubleStream.of(d).sum());
        int count = 0;
        for (int signs = 0; signs < 1 << d.length; signs++) {
            double sum = 0;
            for (int i = 0; i < d.length; i++) {
                sum += (signs >>> i & 1) == 1 ? -d[i] : d[i];
            }
            if (Math.abs(sum) >= seen) {
                count++;
            }
        }
        return (double) count / (1 << d.length);
    }

    private static double[] subsetMeans(double[] d) {
        return IntStream.range(1, 1 << d.length)
                .mapToDouble(set -> IntStream.range(0, d.length)
                        .filter(i -> (set >>> i & 1) == 1)
                        .mapToDouble(i -> d[i])
                        .average()
                        .orElseThrow())
                .sorted()
                .toArray();
    }
}
