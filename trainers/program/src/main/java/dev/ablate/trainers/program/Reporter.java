package dev.ablate.trainers.program;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.note.Note;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reports what a program says of the metrics that it declares; all else that looks like one is only remembered. */
final class Reporter implements AutoCloseable {

    static final String STEP = "step";

    private static final String PREDICTIONS = "predictions";

    private static final int MOST_NAMED = 20;
    private static final int MOST_RUNS = 3;

    private final Training training;
    /** By the names that the program has for them. */
    private final Map<String, Goal> declared;

    /** The metrics by these names. */
    private final Map<String, String> metrics;

    /** The greatest step that MLflow was called with, by the program's name. */
    private final Map<String, Long> called = new HashMap<>();

    private final boolean best;

    /** Where a file of predictions lies whose name is relative. */
    private final Path folder;

    private final OutputStream log;

    /** The last step of this attempt, by metric. */
    private final Map<String, Long> steps = new HashMap<>();

    /** The last step of earlier attempts, by metric. */
    private final Map<String, Long> before = new HashMap<>();

    /** The value of that. */
    private final Map<String, Double> beforeLast = new HashMap<>();

    private final Map<String, Double> bests = new HashMap<>();
    private final Set<String> others = new TreeSet<>();
    private boolean predicted;

    Reporter(ProgramOptions options, Training training, Path folder, Checkpoints checkpoints) {
        this.training = training;
        this.declared = options.metrics().goals();
        this.metrics = options.metrics().metrics();
        this.best = options.at() == ProgramOptions.At.BEST;
        this.folder = folder;
        History.of(checkpoints, declared.keySet()).values().forEach(this::repeat);
        try {
            this.log =
                    Files.newOutputStream(checkpoints.reported(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void repeat(String name, NavigableMap<Long, Double> values) {
        values.forEach((step, value) -> training.report(step, metric(name), counted(name, value)));
        before.put(name, values.lastKey());
        beforeLast.put(name, values.lastEntry().getValue());
    }

    private String metric(String name) {
        return metrics.getOrDefault(name, name);
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
        predictions(line).ifPresent(file -> {
            Double step = figures.get(STEP);
            predict(file, step == null ? last() : step.longValue());
        });
    }

    private void report(String name, double value, @Nullable Double step, String line) {
        long last = steps.getOrDefault(name, 0L);
        @Nullable Double given = name.equals(STEP) ? null : step;
        long now = given == null ? last + 1 : given.longValue();
        if (given != null && now != given) {
            throw new ProgramFailure("a step that is not a whole number: '" + shortened(line) + "'");
        }
        if (given == null && before.containsKey(name)) {
            throw new ProgramFailure(
                    "a value without a step, in an attempt that goes on from a checkpoint: print step= with " + name
                            + ": '" + shortened(line) + "'");
        }
        if (!Double.isFinite(value)) {
            throw new ProgramFailure("a value that is not finite: it reported " + value + " as " + name + " at step "
                    + now + (last == 0 ? "" : ", after step " + last));
        }
        if (now < 0 || (steps.containsKey(name) && now <= last)) {
            throw new ProgramFailure("steps that do not rise: it reported " + name + " at step " + now
                    + (now < 0 ? "" : " after step " + last) + ": '" + shortened(line) + "'");
        }
        steps.put(name, now);
        if (now > before.getOrDefault(name, Long.MIN_VALUE)) {
            training.report(now, metric(name), counted(name, value));
            remember(now, name, value);
        }
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
        long earlier = before.getOrDefault(name, Long.MIN_VALUE);
        boolean repeated = logged.step() == earlier && beforeLast.getOrDefault(name, Double.NaN) == logged.value();
        long greatest = Math.max(earlier, called.getOrDefault(name, Long.MIN_VALUE));
        if (logged.step() < greatest || repeated) {
            return;
        }
        called.put(name, logged.step());
        long next = Math.max(earlier, steps.getOrDefault(name, -1L)) + 1;
        boolean first = !steps.containsKey(name) && !before.containsKey(name);
        double step = first ? Math.max(logged.step(), 0) : Math.max(logged.step(), next);
        report(name, logged.value(), step, name + "=" + logged.value());
    }

    /** What counts of a value: itself, or the best so far. */
    private double counted(String name, double value) {
        if (!best) {
            return value;
        }
        boolean low = declared.get(name) == Goal.MINIMIZE;
        return bests.merge(name, value, (one, other) -> low ? Math.min(one, other) : Math.max(one, other));
    }

    private void remember(long step, String name, double value) {
        try {
            log.write(("{\"step\": " + step + ", \"" + name + "\": " + value + "}\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that a JSON object names as its predictions. */
    private static Optional<String> predictions(String line) {
        String text = line.strip();
        if (!text.startsWith("{") || !text.contains(PREDICTIONS)) {
            return Optional.empty();
        }
        try {
            JsonElement file = JsonParser.parseString(text).getAsJsonObject().get(PREDICTIONS);
            return file != null
                            && file.isJsonPrimitive()
                            && file.getAsJsonPrimitive().isString()
                    ? Optional.of(file.getAsString())
                    : Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private void predict(String file, long step) {
        if (training.testRows().isEmpty()) {
            throw new ProgramFailure("predictions of rows that there are not: data.split holds none back");
        }
        training.answers(step, NumberFile.read(folder.resolve(file), file));
        predicted = true;
    }

    private static String shortened(String line) {
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }

    /** The last step of all; at least 1. */
    long last() {
        Map<String, Long> all = new HashMap<>(before);
        steps.forEach((name, step) -> all.merge(name, step, Math::max));
        return Math.max(1, all.values().stream().mapToLong(step -> step).max().orElse(1));
    }

    /**
     * Fails if a metric never came.
     *
     * @param below what the program calls the further runs in which it logged a metric, by that metric's name
     */
    void requireAll(Function<String, List<String>> below) {
        Set<String> known = new TreeSet<>(steps.keySet());
        known.addAll(before.keySet());
        Set<String> missing = new TreeSet<>(declared.keySet());
        missing.removeAll(known);
        known.addAll(others);
        String came = known.isEmpty() ? "no figure" : String.join(", ", known);
        if (!missing.isEmpty()) {
            String further = missing.stream()
                    .filter(name -> !below.apply(name).isEmpty())
                    .map(name -> name + " was logged in " + runs(below.apply(name))
                            + " alone, which is not compared: log one value of it, such as their mean, in the first run that"
                            + " the program starts")
                    .findFirst()
                    .orElseGet(() -> "a value is read from a line such as "
                            + missing.iterator().next() + "=0.5");
            throw new ProgramFailure(
                    "a missing metric: it reported " + came + "; not " + String.join(", ", missing) + "; " + further);
        }
        if (declared.isEmpty() && !predicted) {
            throw new ProgramFailure("nothing to compare: it reported " + came
                    + "; name what it reports in metrics, or report {\"predictions\": \"test.npy\"}");
        }
    }

    private static String runs(List<String> names) {
        int named = Math.min(names.size(), MOST_RUNS);
        return (names.size() == 1 ? "the further run " : names.size() + " further runs (")
                + String.join(", ", names.subList(0, named))
                + (named < names.size() ? ", ..." : "")
                + (names.size() == 1 ? "" : ")");
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
