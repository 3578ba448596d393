package dev.ablate.runner.report;

import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Effect;
import dev.ablate.runner.compare.Effect.Untested;
import dev.ablate.runner.compare.Evidence;
import dev.ablate.runner.compare.Findings;
import dev.ablate.runner.compare.Measure;
import dev.ablate.runner.compare.Observation;
import dev.ablate.runner.compare.Verdict;
import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.spec.Spec.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The answer in one sentence that any names fit. */
final class Sentence {

    /** What is worth telling first. */
    private static final List<Verdict> TELLING =
            List.of(Verdict.BETTER, Verdict.WORSE, Verdict.UNDECIDED, Verdict.EQUIVALENT, Verdict.IDENTICAL);

    private Sentence() {}

    /** About the primary metric, of the variant that tells most; the others are in the table. */
    static String of(Findings findings) {
        List<Effect> effects = findings.effects(findings.question().primary());
        if (effects.isEmpty()) {
            return ofOne(findings);
        }
        return findings.question().hasCells() ? ofCells(findings, effects) : of(mostTelling(effects));
    }

    private static Effect mostTelling(List<Effect> effects) {
        return effects.stream()
                .min(Comparator.comparing((Effect effect) -> effect.n() == 0)
                        .thenComparing(effect -> TELLING.indexOf(effect.verdict()))
                        .thenComparing(effect -> -Math.abs(effect.difference())))
                .orElseThrow();
    }

    private static String of(Effect effect) {
        String metric = effect.metric().name();
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
            return (effect.verdict() == Verdict.EQUIVALENT ? "that is within " + margin(effect) + ", the same; " : "")
                    + "both are deterministic, so no test applies";
        }
        if (effect.verdict() == Verdict.IDENTICAL) {
            return "every pair is equal";
        }
        if (effect.evidence().isEmpty()) {
            return effect.untested().equals(Optional.of(Untested.NO_SPREAD))
                    ? "every pair differs by the same, so a t test has nothing to judge by, and it is undecided"
                    : (effect.n() == 1 ? "one pair is" : Numbers.count(effect.n()) + " pairs are")
                            + " too few for a test, so it is undecided";
        }
        Evidence evidence = effect.evidence().get();
        return switch (effect.verdict()) {
            case EQUIVALENT ->
                "the whole " + Numbers.percent(evidence.level()) + " interval is within " + margin(effect)
                        + ", so they are equivalent";
            case UNDECIDED -> "chance may explain that (" + p(evidence) + "), so it is undecided";
            default ->
                "chance hardly explains that (" + p(evidence) + "), so it is "
                        + effect.verdict().word();
        };
    }

    private static String margin(Effect effect) {
        return Numbers.rounded(effect.sameWithin().orElseThrow(), Numbers.SENTENCE);
    }

    private static String p(Evidence evidence) {
        String raw = "p = " + Numbers.rounded(evidence.p(), Numbers.SENTENCE);
        return evidence.adjusted() == evidence.p()
                ? raw
                : raw + ", adjusted " + Numbers.rounded(evidence.adjusted(), Numbers.SENTENCE);
    }

    /** Of the variant that is better or worse in the most cells. */
    private static String ofCells(Findings findings, List<Effect> effects) {
        String variant = findings.question().challengers().stream()
                .max(Comparator.comparingLong((String name) -> effects.stream()
                                .filter(effect -> effect.variant().name().equals(name) && isTold(effect))
                                .count())
                        .thenComparing(
                                name -> -findings.question().challengers().indexOf(name)))
                .orElseThrow();
        List<Effect> cells = effects.stream()
                .filter(effect -> effect.variant().name().equals(variant))
                .toList();
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : TELLING) {
            long count =
                    cells.stream().filter(effect -> effect.verdict() == verdict).count();
            if (count > 0) {
                counts.add(verdict.word() + " in " + Numbers.count(count)
                        + (counts.isEmpty() ? " of " + Numbers.count(cells.size(), "cell") : ""));
            }
        }
        String chance =
                effects.stream().allMatch(Effect::deterministic) ? "; all are deterministic, so no test applies" : "";
        return variant + ": " + findings.question().primary().name() + " against "
                + findings.question().baseline() + " is " + String.join(", ", counts) + chance
                + best(findings).map(best -> "; the best of all is " + best).orElse("") + ".";
    }

    private static boolean isTold(Effect effect) {
        return effect.verdict() == Verdict.BETTER || effect.verdict() == Verdict.WORSE;
    }

    /** {@code bias with learning_rate=1 (0.000123)}: the group with the best mean. */
    private static Optional<String> best(Findings findings) {
        Measure primary = findings.question().primary();
        Comparator<Group> byMean = Comparator.comparingDouble(group -> mean(findings, group));
        return Group.of(findings.question()).stream()
                .filter(group -> !Double.isNaN(mean(findings, group)))
                .min(primary.goal() == Goal.MINIMIZE ? byMean : byMean.reversed())
                .map(group -> group.inWords() + " (" + Numbers.rounded(mean(findings, group), Numbers.SENTENCE) + ")");
    }

    private static double mean(Findings findings, Group group) {
        return Comparison.mean(values(
                findings.finished(group.variant(), group.cell()),
                findings.question().primary()));
    }

    private static double[] values(List<Observation> runs, Measure measure) {
        return runs.stream()
                .map(run -> run.metrics().get(measure.name()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }

    /** Nothing is compared: what came out. */
    private static String ofOne(Findings findings) {
        Measure primary = findings.question().primary();
        String variant = findings.question().variants().get(0);
        if (findings.question().hasCells()) {
            return variant + ": " + primary.name()
                    + best(findings)
                            .map(best -> ", best of "
                                    + Numbers.count(findings.question().cells().size(), "cell") + ": " + best)
                            .orElse(" has no value in any cell")
                    + ".";
        }
        List<Observation> finished =
                findings.finished(variant, findings.question().cells().get(0));
        double[] values = values(finished, primary);
        if (values.length == 0) {
            return variant + ": " + (finished.isEmpty() ? "no run finished." : primary.name() + " is undefined.");
        }
        String over = values.length == 1 ? "" : " on average of " + values.length + " seeds";
        return variant + ": " + primary.name() + " is " + Numbers.rounded(Comparison.mean(values), Numbers.SENTENCE)
                + over + ".";
    }

    /** {@code bias against no-bias, learning_rate=0.1, train/mse}. */
    static String subject(Effect effect) {
        return sides(effect) + ", " + effect.metric().name();
    }

    /** {@code bias against no-bias, learning_rate=0.1}. */
    static String sides(Effect effect) {
        String cell = effect.cell().isEmpty() ? "" : ", " + PlannedRun.cellLabel(effect.cell());
        return effect.variant().name() + " against " + effect.baseline().name() + cell;
    }
}
