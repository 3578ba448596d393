package dev.ablate.engine.compare.across;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.Metric;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.plan.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Which place the variants have on the data sets, on average: for a picture, and for no verdict, since it depends on who else is compared.
 *
 * <p>Two mean ranks further apart than Nemenyi's critical difference are distinguished: {@code q sqrt(k(k+1)/(12n))}, q the studentised range's
 * quantile at 0.95 of k values.
 *
 * <p>Sources: P. B. Nemenyi, "Distribution-free multiple comparisons", Princeton (1963); J. Demsar, "Statistical comparisons of classifiers
 * over multiple data sets", Journal of Machine Learning Research 7 (2006), 1-30.
 *
 * @param metric by which they are ranked
 * @param cell what else is swept
 * @param dataSets on how many data sets, those that all variants have a mean of; at least {@link PairedTest#FEWEST}
 * @param ranks mean rank by variant, the best first
 * @param f Iman and Davenport's; infinite where every data set has the same order, and NaN where all variants tie everywhere
 * @param p how probable so large an F is by luck alone
 * @param criticalDifference of two mean ranks
 */
public record MeanRanks(
        Measure metric,
        Map<String, String> cell,
        int dataSets,
        Map<String, Double> ranks,
        double f,
        double p,
        double criticalDifference) {

    /** Copies the maps, keeping their order. */
    public MeanRanks {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
        ranks = Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
    }

    /** Two variants are what the other tests compare. */
    private static final int FEWEST_VARIANTS = 3;

    /** For each metric and each cell of what else is swept; none of fewer than 3 variants, or on too few data sets. */
    public static List<MeanRanks> of(Findings findings) {
        List<MeanRanks> all = new ArrayList<>();
        for (Measure measure : findings.question().measures()) {
            for (DataSets sets : DataSets.of(findings.question())) {
                of(findings, measure, sets).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<MeanRanks> of(Findings findings, Measure measure, DataSets sets) {
        List<String> variants = findings.question().variants();
        List<double[]> rows = new ArrayList<>();
        for (Map<String, String> cell : sets.cells().values()) {
            means(findings, measure, cell).ifPresent(means -> rows.add(ranks(means, measure.goal())));
        }
        int k = variants.size();
        int n = rows.size();
        if (k < FEWEST_VARIANTS || n < PairedTest.FEWEST) {
            return Optional.empty();
        }
        FriedmanTest friedman = FriedmanTest.of(rows.toArray(double[][]::new));
        Map<String, Double> ranks = new LinkedHashMap<>();
        variants.stream()
                .sorted(Comparator.comparingDouble(variant -> friedman.ranks().get(variants.indexOf(variant))))
                .forEach(variant -> ranks.put(variant, friedman.ranks().get(variants.indexOf(variant))));
        return Optional.of(
                new MeanRanks(measure, sets.cell(), n, ranks, friedman.f(), friedman.p(), criticalDifference(k, n)));
    }

    /** Nemenyi's, of k variants on n data sets. */
    static double criticalDifference(int k, int n) {
        return StudentizedRange.quantile(1 - PairedTest.ALPHA, k) * Math.sqrt(k * (k + 1.0) / (12.0 * n));
    }

    /** Of each variant over the pairs that all have a value of; empty where there are none. */
    private static Optional<double[]> means(Findings findings, Measure measure, Map<String, String> cell) {
        List<Map<Pair, Double>> values = new ArrayList<>();
        Set<Pair> common = new HashSet<>(findings.question().pairs());
        for (String variant : findings.question().variants()) {
            List<Observation> finished = findings.finished(variant, cell);
            Map<Pair, Double> own = new LinkedHashMap<>();
            for (Observation run : finished) {
                Double value = run.metrics().get(measure.name());
                if (value != null && Double.isFinite(value)) {
                    own.put(run.pair(), value);
                }
            }
            // its one result stands for every seed
            if (finished.stream().noneMatch(Observation::deterministic)) {
                common.retainAll(own.keySet());
            }
            values.add(own);
        }
        double[] means = values.stream()
                .mapToDouble(own -> Comparison.mean(shared(own, common)))
                .toArray();
        return Arrays.stream(means).allMatch(Double::isFinite) ? Optional.of(means) : Optional.empty();
    }

    private static double[] shared(Map<Pair, Double> own, Collection<Pair> common) {
        double[] both = own.entrySet().stream()
                .filter(entry -> common.contains(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
        return both.length > 0 || common.isEmpty()
                ? both
                : own.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The best has 1; ties, which differ by rounding alone, have the mean of their ranks. */
    static double[] ranks(double[] values, Goal goal) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            double better = DoubleStream.of(values)
                    .filter(other -> !same(other, value) && (other < value) == (goal == Goal.MINIMIZE))
                    .count();
            double same =
                    DoubleStream.of(values).filter(other -> same(other, value)).count();
            ranks[i] = better + (same + 1) / 2;
        }
        return ranks;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= Metric.ROUNDING * Math.max(Math.abs(a), Math.abs(b));
    }

    /** Variants that are not distinguished from one another, by their mean ranks; of those only the largest, and none of one variant. */
    public List<List<String>> groups() {
        List<String> names = List.copyOf(ranks.keySet());
        List<List<String>> groups = new ArrayList<>();
        int reached = 0;
        for (int from = 0; from < names.size(); from++) {
            int to = from + 1;
            while (to < names.size() && rank(names.get(to)) - rank(names.get(from)) <= criticalDifference) {
                to++;
            }
            if (to > reached && to - from > 1) {
                groups.add(names.subList(from, to));
            }
            reached = Math.max(reached, to);
        }
        return groups;
    }

    /** The mean rank of a variant. */
    public double rank(String variant) {
        return ranks.getOrDefault(variant, Double.NaN);
    }
}
