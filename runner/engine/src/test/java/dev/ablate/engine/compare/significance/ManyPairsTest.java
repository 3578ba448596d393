package dev.ablate.engine.compare.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.engine.compare.significance.PairedTest.Outcome;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign flips of more pairs than have all their patterns tried. */
class ManyPairsTest {

    private final PairedTest flips = PairedTest.signFlips();

    @ParameterizedTest
    @CsvSource({
        "14, 3, 7",
        "9, 12, 0",
        "30, 15, 200",
        "21, 0, 0",
        "0, 25, 3",
        "1, 0, 40",
        "16, 16, 9",
        "5500, 5200, 189300"
    })
    void rightAndWrongAnswersAreTheExactSignTest(int positive, int negative, int zero) {
        Outcome outcome = flips.test(scores(positive, negative, zero, 1)).orElseThrow();
        assertThat(outcome.p()).isEqualTo(SignTest.p(positive, negative));
        assertThat(outcome.error()).isZero();
        assertThat(outcome.low() > 0 || outcome.high() < 0).isEqualTo(outcome.p() < 0.05);
        assertThat(outcome.level()).isBetween(0.95, 1.0);
    }

    /** Of clusters of one size, as many as have their patterns drawn, it is the test of their means. */
    @ParameterizedTest
    @CsvSource({"20, 5, 3, 0", "14, 11, 0, 0", "48, 20, 12, 10", "40, 40, 4, 20"})
    void clustersOfOneSizeAreTheirMeans(int positive, int negative, int zero, int twice) {
        double[] means = DoubleStream.concat(
                        DoubleStream.of(scores(positive, negative, zero, 1)),
                        DoubleStream.generate(() -> 2).limit(twice))
                .map(mean -> mean / 4)
                .toArray();
        double[] pairs = DoubleStream.of(means)
                .flatMap(mean -> DoubleStream.of(mean - 0.125, mean, mean + 0.125))
                .toArray();
        int[] clusters = IntStream.range(0, pairs.length).map(pair -> pair / 3).toArray();
        Outcome byMeans = flips.test(means).orElseThrow();
        Outcome byClusters = PairedTest.signFlips(clusters).test(pairs).orElseThrow();
        assertThat(byClusters.p()).isCloseTo(byMeans.p(), within(1e-12));
        // of patterns that are drawn
        assertThat(byClusters.low()).isCloseTo(byMeans.low(), within(0.02));
        assertThat(byClusters.high()).isCloseTo(byMeans.high(), within(0.02));
    }

    /** 22 pairs have 4 million subsets, which brute force can still sort. */
    @ParameterizedTest
    @CsvSource({"14, 3, 5", "9, 12, 1", "16, 5, 1", "22, 0, 0", "3, 2, 17", "18, 4, 0"})
    void theirIntervalIsThatOfAllSubsets(int positive, int negative, int zero) {
        double[] d = scores(positive, negative, zero, 1);
        double[] means = subsetMeans(d);
        int k = (int) Math.floor(0.025 * (1 << d.length));
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.low()).isCloseTo(means[k - 1], within(1e-12));
        assertThat(outcome.high()).isCloseTo(means[means.length - k], within(1e-12));
        double beyond = DoubleStream.of(means)
                        .filter(mean -> mean < outcome.low() - 1e-9)
                        .count()
                + 1.0;
        double above = DoubleStream.of(means)
                        .filter(mean -> mean > outcome.high() + 1e-9)
                        .count()
                + 1.0;
        assertThat(outcome.level()).isCloseTo(1 - (beyond + above) / (1 << d.length), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 24, 40, 130})
    void fewValuesAreCountedExactly(int n) {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] whole = random.ints(n, -4, 6).toArray();
            Outcome outcome = flips.test(tenths(whole)).orElseThrow();
            assertThat(outcome.p()).isCloseTo(counted(whole), within(1e-14));
            assertThat(outcome.error()).isZero();
            assertThat(outcome.low() > 0 || outcome.high() < 0).isEqualTo(outcome.p() < 0.05);
        }
    }

    /** Differences of ratings with one decimal place, as doubles have them: 0.3 - 0.1 is not 0.2. */
    private static double[] tenths(int... whole) {
        return Arrays.stream(whole)
                .mapToDouble(number -> (number + 7) / 10.0 - 0.7)
                .toArray();
    }

    @Test
    void theIntervalOfManyFewValuedPairsIsCloseToThatOfAllSubsets() {
        int[] whole = new SplittableRandom(3).ints(22, -2, 5).toArray();
        double[] d = tenths(whole);
        double[] means = subsetMeans(d);
        int k = (int) Math.floor(0.025 * (1 << d.length));
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.low()).isCloseTo(means[k - 1], within(0.005));
        assertThat(outcome.high()).isCloseTo(means[means.length - k], within(0.005));
    }

    @Test
    void manyPairsOfFewValuesHaveAnExactPToo() {
        SplittableRandom random = new SplittableRandom(5);
        double[] d = random.ints(200_000, -4, 5)
                .mapToDouble(x -> x + (x == 4 ? 0.0 : x < -3 ? 1 : 0))
                .toArray();
        Outcome outcome = flips.test(d).orElseThrow();
        double mean = DoubleStream.of(d).sum() / d.length;
        double error = Math.sqrt(DoubleStream.of(d).map(x -> x * x).sum()) / d.length;
        Outcome student = PairedTest.student().test(d).orElseThrow();
        assertThat(outcome.error()).isZero();
        assertThat(Math.abs(mean) / error).isPositive();
        assertThat(outcome.p()).isCloseTo(student.p(), within(1e-3 * Math.max(student.p(), 1e-3)));
        assertThat(outcome.low()).isCloseTo(student.low(), within(0.0005));
    }

    @Test
    void whatIsDrawnHasAnError() {
        double[] d = new SplittableRandom(1).doubles(60, -1, 1.4).toArray();
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.error()).isCloseTo(Math.sqrt(outcome.p() * (1 - outcome.p()) / 100_001), within(1e-12));
    }

    @Test
    void thousandsOfPairsAreAnsweredInTheTimeOfFewerPatterns() {
        double[] d = new SplittableRandom(1).doubles(200_000, -1, 1.003).toArray();
        Outcome outcome = flips.test(d).orElseThrow();
        assertThat(outcome.error()).isCloseTo(Math.sqrt(outcome.p() * (1 - outcome.p()) / 10_001), within(1e-12));
    }

    @Test
    void aPThatNoDoubleCanHoldIsAboveZero() {
        assertThat(flips.test(scores(5_000, 0, 0, 1)).orElseThrow().p()).isEqualTo(Double.MIN_NORMAL);
        double[] d = scores(5_000, 0, 0, 2);
        d[0] = 4;
        assertThat(flips.test(d).orElseThrow().p()).isEqualTo(Double.MIN_NORMAL);
    }

    @Test
    void noStepIsFoundInNumbersThatHaveNone() {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 1_000; trial++) {
            assertThat(Lattice.of(random.doubles(21, -1, 1).toArray())).isEmpty();
        }
        assertThat(Lattice.of(new double[30])).isEmpty();
    }

    @Test
    void theStepOfRoundedNumbersIsTheirLastPlace() {
        SplittableRandom random = new SplittableRandom(2);
        for (int places = 1; places <= 5; places++) {
            double unit = Math.pow(10, places);
            double[] d = random.ints(40, 0, (int) unit)
                    .mapToDouble(x -> x / unit - Math.rint(0.5 * unit) / unit)
                    .toArray();
            assertThat(Lattice.of(d).orElseThrow().step()).isCloseTo(1 / unit, within(1e-9 / unit));
        }
    }

    private static double[] scores(int positive, int negative, int zero, double size) {
        double[] d = new double[positive + negative + zero];
        Arrays.fill(d, 0, positive, size);
        Arrays.fill(d, positive, positive + negative, -size);
        return d;
    }

    /** By whole numbers of any size. */
    private static double counted(int... whole) {
        int all = Arrays.stream(whole).map(Math::abs).sum();
        int seen = Math.abs(Arrays.stream(whole).sum());
        BigInteger[] ways = new BigInteger[2 * all + 1];
        Arrays.fill(ways, BigInteger.ZERO);
        ways[all] = BigInteger.ONE;
        for (int number : whole) {
            BigInteger[] next = new BigInteger[ways.length];
            Arrays.fill(next, BigInteger.ZERO);
            for (int i = 0; i < ways.length; i++) {
                if (ways[i].signum() > 0) {
                    next[i + number] = next[i + number].add(ways[i]);
                    next[i - number] = next[i - number].add(ways[i]);
                }
            }
            ways = next;
        }
        BigInteger[] last = ways;
        BigInteger extreme = IntStream.range(0, last.length)
                .filter(i -> Math.abs(i - all) >= seen)
                .mapToObj(i -> last[i])
                .reduce(BigInteger.ZERO, BigInteger::add);
        return extreme.doubleValue() / Math.pow(2, whole.length);
    }

    private static double[] subsetMeans(double[] d) {
        double[] sums = new double[1 << d.length];
        double[] means = new double[(1 << d.length) - 1];
        for (int set = 1; set < sums.length; set++) {
            sums[set] = sums[set & (set - 1)] + d[Integer.numberOfTrailingZeros(set)];
            means[set - 1] = sums[set] / Integer.bitCount(set);
        }
        Arrays.sort(means);
        return means;
    }
}
