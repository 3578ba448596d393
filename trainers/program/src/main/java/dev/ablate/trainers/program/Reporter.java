package dev.ablate.trainers.program;

import dev.ablate.core.note.Note;
import dev.ablate.core.training.Training;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reports what a program says of the metrics that it declares; all else that looks like one is only remembered. */
final class Reporter {

    private static final String STEP = "step";

    private static final int MOST_NAMED = 20;

    private final Training training;
    /** The metrics by the names that the program has for them. */
    private final Map<String, String> declared;

    /** The greatest step that MLflow was called with, by the program's name. */
    private final Map<String, Long> called = new HashMap<>();

    /** The last step, by metric. */
    private final Map<String, Long> steps = new HashMap<>();

    private final Set<String> others = new TreeSet<>();

    Reporter(Training training, Map<String, String> declared) {
        this.training = training;
        this.declared = declared;
    }

    /** Takes a line, of the output or of the file of reports. */
    void take(String line) {
        Map<String, Double> figures = Figures.in(line);
        figures.forEach((name, value) -> {
            if (called.containsKey(name)) {
                // it is logged, too, and what is printed may be rounded
                return;
            }
            if (declared.containsKey(name)) {
                report(name, value, figures.get(STEP), line);
            } else if (!name.equals(STEP) && others.size() < MOST_NAMED) {
                others.add(name);
            }
        });
    }

    private void report(String name, double value, @Nullable Double step, String line) {
        long before = steps.getOrDefault(name, 0L);
        long now = step == null || name.equals(STEP) ? before + 1 : step.longValue();
        if (step != null && now != step) {
            throw new ProgramFailure("a step that is not a whole number: '" + shortened(line) + "'");
        }
        if (!Double.isFinite(value)) {
            throw new ProgramFailure("a value that is not finite: it reported " + value + " as " + name + " at step "
                    + now + (before == 0 ? "" : ", after step " + before));
        }
        if (now < 0 || (steps.containsKey(name) && now <= before)) {
            throw new ProgramFailure("steps that do not rise: it reported " + name + " at step " + now
                    + (now < 0 ? "" : " after step " + before) + ": '" + shortened(line) + "'");
        }
        training.report(now, declared.getOrDefault(name, name), value);
        steps.put(name, now);
    }

    /**
     * Takes a value that a client of MLflow logged: from now on the metric's values come from there.
     *
     * <p>The value that MLflow shows last is the one that counts: that of the greatest step, and the last of several.
     */
    void take(Note.Metric logged) {
        String name = logged.name();
        if (!declared.containsKey(name)) {
            if (others.size() < MOST_NAMED) {
                others.add(name);
            }
            return;
        }
        long greatest = called.getOrDefault(name, Long.MIN_VALUE);
        if (logged.step() < greatest) {
            return;
        }
        called.put(name, logged.step());
        double step = Math.max(logged.step(), steps.containsKey(name) ? steps.get(name) + 1 : 0);
        report(name, logged.value(), step, name + "=" + logged.value());
    }

    private static String shortened(String line) {
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }

    /** The last step of all; at least 1. */
    long last() {
        return Math.max(1, steps.values().stream().mapToLong(step -> step).max().orElse(1));
    }

    /** Fails if a metric never came. */
    void requireAll() {
        Set<String> missing = new TreeSet<>(declared.keySet());
        missing.removeAll(steps.keySet());
        if (!missing.isEmpty()) {
            Set<String> came = new TreeSet<>(steps.keySet());
            came.addAll(others);
            throw new ProgramFailure("a missing metric: it reported "
                    + (came.isEmpty() ? "no figure" : String.join(", ", came)) + "; not " + String.join(", ", missing));
        }
    }
}
