package dev.ablate.engine.report.picture;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.MeasuredMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
        List<CurveLine> lines = new ArrayList<>();
        Map<String, List<String>> series = new LinkedHashMap<>();
        comparison.plan().metrics().stream()
                .map(ComparedMetric::metric)
                .forEach(metric -> series.putIfAbsent(metric.name(), series(metric)));
        for (List<String> alike : series.values()) {
            for (Group group : groups) {
                alike.forEach(name -> line(group, name, lines));
            }
        }
        return lines;
    }

    /** A metric that is measured on a part of the data is drawn on both. */
    private static List<String> series(MeasuredMetric metric) {
        return metric.part().isEmpty()
                ? List.of(metric.toString())
                : Stream.of(MeasuredMetric.Part.values())
                        .map(part -> MeasuredMetric.of(part, metric.name()).toString())
                        .toList();
    }

    private void line(Group group, String metric, List<CurveLine> lines) {
        List<TreeMap<Long, Double>> runs = new ArrayList<>();
        TreeSet<Long> steps = new TreeSet<>();
        for (Outcome outcome : group.finished(comparison)) {
            TreeMap<Long, Double> values = new TreeMap<>();
            for (Point point : store.series(outcome.record().id(), metric)) {
                values.put(point.step(), point.value());
            }
            if (!values.isEmpty()) {
                runs.add(values);
                steps.addAll(values.keySet());
            }
        }
        if (steps.size() < 2) {
            return;
        }
        List<Band> points = new ArrayList<>();
        for (long step : thinned(List.copyOf(steps))) {
            // a run that was stopped carries its last value on
            List<Double> values = runs.stream()
                    .filter(run -> run.firstKey() <= step)
                    .map(run -> run.floorEntry(step).getValue())
                    .toList();
            points.add(Band.of((double) step, values));
        }
        lines.add(new CurveLine(group, metric, runs.size(), points));
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
