package dev.ablate.engine.compare;

import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.plan.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One metric of one variant in one cell, by pair.
 *
 * <p>Values are kept with the place of their pair among all pairs of the question, and laid out by place where they are asked for: two sides are
 * paired without a look into any map, and a cell that has few of the pairs takes little memory.
 */
final class Series {

    private final String variant;

    /** A failure can be deterministic too: every other seed would fail alike. */
    private final boolean deterministic;

    private final boolean copies;
    private final boolean oneSplit;
    private final double ratio;
    private final int rows;

    /** Of the runs that finished with a finite value, in their order. */
    private final int[] places;

    private final double[] values;

    /** Why there is no value, of the runs without one. */
    private final Map<Pair, Why> missing = new LinkedHashMap<>();

    /** @param runs all of the variant in one cell */
    Series(Question question, String variant, Measure measure, List<Observation> runs) {
        this.variant = variant;
        this.deterministic = runs.stream().anyMatch(Observation::deterministic);
        List<Observation> measured = new ArrayList<>(runs.size());
        for (Observation run : runs) {
            if (run.value(measure.name()).isPresent()) {
                measured.add(run);
            } else {
                missing.put(run.pair(), run.why(measure.name()));
            }
        }
        this.places = measured.stream()
                .map(Observation::pair)
                .mapToInt(question::place)
                .toArray();
        this.values = measured.stream()
                .map(run -> run.value(measure.name()))
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        this.copies = Copies.are(measured);
        this.oneSplit = measured.stream().allMatch(run -> run.split().isEmpty()) || Copies.haveOneSplit(measured);
        this.ratio =
                runs.stream().mapToDouble(Observation::testTrainRatio).max().orElse(0);
        this.rows =
                runs.stream().mapToInt(run -> run.rows(measure.name())).max().orElse(0);
    }

    /** Whether its one value stands for every seed. */
    boolean deterministic() {
        return deterministic;
    }

    /** Whether its seeds changed nothing. */
    boolean copies() {
        return copies;
    }

    /** Whether the same rows were held back for every seed, or nothing is known of that. */
    boolean oneSplit() {
        return oneSplit;
    }

    /** Test rows by training rows of its runs, the largest. */
    double ratio() {
        return ratio;
    }

    /** How many rows the metric is measured on, the most; 0 if that is not known. */
    int rows() {
        return rows;
    }

    /** The value of each of the question's first pairs, NaN where there is none; {@code [pairs]}. */
    double[] values(int pairs) {
        double[] all = new double[pairs];
        Arrays.fill(all, deterministic && values.length > 0 ? values[0] : Double.NaN);
        for (int i = 0; i < values.length && !deterministic; i++) {
            if (places[i] >= 0 && places[i] < pairs) {
                all[places[i]] = values[i];
            }
        }
        return all;
    }

    private Optional<Why> why(Pair pair) {
        return deterministic
                ? missing.values().stream().findFirst()
                : Optional.of(missing.getOrDefault(pair, Why.NO_RUN));
    }

    private boolean failed(Pair pair) {
        return why(pair).filter(why -> why == Why.FAILED || why == Why.INFINITE).isPresent();
    }

    /** How many of the question's first pairs it lost by failing. */
    int failed(List<Pair> pairs) {
        return missing.isEmpty()
                ? 0
                : (int) without(pairs).filter(place -> failed(pairs.get(place))).count();
    }

    /** How many of them it lost by failing while another has a value. */
    int lost(List<Pair> pairs, Series winner) {
        if (missing.isEmpty()) {
            return 0;
        }
        double[] theirs = winner.values(pairs.size());
        return (int) without(pairs)
                .filter(place -> failed(pairs.get(place)) && !Double.isNaN(theirs[place]))
                .count();
    }

    /** The places of pairs without a value. */
    private IntStream without(List<Pair> pairs) {
        double[] all = values(pairs.size());
        return IntStream.range(0, all.length).filter(place -> Double.isNaN(all[place]));
    }

    /** The question's first pairs that have no value, by why; in their order. */
    List<Gap> gaps(List<Pair> pairs) {
        Map<Why, List<Pair>> gaps = new EnumMap<>(Why.class);
        without(pairs)
                .mapToObj(pairs::get)
                .forEach(pair -> why(pair)
                        .ifPresent(why -> gaps.computeIfAbsent(why, none -> new ArrayList<>())
                                .add(pair)));
        return gaps.entrySet().stream()
                .map(gap -> new Gap(variant, gap.getKey(), gap.getValue()))
                .toList();
    }

    /**
     * Its side of an effect.
     *
     * @param pairs the question's first
     * @param paired the values of those that the other side has, too
     */
    Side side(List<Pair> pairs, double... paired) {
        return new Side(
                variant,
                Pairs.mean(paired),
                deterministic ? Double.NaN : Pairs.sd(paired),
                deterministic,
                failed(pairs));
    }
}
