package dev.ablate.engine.compare;

import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.RunKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One run as it enters a comparison, whoever made it.
 *
 * @param variant its variant
 * @param cell the swept leaves by path; empty without a sweep
 * @param pair what it shares with the runs of other variants: runs of one cell and pair belong together
 * @param key what it is in the store; empty if it is not from there
 * @param status how far it came; one that failed loses its pair, and any other that is not finished is a missing pair
 * @param error why it failed, where that is known
 * @param deterministic whether its result stands for every seed
 * @param updates the last update; empty if it is not known
 * @param trainRows rows it trained on; empty if it is not known
 * @param testRows rows held back; empty if it is not known
 * @param split equal texts say that the same rows were held back; empty if nothing is known of that
 * @param metrics by name; NaN and absent are alike, and an infinite one has diverged
 * @param parameters learned numbers by name
 */
public record Observation(
        String variant,
        Map<String, String> cell,
        Pair pair,
        Optional<RunKey> key,
        RunStatus status,
        Optional<String> error,
        boolean deterministic,
        OptionalLong updates,
        OptionalInt trainRows,
        OptionalInt testRows,
        Optional<String> split,
        Map<String, Double> metrics,
        Map<String, Double> parameters) {

    /** Two splits of more rows are never equal by chance. */
    private static final int FEW_ROWS = 100;

    /** Copies the maps, keeping their order. */
    public Observation {
        cell = copy(cell);
        metrics = copy(metrics);
        parameters = copy(parameters);
    }

    /** Of nothing or one thing, as most are, without a table of its own. */
    private static <T> Map<String, T> copy(Map<String, T> map) {
        return map.size() <= 1 ? Map.copyOf(map) : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A planned run as it came out. */
    static Observation of(Outcome outcome) {
        return new Observation(
                outcome.run().variant(),
                outcome.run().cell(),
                outcome.run().pair(),
                Optional.of(outcome.run().key()),
                outcome.record().status(),
                outcome.record().error(),
                outcome.record().deterministic(),
                OptionalLong.of(outcome.record().updates()),
                OptionalInt.of(outcome.record().trainRows()),
                OptionalInt.of(outcome.record().testRows()),
                Optional.of(split(outcome)),
                outcome.record().metrics(),
                outcome.record().parameters());
    }

    /** The rows held back where they are few, as seeds may draw the same; among many none do. */
    private static String split(Outcome outcome) {
        PlannedRun run = outcome.run();
        if (run.split().isEmpty() || !run.split().get().overlaps()) {
            return "";
        }
        int rows = run.dataset().examples().size();
        return outcome.record().status() == RunStatus.FINISHED && rows <= FEW_ROWS
                ? Arrays.toString(Split.of(run.context()).test())
                : run.pair().inWords();
    }

    /** Whether it was trained to its end. */
    public boolean finished() {
        return status == RunStatus.FINISHED;
    }

    /** A metric's value where it is finite. */
    OptionalDouble value(String metric) {
        Double value = metrics.get(metric);
        return finished() && value != null && Double.isFinite(value)
                ? OptionalDouble.of(value)
                : OptionalDouble.empty();
    }

    /** Whether it failed, or ended with a value of this metric that is infinite. */
    public boolean failed(String metric) {
        return status == RunStatus.FAILED || (finished() && Double.isInfinite(metrics.getOrDefault(metric, 0.0)));
    }

    /** Why it has no value of a metric. */
    Why why(String metric) {
        if (!finished()) {
            return status == RunStatus.FAILED ? Why.FAILED : Why.NOT_FINISHED;
        }
        return failed(metric) ? Why.INFINITE : Why.NO_VALUE;
    }

    /** How many rows a metric is measured on, or more; 0 if that is not known. */
    int rows(String metric) {
        return (metric.startsWith("test/") ? testRows : trainRows).orElse(0);
    }

    /** Test rows by training rows; 0 where they are not known. */
    double testTrainRatio() {
        return trainRows.isPresent() && testRows.isPresent() && trainRows.getAsInt() > 0
                ? (double) testRows.getAsInt() / trainRows.getAsInt()
                : 0;
    }
}
