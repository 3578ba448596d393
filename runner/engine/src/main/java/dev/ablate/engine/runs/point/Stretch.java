package dev.ablate.engine.runs.point;

import dev.ablate.worker.exchange.RunResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Some steps at which the same series were recorded, one after another. */
public final class Stretch {

    private static final int FEW = 8;

    private final List<String> series;
    private long[] steps = new long[FEW];
    private long[] times = new long[FEW];

    /** Step by step, those of a step in the order of the series. */
    private double[] values;

    private int size;

    /** @param series at least one */
    Stretch(Collection<String> series) {
        this.series = List.copyOf(series);
        this.values = new double[FEW * this.series.size()];
    }

    /** Whole series as the stretches in which they were recorded, step by step. */
    public static List<Stretch> of(List<RunResult.Series> all) {
        Map<Long, Map<String, Double>> bySteps = new TreeMap<>();
        Map<Long, Long> times = new HashMap<>();
        for (RunResult.Series one : all) {
            for (int k = 0; k < one.steps().length; k++) {
                bySteps.computeIfAbsent(one.steps()[k], step -> new LinkedHashMap<>())
                        .put(one.name(), one.values()[k]);
                times.putIfAbsent(one.steps()[k], one.times()[k]);
            }
        }
        ReportedSteps reported = new ReportedSteps();
        bySteps.forEach((step, values) -> reported.add(step, times.getOrDefault(step, 0L), values));
        return reported.take();
    }

    /** Whether these are its series, in its order. */
    boolean isOf(Collection<String> names) {
        if (names.size() != series.size()) {
            return false;
        }
        Iterator<String> name = names.iterator();
        for (String mine : series) {
            if (!mine.equals(name.next())) {
                return false;
            }
        }
        return true;
    }

    /** Adds a step. */
    void add(long step, long time, Collection<Double> ofSeries) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * values.length);
        }
        steps[size] = step;
        times[size] = time;
        int at = size * series.size();
        for (double value : ofSeries) {
            values[at++] = value;
        }
        size++;
    }

    /** How many steps. */
    int size() {
        return size;
    }

    /** How many series. */
    int width() {
        return series.size();
    }

    long step(int row) {
        return steps[row];
    }

    long time(int row) {
        return times[row];
    }

    double value(int row, int column) {
        return values[row * series.size() + column];
    }

    /** The step that was added last; there is one. */
    long lastStep() {
        return steps[size - 1];
    }

    /** Where its greatest step is, from 0. */
    int farthest() {
        int farthest = 0;
        for (int row = 1; row < size; row++) {
            if (steps[row] > steps[farthest]) {
                farthest = row;
            }
        }
        return farthest;
    }

    /** The names of its series, in order. */
    List<String> names() {
        return series;
    }
}
