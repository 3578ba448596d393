package dev.ablate.runner.compare;

import dev.ablate.runner.compare.Effect.Side;
import dev.ablate.runner.compare.Effect.Tally;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.plan.RunKey;
import dev.ablate.runner.runs.RunStatus;
import dev.ablate.runner.spec.Spec.Goal;
import dev.ablate.runner.train.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of a plan: its runs, what they answer, and what each variant changes.
 *
 * @param plan what was planned
 * @param outcomes its runs, in the plan's order; a deterministic variant appears once
 * @param predictions answers to the plan's rows in raw units, by finished run
 * @param effects by metric in the plan's order, the primary one first; then by variant, without the baseline
 */
public record Comparison(
        Plan plan, List<Outcome> outcomes, Map<RunKey, List<Double>> predictions, List<Effect> effects) {

    /** Copies the collections. */
    public Comparison {
        outcomes = List.copyOf(outcomes);
        predictions = Map.copyOf(predictions);
        effects = List.copyOf(effects);
    }

    /** Compares what has finished. */
    public static Comparison of(Plan plan, List<Outcome> outcomes, Map<RunKey, List<Double>> predictions) {
        List<Effect> effects = new ArrayList<>();
        for (ComparedMetric metric : plan.metrics()) {
            Series baseline = series(plan.baseline(), metric, outcomes);
            for (String variant : plan.variants()) {
                if (!variant.equals(plan.baseline())) {
                    effects.add(effect(plan.seeds(), metric, baseline, series(variant, metric, outcomes)));
                }
            }
        }
        return new Comparison(plan, outcomes, predictions, effects);
    }

    /** The finished runs of a variant, in the plan's order. */
    public List<Outcome> finished(String variant) {
        return outcomes.stream()
                .filter(outcome -> outcome.run().variant().equals(variant))
                .filter(outcome -> outcome.record().status() == RunStatus.FINISHED)
                .toList();
    }

    /** The mean, NaN without a value; of equal values it is that value. */
    public static double mean(double... values) {
        return Pairs.mean(values);
    }

    /** The standard deviation, divided by n - 1; NaN below two values. */
    public static double sd(double... values) {
        return Pairs.sd(values);
    }

    private static Series series(String variant, ComparedMetric metric, List<Outcome> outcomes) {
        Map<Long, Double> values = new LinkedHashMap<>();
        boolean deterministic = false;
        for (Outcome outcome : outcomes) {
            if (!outcome.run().variant().equals(variant)) {
                continue;
            }
            // a failure can be deterministic too: every other seed would fail alike
            deterministic |= outcome.record().deterministic();
            Double value = outcome.record().metrics().get(metric.metric().toString());
            if (outcome.record().status() == RunStatus.FINISHED && value != null && Double.isFinite(value)) {
                values.put(outcome.run().seed(), value);
            }
        }
        return new Series(variant, deterministic, values);
    }

    private static Effect effect(List<Long> seeds, ComparedMetric metric, Series baseline, Series variant) {
        boolean deterministic = baseline.deterministic() && variant.deterministic();
        List<Long> wanted = deterministic ? seeds.subList(0, 1) : seeds;
        List<Long> paired = wanted.stream()
                .filter(seed -> baseline.at(seed).isPresent())
                .filter(seed -> variant.at(seed).isPresent())
                .toList();
        double[] theirs = baseline.at(paired);
        double[] ours = variant.at(paired);
        Pairs pairs = new Pairs(theirs, ours);
        OptionalDouble sameWithin = metric.sameWithin().isEmpty() || paired.isEmpty()
                ? OptionalDouble.empty()
                : metric.sameWithin().get().percent()
                        ? percent(metric.sameWithin().get().amount(), Pairs.mean(theirs))
                        : OptionalDouble.of(metric.sameWithin().get().amount());
        double difference = Pairs.mean(pairs.differences());
        Tally tally = pairs.tally(metric.goal());
        return new Effect(
                metric,
                sameWithin,
                Map.of(),
                baseline.side(theirs),
                variant.side(ours),
                wanted.size(),
                pairs.n(),
                difference,
                tally,
                Optional.empty(),
                verdict(metric.goal(), deterministic, pairs.n(), tally, difference, sameWithin));
    }

    private static OptionalDouble percent(double amount, double mean) {
        return mean == 0 ? OptionalDouble.empty() : OptionalDouble.of(amount / 100 * Math.abs(mean));
    }

    private static Verdict verdict(
            Goal goal, boolean deterministic, int n, Tally tally, double difference, OptionalDouble sameWithin) {
        if (n == 0) {
            return Verdict.UNDECIDED;
        }
        if (tally.ties() == n) {
            return Verdict.IDENTICAL;
        }
        if (!deterministic) {
            return Verdict.UNDECIDED;
        }
        if (sameWithin.isPresent() && Math.abs(difference) <= sameWithin.getAsDouble()) {
            return Verdict.EQUIVALENT;
        }
        return (difference < 0) == (goal == Goal.MINIMIZE) ? Verdict.BETTER : Verdict.WORSE;
    }

    /** One metric of one variant, by seed. */
    private record Series(String variant, boolean deterministic, Map<Long, Double> values) {

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
}
