package dev.ablate.engine.compare;

import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.plan.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of one variant in one cell, by pair.
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
        Map<Pair, Double> values,
        Map<Pair, Why> missing) {

    /** @param runs all of the variant in one cell */
    static Series of(String variant, Measure measure, List<Observation> runs) {
        Map<Pair, Double> values = new LinkedHashMap<>();
        Map<Pair, Why> missing = new LinkedHashMap<>();
        List<Observation> measured = new ArrayList<>();
        for (Observation run : runs) {
            OptionalDouble value = run.value(measure.name());
            if (value.isPresent()) {
                values.put(run.pair(), value.getAsDouble());
                measured.add(run);
            } else {
                missing.put(run.pair(), run.why(measure.name()));
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

    Optional<Double> at(Pair pair) {
        return deterministic ? values.values().stream().findFirst() : Optional.ofNullable(values.get(pair));
    }

    double[] at(List<Pair> pairs) {
        return pairs.stream().mapToDouble(pair -> at(pair).orElseThrow()).toArray();
    }

    /** Why there is no value of a pair; empty where there is one. */
    Optional<Why> why(Pair pair) {
        if (at(pair).isPresent()) {
            return Optional.empty();
        }
        return deterministic
                ? missing.values().stream().findFirst()
                : Optional.of(missing.getOrDefault(pair, Why.NO_RUN));
    }

    boolean failed(Pair pair) {
        return !missing.isEmpty()
                && why(pair)
                        .filter(why -> why == Why.FAILED || why == Why.INFINITE)
                        .isPresent();
    }

    /** The pairs without a value, by why; in the order in which they are asked for. */
    List<Gap> gaps(List<Pair> pairs) {
        Map<Why, List<Pair>> gaps = new EnumMap<>(Why.class);
        for (Pair pair : pairs) {
            why(pair)
                    .ifPresent(why ->
                            gaps.computeIfAbsent(why, none -> new ArrayList<>()).add(pair));
        }
        return gaps.entrySet().stream()
                .map(gap -> new Gap(variant, gap.getKey(), gap.getValue()))
                .toList();
    }

    /** @param values of the pairs that the other side has, too */
    Side side(List<Pair> wanted, double... values) {
        return new Side(variant, Pairs.mean(values), deterministic ? Double.NaN : Pairs.sd(values), deterministic, (int)
                wanted.stream().filter(this::failed).count());
    }
}
