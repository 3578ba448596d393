package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.TestChoice;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is compared with what, and how; made of a plan, a file or runs from the store.
 *
 * @param name the comparison's name
 * @param variants in order, at least one
 * @param baseline the variant that the others are compared with
 * @param cells the swept leaves by path, one map a cell, in order; without a sweep one empty map
 * @param pairs in order; a pair of which a side has no value is missing
 * @param measures the metrics, the primary one first
 * @param test which test compares them
 * @param ratio test rows by training rows, for a test that is corrected for overlapping splits; empty: as the runs say
 * @param known what is known of the metrics that the runs have, compared or not
 * @param largestTargets the largest absolute target of a cell's data, which says what is rounding; empty if it is not known
 * @param corrected whether p-values are corrected for the number of comparisons (Holm)
 * @param across which swept leaf is the data set, where there is one answer over all of them
 * @param clusters which pairs belong together
 * @param bayes whether the posterior of the correlated Bayesian t test is asked for, beside the verdict
 */
public record Question(
        String name,
        List<String> variants,
        String baseline,
        List<Map<String, String>> cells,
        List<Pair> pairs,
        List<Measure> measures,
        TestChoice test,
        OptionalDouble ratio,
        KnownMetrics known,
        Map<Map<String, String>, Double> largestTargets,
        boolean corrected,
        Optional<Across> across,
        Clusters clusters,
        boolean bayes) {

    /** Copies the lists. */
    public Question {
        variants = List.copyOf(variants);
        cells = cells.stream()
                .map(cell -> Collections.unmodifiableMap(new LinkedHashMap<>(cell)))
                .toList();
        pairs = PairList.copyOf(pairs);
        measures = List.copyOf(measures);
        largestTargets = Map.copyOf(largestTargets);
    }

    /** What a plan asks. */
    public static Question of(Plan plan) {
        return new Question(
                plan.name(),
                plan.variants(),
                plan.baseline(),
                plan.cells(),
                plan.pairs(),
                plan.metrics().stream()
                        .map(metric -> new Measure(
                                metric.metric().toString(),
                                metric.goal(),
                                metric.sameWithin().map(same -> new Measure.Margin(same.amount(), same.percent()))))
                        .toList(),
                plan.test(),
                OptionalDouble.empty(),
                plan.knownMetrics(),
                largestTargets(plan),
                plan.corrected(),
                plan.across(),
                Clusters.NONE,
                plan.bayes());
    }

    /**
     * 0 where a value, or a difference, of a metric is less than what can be known of it.
     *
     * @param metric its name
     * @param rows how many rows it is measured on; 0 where that is not known
     */
    public double settled(String metric, Map<String, String> cell, int rows, double value) {
        return Math.abs(value) <= resolution(metric, cell, rows) ? 0 : value;
    }

    /**
     * The smallest difference of a metric that is more than rounding, in its unit; 0 where that is not known.
     *
     * @param metric its name
     * @param rows how many rows it is measured on; 0 where that is not known
     */
    double resolution(String metric, Map<String, String> cell, int rows) {
        return known.resolution(metric, largestTargets.getOrDefault(cell, 0.0), rows);
    }

    private static Map<Map<String, String>, Double> largestTargets(Plan plan) {
        Map<Map<String, String>, Double> largest = new LinkedHashMap<>();
        plan.runs()
                .forEach(run -> largest.computeIfAbsent(
                        run.cell(),
                        cell -> run.dataset()
                                .examples()
                                .targetStream()
                                .map(Math::abs)
                                .max()
                                .orElse(0)));
        return largest;
    }

    /** The primary metric. */
    public Measure primary() {
        return measures.get(0);
    }

    /** All variants but the baseline, in order. */
    public List<String> challengers() {
        return variants.stream().filter(variant -> !variant.equals(baseline)).toList();
    }

    /** Into how many folds a seed cuts its rows; 0 where it does not. */
    public int folds() {
        IntSummaryStatistics folds =
                pairs.stream().flatMapToInt(pair -> pair.fold().stream()).summaryStatistics();
        if (folds.getCount() == 0) {
            return 0;
        }
        // other programs count from 0
        return folds.getMin() == 0 ? folds.getMax() + 1 : folds.getMax();
    }

    /** What is asked, as a text that is the same whatever runs there are. */
    public String asked() {
        return String.join(
                "\n",
                name,
                baseline,
                String.join(",", cells.get(0).keySet()),
                measures.toString(),
                test.word(),
                ratio.toString(),
                Boolean.toString(corrected),
                across.map(Across::toString).orElse(""));
    }

    /** Where a pair is among all pairs, from 0; -1 if it is not there. */
    public int place(Pair pair) {
        return pairs.indexOf(pair);
    }

    /** What one pair is, in words: {@code seed}, {@code fold}, or what the pairs of other programs are called. */
    public String pairNoun() {
        if (haveOwnPairs()) {
            return pairs.get(0).own();
        }
        return folds() == 0 ? "seed" : "fold";
    }

    /** Whether pairs are neither seeds nor folds of them, and called by a name of their own. */
    public boolean haveOwnPairs() {
        return !pairs.isEmpty() && !pairs.get(0).own().isEmpty();
    }

    /** Whether there is a sweep. */
    public boolean hasCells() {
        return cells.size() > 1 || !cells.get(0).isEmpty();
    }
}
