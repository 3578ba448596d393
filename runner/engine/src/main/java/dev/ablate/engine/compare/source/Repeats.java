package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Several runs of one variant, cell and pair, as one by the means of their metrics. */
final class Repeats {

    private final Map<List<Object>, List<Observation>> groups = new LinkedHashMap<>();

    /** What distinguishes runs from one another. */
    static List<Object> identity(Observation run) {
        return List.of(run.variant(), run.cell(), run.pair());
    }

    void add(Observation run) {
        groups.computeIfAbsent(identity(run), none -> new ArrayList<>()).add(run);
    }

    /** Whether there is no run. */
    boolean areNone() {
        return groups.isEmpty();
    }

    /** One for each variant, cell and pair, in the order in which the first of each came. */
    List<Observation> means() {
        return groups.values().stream().map(Repeats::mean).toList();
    }

    /** What was done, a sentence each. */
    List<String> remarks() {
        IntSummaryStatistics sizes = groups.values().stream()
                .mapToInt(List::size)
                .filter(size -> size > 1)
                .summaryStatistics();
        if (sizes.getCount() == 0) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        String each = sizes.getMin() == sizes.getMax()
                ? Integer.toString(sizes.getMin())
                : sizes.getMin() + " to " + sizes.getMax();
        remarks.add("Of " + groups.size() + " runs " + sizes.getCount()
                + (sizes.getCount() == 1 ? " is the mean of " : " are means of ") + each + " (--repeat mean).");
        long unfinished = groups.values().stream()
                .filter(runs -> runs.stream().anyMatch(Observation::finished))
                .mapToLong(runs -> runs.stream().filter(run -> !run.finished()).count())
                .sum();
        if (unfinished > 0) {
            remarks.add(
                    (unfinished == 1 ? "1 run that did not finish is" : unfinished + " runs that did not finish are")
                            + " in no mean, as others of the same variant and pair finished.");
        }
        return remarks;
    }

    /** Of the finished ones; where none finished, the first that failed, else the first. */
    private static Observation mean(List<Observation> runs) {
        List<Observation> finished = runs.stream().filter(Observation::finished).toList();
        if (runs.size() == 1 || finished.isEmpty()) {
            return runs.stream()
                    .filter(run -> run.status() == RunStatus.FAILED)
                    .findFirst()
                    .orElse(runs.get(0));
        }
        Observation first = finished.get(0);
        if (finished.size() == 1) {
            return first;
        }
        Set<String> names = new LinkedHashSet<>();
        finished.forEach(run -> names.addAll(run.metrics().keySet()));
        Map<String, Double> means = new LinkedHashMap<>();
        names.forEach(name -> means.put(name, mean(finished, name)));
        return new Observation(
                first.variant(),
                first.cell(),
                first.pair(),
                first.key(),
                RunStatus.FINISHED,
                first.error(),
                finished.stream().allMatch(Observation::deterministic),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                first.split(),
                means,
                Map.of());
    }

    /** Over the runs that have it; NaN where none has. */
    private static double mean(List<Observation> runs, String metric) {
        return runs.stream()
                .mapToDouble(run -> run.metrics().getOrDefault(metric, Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
