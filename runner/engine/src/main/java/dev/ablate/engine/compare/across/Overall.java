package dev.ablate.engine.compare.across;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Gap;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.across.AcrossEffect.Missing;
import dev.ablate.engine.compare.significance.Holm;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.PlannedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one answer over all data sets: for each variant, the test over data sets of the differences that its means on them have to the
 * baseline's. P-values are corrected over the variants, and the cells of what else is swept, of a metric.
 *
 * <p>Source: J. Demsar, "Statistical comparisons of classifiers over multiple data sets", Journal of Machine Learning Research 7 (2006), 1-30.
 *
 * @param across which leaf is the data set, and which test compares them
 * @param effects by metric, the primary one first; then by cell of what else is swept, then by variant
 */
public record Overall(Across across, List<AcrossEffect> effects) {

    /** Copies the list. */
    public Overall {
        effects = List.copyOf(effects);
    }

    /** Empty where the question is not about data sets, or nothing is compared. */
    public static Optional<Overall> of(Findings findings) {
        Question question = findings.question();
        if (question.across().isEmpty() || findings.effects().isEmpty()) {
            return Optional.empty();
        }
        Across across = question.across().get();
        List<AcrossEffect> all = new ArrayList<>();
        for (Measure measure : question.measures()) {
            List<Pending> family = new ArrayList<>();
            for (DataSets sets : DataSets.of(question)) {
                for (String variant : question.challengers()) {
                    family.add(Pending.of(findings, across, measure, sets, variant));
                }
            }
            all.addAll(judged(family, question.corrected()));
        }
        return Optional.of(new Overall(across, all));
    }

    private static List<AcrossEffect> judged(List<Pending> family, boolean corrected) {
        double[] raw = family.stream()
                .flatMap(pending -> pending.outcome().stream())
                .mapToDouble(PairedTest.Outcome::p)
                .toArray();
        double[] adjusted = corrected ? Holm.adjust(raw) : raw;
        List<AcrossEffect> effects = new ArrayList<>();
        int tested = 0;
        for (Pending pending : family) {
            effects.add(pending.judged(
                    pending.outcome().isPresent() ? OptionalDouble.of(adjusted[tested++]) : OptionalDouble.empty()));
        }
        return effects;
    }

    /** The effects in one metric. */
    public List<AcrossEffect> effects(Measure measure) {
        return effects.stream()
                .filter(effect -> effect.metric().equals(measure))
                .toList();
    }

    /** Why a gate is not met by the answer over all data sets; empty if it is. */
    public Optional<String> unmet(Gate gate) {
        List<String> failing = effects.stream()
                .filter(effect -> effect.metric().name().equals(gate.metric()))
                .filter(effect ->
                        gate.variant().isEmpty() || gate.variant().get().equals(effect.variant()))
                .filter(effect -> !gate.verdicts().contains(effect.verdict()) || isLeftOpenByFailures(effect))
                .map(Overall::words)
                .toList();
        return failing.isEmpty()
                ? Optional.empty()
                : Optional.of("gate " + gate.asTyped() + " is not met: " + String.join(", ", failing));
    }

    private static boolean isLeftOpenByFailures(AcrossEffect effect) {
        return effect.verdict() == Verdict.UNDECIDED && !effect.failed().isEmpty();
    }

    private static String words(AcrossEffect effect) {
        return effect.variant()
                + (effect.cell().isEmpty() ? "" : " with " + PlannedRun.cellLabel(effect.cell()))
                + " is " + effect.verdict().word() + " across data sets"
                + (effect.failed().isEmpty()
                        ? ""
                        : ", and runs of " + String.join(" and ", effect.failed()) + " failed");
    }

    /** A variant on all data sets, tested and not yet judged: that needs the others of its family. */
    private record Pending(
            Measure measure,
            Map<String, String> cell,
            List<Effect> own,
            Map<String, Double> differences,
            List<Missing> missing,
            boolean summed,
            PairedTest test,
            Optional<PairedTest.Outcome> outcome) {

        static Pending of(Findings findings, Across across, Measure measure, DataSets sets, String variant) {
            Map<Map<String, String>, Effect> byCell = new LinkedHashMap<>();
            findings.effects(measure).stream()
                    .filter(effect -> effect.variant().name().equals(variant))
                    .forEach(effect -> byCell.put(effect.cell(), effect));
            List<Effect> own = new ArrayList<>();
            Map<String, Double> differences = new LinkedHashMap<>();
            List<Missing> missing = new ArrayList<>();
            sets.cells().forEach((name, cell) -> {
                Effect effect = byCell.get(cell);
                if (effect != null) {
                    own.add(effect);
                    if (effect.n() > 0) {
                        differences.put(name, effect.difference());
                    } else {
                        missing.add(missing(name, effect));
                    }
                }
            });
            PairedTest test = switch (across.test()) {
                case SIGN -> PairedTest.signs();
                case PAIRED_PERMUTATION -> PairedTest.signFlips();
                case WILCOXON, PAIRED_T, CORRECTED_RESAMPLED_T -> PairedTest.wilcoxon();
            };
            return new Pending(
                    measure,
                    sets.cell(),
                    own,
                    differences,
                    missing,
                    findings.question().known().isWithoutUnit(measure.name()),
                    test,
                    test.test(array(differences)));
        }

        private static Missing missing(String name, Effect effect) {
            return Stream.of(effect.baseline().name(), effect.variant().name())
                    .flatMap(side -> whole(name, side, effect).stream())
                    .findFirst()
                    .orElse(new Missing(name, Optional.empty(), Gap.Why.NO_RUN));
        }

        /** Why a side has no value at all; empty where it has one. */
        private static Optional<Missing> whole(String name, String side, Effect effect) {
            List<Gap> gaps = effect.gaps().stream()
                    .filter(gap -> gap.variant().equals(side))
                    .toList();
            int pairs = gaps.stream().mapToInt(gap -> gap.pairs().size()).sum();
            return pairs == effect.planned() && pairs > 0
                    ? Optional.of(
                            new Missing(name, Optional.of(side), gaps.get(0).why()))
                    : Optional.empty();
        }

        private static double[] array(Map<String, Double> differences) {
            return differences.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        AcrossEffect judged(OptionalDouble adjusted) {
            Optional<Evidence> evidence = outcome.map(found -> new Evidence(
                    test.word(),
                    found.p(),
                    adjusted.orElseThrow(),
                    found.low(),
                    found.high(),
                    found.level(),
                    found.error()));
            Set<String> failed = new LinkedHashSet<>();
            own.forEach(effect -> Stream.of(effect.variant(), effect.baseline())
                    .filter(side -> side.failed() > 0)
                    .forEach(side -> failed.add(side.name())));
            OptionalDouble same = summed
                    ? measure.sameWithin().stream()
                            .filter(margin -> !margin.percent())
                            .mapToDouble(Measure.Margin::amount)
                            .findFirst()
                    : OptionalDouble.empty();
            String baseline = own.get(0).baseline().name();
            String variant = own.get(0).variant().name();
            Verdict verdict = verdict(evidence, same);
            return new AcrossEffect(
                    measure,
                    same,
                    cell,
                    baseline,
                    variant,
                    differences,
                    missing,
                    summed && !differences.isEmpty()
                            ? OptionalDouble.of(Comparison.mean(array(differences)))
                            : OptionalDouble.empty(),
                    tally(),
                    evidence,
                    List.copyOf(failed),
                    speaksForAFailed(verdict, failed, baseline, variant) ? Verdict.UNDECIDED : verdict);
        }

        private Tally tally() {
            int ties = 0;
            int wins = 0;
            for (double difference : differences.values()) {
                if (difference == 0) {
                    ties++;
                } else if ((difference < 0) == (measure.goal() == Goal.MINIMIZE)) {
                    wins++;
                }
            }
            return new Tally(wins, ties, differences.size() - wins - ties);
        }

        private Verdict verdict(Optional<Evidence> evidence, OptionalDouble same) {
            if (!own.isEmpty() && own.stream().allMatch(effect -> effect.verdict() == Verdict.IDENTICAL)) {
                return Verdict.IDENTICAL;
            }
            if (evidence.isEmpty()) {
                return Verdict.UNDECIDED;
            }
            double low = evidence.get().low();
            double high = evidence.get().high();
            if (same.isPresent() && -same.getAsDouble() <= low && high <= same.getAsDouble()) {
                return Verdict.EQUIVALENT;
            }
            if (!(evidence.get().adjusted() < PairedTest.ALPHA)) {
                return Verdict.UNDECIDED;
            }
            // the interval of what is distinguished from 0 lies on one side of it
            return (high < 0) == (measure.goal() == Goal.MINIMIZE) ? Verdict.BETTER : Verdict.WORSE;
        }

        private static boolean speaksForAFailed(Verdict verdict, Set<String> failed, String baseline, String variant) {
            return switch (verdict) {
                case BETTER -> failed.contains(variant);
                case WORSE -> failed.contains(baseline);
                case IDENTICAL, EQUIVALENT, UNDECIDED -> !failed.isEmpty();
            };
        }
    }
}
