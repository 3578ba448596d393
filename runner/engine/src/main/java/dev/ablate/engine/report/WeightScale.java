package dev.ablate.engine.report;

import dev.ablate.core.data.Examples;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the size of a weight says about its feature, in a group of runs. */
enum WeightScale {
    /** Trained on features that are all 0 or 1: a weight is what the presence of its feature adds. */
    BINARY(true, ""),
    /** Trained on features divided by their largest value. */
    MAX(true, ""),
    /** Trained on features that go from 0 to 1. */
    MIN_MAX(true, ""),
    /** Trained on features of standard deviation 1. */
    STANDARD(true, ""),
    /** Each weight is per unit of its own feature. */
    UNSCALED(
            false,
            "Weights of unscaled features cannot be compared: each is per unit of its own feature."
                    + " data: { scale: { features: standard } } makes them comparable."),
    /** What it began with. */
    UNTRAINED(false, "Nothing was trained (0 updates): these are the weights that it began with.");

    private final boolean comparable;
    private final String caution;

    WeightScale(boolean comparable, String caution) {
        this.comparable = comparable;
        this.caution = caution;
    }

    /** Of the finished runs of a group, which has at least one. */
    static WeightScale of(List<Outcome> runs) {
        if (runs.stream().anyMatch(outcome -> outcome.record().updates() == 0)) {
            return UNTRAINED;
        }
        // all runs of a group have the same data and settings
        PlannedRun run = runs.get(0).run();
        Method method = run.scale().features();
        if (method != Method.NONE) {
            return valueOf(method.name());
        }
        return isBinary(run.dataset().examples().select(run.features())) ? BINARY : UNSCALED;
    }

    private static boolean isBinary(Examples examples) {
        return IntStream.range(0, examples.size())
                .allMatch(i -> Arrays.stream(examples.row(i)).allMatch(value -> value == 0 || value == 1));
    }

    /** Whether a larger weight means that its feature counts for more. */
    boolean comparable() {
        return comparable;
    }

    /** Why it does not, and the way out. */
    Optional<String> caution() {
        return caution.isEmpty() ? Optional.empty() : Optional.of(caution);
    }
}
