package dev.ablate.trainers.program;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What attempts have reported that this one goes on from: of each step the first value counts, as it is in the store. */
final class History {

    private final Set<String> declared;

    /** By metric and step. */
    private final Map<String, NavigableMap<Long, Double>> values = new TreeMap<>();

    private History(Set<String> declared) {
        this.declared = declared;
    }

    static History of(Checkpoints checkpoints, Set<String> declared) {
        History history = new History(declared);
        if (checkpoints.resumed() > 0) {
            for (String line : Checkpoints.lines(checkpoints.reported())) {
                history.take(line, new HashMap<>());
            }
            Map<String, Long> counts = new HashMap<>();
            for (String line : Checkpoints.lines(checkpoints.reports())) {
                history.take(line, counts);
            }
        }
        return history;
    }

    /** @param counts how many values without a step there were before, by metric */
    private void take(String line, Map<String, Long> counts) {
        Map<String, Double> figures = Figures.in(line);
        Double step = figures.get(Reporter.STEP);
        figures.forEach((name, value) -> {
            if (declared.contains(name) && Double.isFinite(value)) {
                long at = step == null || name.equals(Reporter.STEP)
                        ? counts.merge(name, 1L, Long::sum)
                        : step.longValue();
                values.computeIfAbsent(name, none -> new TreeMap<>()).putIfAbsent(at, value);
            }
        });
    }

    /** The values of each metric by step. */
    Map<String, NavigableMap<Long, Double>> values() {
        return Collections.unmodifiableMap(values);
    }
}
