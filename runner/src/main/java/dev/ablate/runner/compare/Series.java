package dev.ablate.runner.compare;

import dev.ablate.runner.compare.Effect.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of one variant in one cell, by seed.
 *
 * @param variant whose
 * @param deterministic whether its one value stands for every seed
 * @param ratio test rows by training rows of its runs, the largest
 * @param values of the runs that finished with a finite value
 */
record Series(String variant, boolean deterministic, double ratio, Map<Long, Double> values) {

    static Series of(String variant, Map<String, String> cell, Measure measure, List<Observation> observations) {
        Map<Long, Double> values = new LinkedHashMap<>();
        boolean deterministic = false;
        double ratio = 0;
        for (Observation run : observations) {
            if (!run.variant().equals(variant) || !run.cell().equals(cell)) {
                continue;
            }
            // a failure can be deterministic too: every other seed would fail alike
            deterministic |= run.deterministic();
            ratio = Math.max(ratio, run.testTrainRatio());
            OptionalDouble value = run.value(measure.name());
            if (value.isPresent()) {
                values.put(run.seed(), value.getAsDouble());
            }
        }
        return new Series(variant, deterministic, ratio, values);
    }

    Optional<Double> at(Long seed) {
        return deterministic ? values.values().stream().findFirst() : Optional.ofNullable(values.get(seed));
    }

    double[] at(List<Long> seeds) {
        return seeds.stream().mapToDouble(seed -> at(seed).orElseThrow()).toArray();
    }

    Side side(double[] paired) {
        return new Side(variant, Pairs.mean(paired), deterministic ? Double.NaN : Pairs.sd(paired), deterministic);
    }
}
