package dev.ablate.engine.compare;

import java.util.List;
import java.util.Map;

/**
 * Whether the seeds of a variant changed anything: runs are copies where the same rows are held back and what was learned, or every
 * metric, is equal to 1e-9. Copies are one result, however many there are.
 */
final class Copies {

    /** As a share of the largest number that a model has learned, or of the metric. */
    private static final double EQUAL = 1e-9;

    private Copies() {}

    /** Whether these runs of one variant and cell are copies of one another; there are at least two. */
    static boolean are(List<Observation> runs) {
        return runs.size() > 1 && haveOneSplit(runs) && runs.stream().allMatch(run -> isCopy(runs.get(0), run));
    }

    /** Whether the same rows were held back for each, as far as that is known. */
    static boolean haveOneSplit(List<Observation> runs) {
        return runs.stream().allMatch(run -> run.split().isPresent())
                && runs.stream().map(Observation::split).distinct().count() == 1;
    }

    private static boolean isCopy(Observation one, Observation other) {
        return equal(one.parameters(), other.parameters(), largest(one.parameters()))
                || equal(one.metrics(), other.metrics(), 0);
    }

    private static double largest(Map<String, Double> numbers) {
        return numbers.values().stream().mapToDouble(Math::abs).max().orElse(0);
    }

    /** No numbers at all are equal to nothing. */
    private static boolean equal(Map<String, Double> one, Map<String, Double> other, double scale) {
        if (one.isEmpty() || !one.keySet().equals(other.keySet())) {
            return false;
        }
        return one.entrySet().stream().allMatch(entry -> {
            double a = entry.getValue();
            double b = other.getOrDefault(entry.getKey(), Double.NaN);
            return Math.abs(a - b) <= EQUAL * Math.max(scale, Math.max(Math.abs(a), Math.abs(b)));
        });
    }
}
