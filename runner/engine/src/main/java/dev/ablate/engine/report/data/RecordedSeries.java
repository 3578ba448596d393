package dev.ablate.engine.report.data;

import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Everything that a run recorded, by step.
 *
 * @param steps rising; a value is the state after so many updates
 * @param series by name, {@code train/mse} or {@code weights/x1}: one value a step, NaN where there is none
 */
record RecordedSeries(List<Long> steps, Map<String, double[]> series) {

    private static final int AT_A_TIME = 10_000;

    static RecordedSeries read(RunStore store, RunRecord run) {
        List<Point> points = new ArrayList<>();
        List<Point> more = store.points(run.id(), 0, AT_A_TIME);
        while (!more.isEmpty()) {
            points.addAll(more);
            more = store.points(run.id(), more.get(more.size() - 1).id(), AT_A_TIME);
        }
        TreeSet<Long> seen = new TreeSet<>();
        points.forEach(point -> seen.add(point.step()));
        List<Long> steps = List.copyOf(seen);
        Map<Long, Integer> places = new LinkedHashMap<>();
        steps.forEach(step -> places.put(step, places.size()));
        Map<String, double[]> series = new LinkedHashMap<>();
        for (Point point : points) {
            series.computeIfAbsent(point.series(), name -> {
                        double[] none = new double[steps.size()];
                        java.util.Arrays.fill(none, Double.NaN);
                        return none;
                    })[places.getOrDefault(point.step(), 0)] =
                    point.value();
        }
        return new RecordedSeries(steps, series);
    }
}
