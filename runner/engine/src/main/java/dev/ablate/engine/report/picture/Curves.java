package dev.ablate.engine.report.picture;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.point.StoredSeries;
import dev.ablate.worker.spec.MeasuredMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Metrics by update: of each group the mean and the spread over its runs. */
final class Curves {

    /** So many points of a line are more than a screen shows of it. */
    private static final int MOST_POINTS = 100;

    private final Comparison comparison;
    private final RunStore store;

    Curves(Comparison comparison, RunStore store) {
        this.comparison = comparison;
        this.store = store;
    }

    /** Of each compared metric on both parts of the data, as far as it was recorded; untrained models have none. */
    List<CurveLine> of(List<Group> groups) {
        Map<String, List<String>> series = new LinkedHashMap<>();
        comparison.plan().metrics().stream()
                .map(ComparedMetric::metric)
                .forEach(metric -> series.putIfAbsent(metric.name(), series(metric)));
        List<String> names = series.values().stream().flatMap(List::stream).toList();
        List<List<Map<String, StoredSeries>>> recorded = groups.stream()
                .map(group -> group.finished(comparison).stream()
                        .map(outcome -> store.series(outcome.record().id(), names))
                        .toList())
                .toList();
        List<CurveLine> lines = new ArrayList<>();
        for (List<String> alike : series.values()) {
            for (int i = 0; i < groups.size(); i++) {
                for (String name : alike) {
                    line(groups.get(i), name, recorded.get(i)).ifPresent(lines::add);
                }
            }
        }
        return lines;
    }

    /** A metric that is measured on a part of the data is drawn on all of them. */
    private static List<String> series(MeasuredMetric metric) {
        return metric.part().isEmpty()
                ? List.of(metric.toString())
                : Stream.of(MeasuredMetric.Part.values())
                        .map(part -> MeasuredMetric.of(part, metric.name()).toString())
                        .toList();
    }

    private static Optional<CurveLine> line(Group group, String metric, List<Map<String, StoredSeries>> recorded) {
        List<StoredSeries> runs = recorded.stream()
                .flatMap(series -> Optional.ofNullable(series.get(metric)).stream())
                .toList();
        long[] steps = steps(runs);
        if (steps.length < 2) {
            return Optional.empty();
        }
        List<Band> points = new ArrayList<>();
        for (long step : thinned(Arrays.stream(steps).boxed().toList())) {
            // a run that was stopped carries its last value on
            double[] values = runs.stream()
                    .filter(run -> run.steps()[0] <= step)
                    .mapToDouble(run -> run.values()[run.at(step)])
                    .toArray();
            points.add(Band.of((double) step, values));
        }
        return Optional.of(new CurveLine(group, metric, runs.size(), points));
    }

    /** The steps that some run has, rising. */
    private static long[] steps(List<StoredSeries> runs) {
        long[] steps = {};
        for (StoredSeries run : runs) {
            // most have the same
            if (!Arrays.equals(steps, run.steps())) {
                steps = LongStream.concat(Arrays.stream(steps), Arrays.stream(run.steps()))
                        .sorted()
                        .distinct()
                        .toArray();
            }
        }
        return steps;
    }

    /** Half of them at equal distances, and half ever closer to the beginning, where most happens; the first and the last. */
    static List<Long> thinned(List<Long> steps) {
        if (steps.size() <= MOST_POINTS) {
            return steps;
        }
        int last = steps.size() - 1;
        TreeSet<Long> kept = new TreeSet<>();
        int half = MOST_POINTS / 2;
        for (int i = 0; i < half; i++) {
            double share = (double) i / (half - 1);
            kept.add(steps.get((int) Math.round(last * share)));
            kept.add(steps.get((int) Math.round(Math.pow(last, share)) - 1));
        }
        return List.copyOf(kept);
    }
}
