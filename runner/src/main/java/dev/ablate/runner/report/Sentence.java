package dev.ablate.runner.report;

import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Effect;
import dev.ablate.runner.compare.Verdict;
import dev.ablate.runner.plan.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The answer in one sentence that any names fit. */
final class Sentence {

    /** What is worth telling first. */
    private static final List<Verdict> TELLING =
            List.of(Verdict.BETTER, Verdict.WORSE, Verdict.UNDECIDED, Verdict.EQUIVALENT, Verdict.IDENTICAL);

    private Sentence() {}

    /** About the primary metric, of the variant that tells most; the others are in the table. */
    static String of(Comparison comparison) {
        Metric primary = comparison.plan().primary().metric();
        return comparison.effects().stream()
                .filter(effect -> effect.metric().metric().equals(primary))
                .min(Comparator.comparing((Effect effect) -> effect.n() == 0)
                        .thenComparing(effect -> TELLING.indexOf(effect.verdict()))
                        .thenComparing(effect -> -Math.abs(effect.difference())))
                .map(Sentence::of)
                .orElseGet(() -> ofOne(comparison, primary.toString()));
    }

    private static String of(Effect effect) {
        String metric = effect.metric().metric().toString();
        String variant = effect.variant().name();
        String baseline = effect.baseline().name();
        if (effect.n() == 0) {
            return variant + ": " + metric + " cannot be compared with " + baseline + ": 0 of "
                    + Numbers.count(effect.planned(), "pair") + " of runs finished.";
        }
        double ours = effect.variant().mean();
        double theirs = effect.baseline().mean();
        int digits = Numbers.digitsToTellApart(ours, theirs);
        String difference = effect.verdict() == Verdict.IDENTICAL
                ? "the same as with " + baseline + " (" + Numbers.rounded(ours, digits) + ")"
                : Numbers.rounded(Math.abs(effect.difference()), Numbers.SENTENCE)
                        + (effect.difference() < 0 ? " lower than " : " higher than ") + baseline + " ("
                        + Numbers.rounded(ours, digits) + " against " + Numbers.rounded(theirs, digits) + ")";
        return variant + ": " + metric + " is " + difference + pairs(effect) + "; " + because(effect) + ".";
    }

    private static String pairs(Effect effect) {
        if (effect.deterministic()) {
            return "";
        }
        return effect.n() == effect.planned()
                ? " over " + Numbers.count(effect.n(), "seed")
                : " over " + effect.n() + " of " + Numbers.count(effect.planned(), "pair");
    }

    private static String because(Effect effect) {
        if (effect.deterministic()) {
            String same = effect.verdict() == Verdict.EQUIVALENT
                    ? "that is within " + Numbers.exact(effect.sameWithin().orElseThrow()) + ", the same; "
                    : "";
            return same + "both are deterministic, so no test applies";
        }
        return effect.verdict() == Verdict.IDENTICAL
                ? "every pair is equal"
                : "chance may explain that, so it is undecided";
    }

    /** Nothing is compared: what came out. */
    private static String ofOne(Comparison comparison, String metric) {
        String variant = comparison.plan().variants().get(0);
        List<Map<String, Double>> finished = comparison.finished(variant).stream()
                .map(outcome -> outcome.record().metrics())
                .toList();
        double[] values = finished.stream()
                .map(metrics -> metrics.get(metric))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (values.length == 0) {
            return variant + ": " + (finished.isEmpty() ? "no run finished." : metric + " is undefined.");
        }
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        Optional<String> over =
                values.length == 1 ? Optional.empty() : Optional.of(" on average of " + values.length + " seeds");
        return variant + ": " + metric + " is " + Numbers.rounded(mean, Numbers.SENTENCE) + over.orElse("") + ".";
    }
}
