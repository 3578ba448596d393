package dev.ablate.engine.compare;

import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Gap.Why;
import java.util.ArrayList;
import java.util.EnumMap;
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
 * @param copies whether its seeds changed nothing
 * @param oneSplit whether the same rows were held back for every seed, or nothing is known of that
 * @param ratio test rows by training rows of its runs, the largest
 * @param rows how many rows the metric is measured on, the most; 0 if that is not known
 * @param values of the runs that finished with a finite value
 * @param missing why there is no value, of the runs without one
 */
record Series(
        String variant,
        boolean deterministic,
        boolean copies,
        boolean oneSplit,
        double ratio,
        int rows,
        Map<Long, Double> values,
        Map<Long, Why> missing) {

    static Series of(String variant, Map<String, String> cell, Measure measure, List<Observation> observations) {
        List<Observation> runs = observations.stream()
                .filter(run -> run.variant().equals(variant) && run.cell().equals(cell))
                .toList();
        Map<Long, Double> values = new LinkedHashMap<>();
        Map<Long, Why> missing = new LinkedHashMap<>();
        List<Observation> measured = new ArrayList<>();
        for (Observation run : runs) {
            OptionalDouble value = run.value(measure.name());
            if (value.isPresent()) {
                values.put(run.seed(), value.getAsDouble());
                measured.add(run);
            } else {
                missing.put(run.seed(), run.why(measure.name()));
            }
        }
        return new Series(
                variant,
                // a failure can be deterministic too: every other seed would fail alike
                runs.stream().anyMatch(Observation::deterministic),
                Copies.are(measured),
                measured.stream().allMatch(run -> run.split().isEmpty()) || Copies.haveOneSplit(measured),
                runs.stream().mapToDouble(Observation::testTrainRatio).max().orElse(0),
                runs.stream().mapToInt(run -> run.rows(measure.name())).max().orElse(0),
                values,
                missing);
    }

    Optional<Double> at(Long seed) {
        return deterministic ? values.values().stream().findFirst() : Optional.ofNullable(values.get(seed));
    }

    double[] at(List<Long> seeds) {
        return seeds.stream().mapToDouble(seed -> at(seed).orElseThrow()).toArray();
    }

    /** Why there is no value of a seed; empty where there is one. */
    Optional<Why> why(Long seed) {
        if (at(seed).isPresent()) {
            return Optional.empty();
        }
        return deterministic
                ? missing.values().stream().findFirst()
                : Optional.of(missing.getOrDefault(seed, Why.NO_RUN));
    }

    boolean failed(Long seed) {
        return why(seed).filter(why -> why == Why.FAILED || why == Why.INFINITE).isPresent();
    }

    /** The seeds without a value, by why; in the order in which they are asked for. */
    List<Gap> gaps(List<Long> seeds) {
        Map<Why, List<Long>> gaps = new EnumMap<>(Why.class);
        for (Long seed : seeds) {
            why(seed)
                    .ifPresent(why ->
                            gaps.computeIfAbsent(why, none -> new ArrayList<>()).add(seed));
        }
        return gaps.entrySet().stream()
                .map(gap -> new Gap(variant, gap.getKey(), gap.getValue()))
                .toList();
    }

    Side side(List<Long> wanted, List<Long> paired) {
        double[] values = at(paired);
        return new Side(variant, Pairs.mean(values), deterministic ? Double.NaN : Pairs.sd(values), deterministic, (int)
                wanted.stream().filter(this::failed).count());
    }
}
