package dev.ablate.engine.compare.significance;

import dev.ablate.engine.compare.significance.OneSize.End;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sign-flip test for pairs (Fisher 1935), with its own inversion as the interval (Hartigan 1969).
 *
 * <p>If nothing but luck distinguishes variant from baseline, each difference could as well have had the other sign. So p is the share
 * of the {@code 2^n} sign patterns whose mean is at least as far from 0 as the one seen. It is exact up to {@value
 * Patterns#ENUMERATED} pairs, where all patterns are tried; with more of them it is exact where differences are multiples of one step, by
 * the distribution of their signed sum. Of differences that are all of one absolute value or 0, such as those of right and wrong answers,
 * it is the binomial tail, which is the exact McNemar test. Else patterns are drawn with a fixed seed, {@value Patterns#SAMPLED} of
 * them, fewer above 20,000 pairs; the one seen is counted among them, and p has an error.
 *
 * <p>The interval holds each value m that the same test, made of the differences minus m, does not reject at 0.05. Flipping a set S
 * brings the statistic as far out as the one seen just where m lies between the mean of S and the mean of the rest. Hence its
 * ends are the k-th smallest and the k-th largest mean of a subset, k = floor(0.025 * 2^n), and it never contradicts p. Above {@value
 * Patterns#ENUMERATED} pairs the subsets of differences of one absolute value are counted, others are drawn.
 *
 * <p>Where pairs come in clusters, the signs of whole clusters are flipped: the same with a cluster's sum in the place of a difference, and
 * the mean of a subset is over all pairs of its clusters.
 *
 * <p>Sources: R. A. Fisher, "The Design of Experiments", 1935, section 21; J. A. Hartigan, "Using subsample values as typical
 * values", Journal of the American Statistical Association 64 (1969), 1303-1317; Q. McNemar, "Note on the sampling error of the difference
 * between correlated proportions or percentages", Psychometrika 12 (1947), 153-157.
 */
final class SignFlipTest implements PairedTest {

    /** With fewer values than this share of the pairs, it is quicker to draw how many of each are flipped. */
    private static final int FEW = 20;

    /** For each pair the number of its cluster, from 0; empty: each is its own. */
    private final Optional<int[]> clusters;

    SignFlipTest() {
        this.clusters = Optional.empty();
    }

    /** @param clusters for each pair the number of its cluster, from 0 without a gap */
    SignFlipTest(int... clusters) {
        this.clusters = Optional.of(clusters.clone());
    }

    @Override
    public String word() {
        return "paired-permutation";
    }

    @Override
    public Optional<Outcome> test(double... differences) {
        // A scale of 1 keeps sums of huge differences finite and those of tiny ones normal.
        double largest = DoubleStream.of(differences).map(Math::abs).max().orElse(0);
        double scale = largest == 0 ? 1 : largest;
        double[] sums = DoubleStream.of(differences).map(value -> value / scale).toArray();
        int[] sizes = new int[sums.length];
        Arrays.fill(sizes, 1);
        if (clusters.isPresent()) {
            int[] of = clusters.get();
            int units = IntStream.of(of).max().orElse(-1) + 1;
            double[] each = sums;
            sums = new double[units];
            sizes = new int[units];
            for (int i = 0; i < of.length; i++) {
                sums[of[i]] += each[i];
                sizes[of[i]]++;
            }
        }
        return sums.length < FEWEST ? Optional.empty() : Optional.of(outcome(scale, sums, sizes));
    }

    private Outcome outcome(double scale, double[] sums, int... sizes) {
        if (sums.length <= Patterns.ENUMERATED) {
            Patterns patterns = new Patterns(sums, sizes);
            patterns.enumerate();
            return patterns.outcome(scale, OptionalDouble.empty());
        }
        if (DoubleStream.of(sums).allMatch(sum -> sum == 0)) {
            return new Outcome(1, 0, 0, 1 - ALPHA);
        }
        Optional<Lattice> lattice = Lattice.of(sums);
        if (lattice.isPresent() && lattice.get().isOfOneSize() && clusters.isEmpty()) {
            return oneSize(lattice.get(), scale);
        }
        OptionalDouble p = lattice.isPresent() ? SignedSum.p(lattice.get().multiples()) : OptionalDouble.empty();
        Patterns patterns = new Patterns(sums, sizes);
        Optional<FewValues> few = lattice.filter(any -> clusters.isEmpty())
                .map(FewValues::of)
                .filter(values -> values.size() * FEW <= sums.length);
        if (few.isPresent()) {
            patterns.sample(few.get());
        } else {
            patterns.sample();
        }
        return patterns.outcome(scale, p);
    }

    private static Outcome oneSize(Lattice lattice, double scale) {
        int positive = lattice.count(1);
        int negative = lattice.count(-1);
        int zero = lattice.count(0);
        double p = Math.max(Double.MIN_NORMAL, SignTest.p(positive, negative));
        // each takes as long as all else
        Stream<Supplier<End>> ends =
                Stream.of(() -> OneSize.low(positive, negative, zero), () -> OneSize.high(positive, negative, zero));
        List<End> found = (positive + negative + zero > Patterns.MANY ? ends.parallel() : ends)
                .map(Supplier::get)
                .toList();
        End low = found.get(0);
        End high = found.get(1);
        double unit = lattice.step() * scale;
        // a p of just 0.05 must not stand beside an end that rounding has put to the other side of 0
        double least = p >= ALPHA ? Math.min(low.at(), 0) : low.at();
        double most = p >= ALPHA ? Math.max(high.at(), 0) : high.at();
        return new Outcome(p, least * unit, most * unit, 1 - low.beyond() - high.beyond());
    }
}
