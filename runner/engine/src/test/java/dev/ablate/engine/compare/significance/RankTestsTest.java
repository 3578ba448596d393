package dev.ablate.engine.compare.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.engine.compare.significance.PairedTest.Outcome;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the order, and of the signs, of differences. */
class RankTestsTest {

    private final WilcoxonTest wilcoxon = new WilcoxonTest();

    private final SignTest sign = new SignTest();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wilcoxonAgreesWithAnotherImplementation(long seed) {
        double[] d = random(seed, 6 + (int) (seed % 40));
        assertThat(wilcoxon.test(d).orElseThrow().p())
                .isCloseTo(WilcoxonSignedRankTest.withDefaults().test(d).getPValue(), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wilcoxonAgreesWithBruteForceWithTiesAndZerosToo(long seed) {
        double[] d = whole(seed);
        assertThat(wilcoxon.test(d).orElseThrow().p()).isCloseTo(bruteForce(d), within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void signsAgreeWithAnotherImplementation(long seed) {
        double[] d = whole(seed);
        int wins = (int) DoubleStream.of(d).filter(x -> x > 0).count();
        int different = (int) DoubleStream.of(d).filter(x -> x != 0).count();
        double p = different == 0
                ? 1
                : BinomialTest.withDefaults().test(different, wins, 0.5).getPValue();
        assertThat(sign.test(d).orElseThrow().p()).isCloseTo(p, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "9, 0, 0.00390625",
        "0, 9, 0.00390625",
        "1, 9, 0.021484375",
        "5, 5, 1",
        "0, 12, 0.00048828125"
    })
    void signsOfWinsAndLosses(int wins, int losses, double p) {
        assertThat(SignTest.p(wins, losses)).isCloseTo(p, within(1e-12));
    }

    /**
     * {@code scipy.stats.wilcoxon(d, zero_method="pratt", method=PermutationMethod(n_resamples=np.inf))}, which tries all patterns, and
     * {@code scipy.stats.binomtest(wins, wins + losses)}; SciPy 1.17.1.
     */
    @Test
    void reproducesTheFiguresOfScipy() {
        double[] d = {3, 1, -4, 1, -5, 9, 2, 6, 5, 3, 5};
        double[] zeros = {0, 0, 1, 2, 3, -1, 4, 5, 6, 7};
        assertThat(wilcoxon.test(d).orElseThrow().p()).isCloseTo(0.1015625, within(1e-12));
        assertThat(wilcoxon.test(zeros).orElseThrow().p()).isCloseTo(0.0234375, within(1e-12));
        assertThat(sign.test(d).orElseThrow().p()).isCloseTo(0.0654296875, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIntervalHoldsJustTheValuesThatTheTestDoesNotReject(long seed) {
        double[] d = random(seed, 6 + (int) (seed % 20));
        for (PairedTest test : new PairedTest[] {wilcoxon, sign}) {
            Outcome outcome = test.test(d).orElseThrow();
            double reach = 1e-7 * (outcome.high() - outcome.low());
            assertThat(shifted(test, d, outcome.low() + reach)).isGreaterThanOrEqualTo(0.05);
            assertThat(shifted(test, d, outcome.high() - reach)).isGreaterThanOrEqualTo(0.05);
            assertThat(shifted(test, d, outcome.low() - reach)).isLessThan(0.05);
            assertThat(shifted(test, d, outcome.high() + reach)).isLessThan(0.05);
            assertThat(outcome.level()).isBetween(0.95, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 9, 15, 40, 501, 2000})
    void pAndIntervalNeverDisagreeWithTiesAndZerosToo(int n) {
        for (long seed = 0; seed < (n > 100 ? 6 : 200); seed++) {
            double shift = (seed % 10) / 8.0;
            double unit = seed % 3 == 0 ? 1 : 0.001;
            double[] d = DoubleStream.of(random(seed, n))
                    .map(x -> unit * Math.rint((x + shift) / unit))
                    .toArray();
            for (PairedTest test : new PairedTest[] {wilcoxon, sign}) {
                Outcome outcome = test.test(d).orElseThrow();
                assertThat(outcome.low() > 0 || outcome.high() < 0)
                        .as("%s n=%s seed=%s %s", test.word(), n, seed, outcome)
                        .isEqualTo(outcome.p() < 0.05);
                assertThat(outcome.low()).isLessThanOrEqualTo(outcome.high());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 12, 30, 600})
    void swappingTheSeriesTurnsTheIntervalRoundAndKeepsP(int n) {
        double[] d = DoubleStream.of(random(n, n)).map(x -> x + 0.3).toArray();
        double[] swapped = DoubleStream.of(d).map(x -> -x).toArray();
        for (PairedTest test : new PairedTest[] {wilcoxon, sign}) {
            Outcome one = test.test(d).orElseThrow();
            Outcome other = test.test(swapped).orElseThrow();
            assertThat(other.p()).isEqualTo(one.p());
            assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
            assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
        }
    }

    @Test
    void sixPairsOfOneSignReachTheLevelAndFiveAreNotTested() {
        for (PairedTest test : new PairedTest[] {wilcoxon, sign}) {
            assertThat(test.test(1, 2, 3, 4, 5)).isEmpty();
            assertThat(test.test(1, 2, 3, 4, 5, 6).orElseThrow().p()).isCloseTo(2.0 / 64, within(1e-15));
            assertThat(test.test(new double[10]).orElseThrow())
                    .satisfies(outcome -> assertThat(outcome.p()).isEqualTo(1))
                    .satisfies(outcome -> assertThat(outcome.low()).isZero())
                    .satisfies(outcome -> assertThat(outcome.high()).isZero());
        }
    }

    @Test
    void oneHugeDifferenceDoesNotRuleThem() {
        double[] d = {1, 2, 3, 4, 5, 6, 7, 8, 1e226};
        assertThat(wilcoxon.test(d).orElseThrow().p()).isCloseTo(2.0 / 512, within(1e-15));
        assertThat(sign.test(d).orElseThrow().p()).isCloseTo(2.0 / 512, within(1e-15));
        assertThat(ResampledTTest.plain().test(d).orElseThrow().p()).isGreaterThan(0.3);
    }

    @Test
    void theSignTestTakesAFailedRunForAnInfiniteDifference() {
        double worst = Double.POSITIVE_INFINITY;
        Outcome outcome = sign.test(1, 2, 3, worst, worst, worst).orElseThrow();
        assertThat(outcome.p()).isCloseTo(2.0 / 64, within(1e-15));
        assertThat(outcome.low()).isEqualTo(1);
        assertThat(outcome.high()).isInfinite();
    }

    @Test
    void manyPairsComeCloseToTheExactDistribution() {
        double[] d =
                DoubleStream.of(random(5, WilcoxonTest.EXACT)).map(x -> x + 0.1).toArray();
        double[] one = Arrays.copyOf(d, d.length + 1);
        Outcome exact = wilcoxon.test(d).orElseThrow();
        Outcome normal = wilcoxon.test(one).orElseThrow();
        assertThat(normal.p()).isCloseTo(exact.p(), within(0.003));
        assertThat(normal.low()).isCloseTo(exact.low(), within(0.003));
        assertThat(normal.level()).isCloseTo(0.95, within(0.001));
    }

    @Test
    void theSignTestNeedsMorePairsThanWilcoxonAndThisMoreThanStudent() {
        double[] d = DoubleStream.of(random(11, 12)).map(x -> x + 0.4).toArray();
        OptionalInt student = SeedsNeeded.pairs(PairedTest.student(), 1, OptionalDouble.empty(), new Quantiles(), d);
        OptionalInt ranks = SeedsNeeded.pairs(PairedTest.wilcoxon(), 1, OptionalDouble.empty(), new Quantiles(), d);
        assertThat(ranks.orElseThrow()).isBetween(student.orElseThrow(), 2 * student.orElseThrow());
        // 9 of 12 won: (1.96 + 0.84)^2 / (4 * 0.25^2) = 31.4
        double[] signs = {1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1};
        assertThat(SeedsNeeded.pairs(PairedTest.signs(), 1, OptionalDouble.empty(), new Quantiles(), signs))
                .hasValue(32);
        double[] even = {1, -1, 1, -1, 1, -1};
        assertThat(SeedsNeeded.pairs(PairedTest.signs(), 1, OptionalDouble.empty(), new Quantiles(), even))
                .isEmpty();
    }

    @Test
    void ofManyPairsTenTimesAsManyAreThoughtOf() {
        // of mean 0.02 and sd 1: ((1.96 + 0.84) / 0.02)^2 = 19,622
        OptionalInt near = SeedsNeeded.pairs(
                PairedTest.student(), 1, OptionalDouble.empty(), new Quantiles(), alternating(2_000, 0.02));
        assertThat(near.orElseThrow()).isBetween(19_500, 19_700);
        assertThat(SeedsNeeded.pairs(
                        PairedTest.student(), 1, OptionalDouble.empty(), new Quantiles(), alternating(2_000, 0.01)))
                .isEmpty();
        assertThat(SeedsNeeded.most(2_000)).isEqualTo(20_000);
        assertThat(SeedsNeeded.most(12)).isEqualTo(1_000);
    }

    private static double[] alternating(int n, double mean) {
        return IntStream.range(0, n)
                .mapToDouble(i -> mean + (i % 2 == 0 ? 1 : -1))
                .toArray();
    }

    private static double[] random(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    }

    /** Few whole numbers, so that there are ties and zeros. */
    private static double[] whole(long seed) {
        return DoubleStream.of(random(seed, 6 + (int) (seed % 8)))
                .map(x -> Math.rint(3 * x))
                .toArray();
    }

    private static double shifted(PairedTest test, double[] d, double by) {
        return test.test(DoubleStream.of(d).map(x -> x - by).toArray())
                .orElseThrow()
                .p();
    }

    /** All signs of the ranks that are not of zeros. */
    private static double bruteForce(double[] d) {
        double[] ranks = DoubleStream.of(d)
                .map(Math::abs)
                .map(x -> 0.5
                        + 0.5 * DoubleStream.of(d).filter(y -> Math.abs(y) == x).count()
                        + DoubleStream.of(d).filter(y -> Math.abs(y) < x).count())
                .toArray();
        double seen = 0;
        for (int i = 0; i < d.length; i++) {
            seen += Math.signum(d[i]) * ranks[i];
        }
        int count = 0;
        for (int signs = 0; signs < 1 << d.length; signs++) {
            double sum = 0;
            for (int i = 0; i < d.length; i++) {
                sum += d[i] == 0 ? 0 : (signs >>> i & 1) == 1 ? -ranks[i] : ranks[i];
            }
            count += Math.abs(sum) >= Math.abs(seen) ? 1 : 0;
        }
        return (double) count / (1 << d.length);
    }
}
