package dev.ablate.runner.compare;

import dev.ablate.runner.compare.Effect.Tally;
import dev.ablate.runner.compare.Effect.Untested;
import dev.ablate.runner.compare.significance.Holm;
import dev.ablate.runner.compare.significance.PairedTest;
import dev.ablate.runner.compare.significance.SeedsNeeded;
import dev.ablate.runner.plan.TestChoice;
import dev.ablate.runner.spec.Spec.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A variant beside the baseline of its cell in one metric, tested, and not yet judged: that needs the others of its family.
 *
 * @param measure which metric
 * @param cell which cell
 * @param baseline whose values are compared with
 * @param variant whose values are compared
 * @param paired the seeds that both have
 * @param planned how many pairs there would be
 * @param pairs the values
 * @param ratio what the test is corrected by; 0 where splits do not overlap
 * @param test which test was asked for
 * @param outcome what it says; empty where it does not apply
 */
record Pairing(
        Measure measure,
        Map<String, String> cell,
        Series baseline,
        Series variant,
        List<Long> paired,
        int planned,
        Pairs pairs,
        double ratio,
        PairedTest test,
        Optional<PairedTest.Outcome> outcome) {

    static Pairing of(Question question, Map<String, String> cell, Measure measure, Series baseline, Series variant) {
        boolean deterministic = baseline.deterministic() && variant.deterministic();
        List<Long> wanted = deterministic ? question.seeds().subList(0, 1) : question.seeds();
        List<Long> paired = wanted.stream()
                .filter(seed -> baseline.at(seed).isPresent())
                .filter(seed -> variant.at(seed).isPresent())
                .toList();
        Pairs pairs = new Pairs(baseline.at(paired), variant.at(paired));
        double ratio = question.test() == TestChoice.CORRECTED_RESAMPLED_T
                ? question.ratio().orElse(Math.max(baseline.ratio(), variant.ratio()))
                : 0;
        PairedTest test = switch (question.test()) {
            case PAIRED_PERMUTATION -> PairedTest.signFlips();
            case PAIRED_T -> PairedTest.student();
            case CORRECTED_RESAMPLED_T -> PairedTest.resampled(ratio);
        };
        return new Pairing(
                measure,
                cell,
                baseline,
                variant,
                paired,
                wanted.size(),
                pairs,
                ratio,
                test,
                deterministic ? Optional.empty() : test.test(pairs.differences()));
    }

    /** What a family comes to: the variants and cells of one metric, in order. */
    static List<Effect> judge(List<Pairing> family, boolean corrected) {
        double[] p = family.stream()
                .flatMap(pairing -> pairing.outcome().stream())
                .mapToDouble(PairedTest.Outcome::p)
                .toArray();
        double[] adjusted = corrected ? Holm.adjust(p) : p;
        int random = (int)
                family.stream().filter(pairing -> !pairing.deterministic()).count();
        List<Effect> effects = new ArrayList<>();
        int tested = 0;
        for (Pairing pairing : family) {
            Optional<Evidence> evidence = pairing.outcome().isEmpty()
                    ? Optional.empty()
                    : Optional.of(pairing.evidence(pairing.outcome().get(), adjusted[tested++]));
            effects.add(pairing.effect(evidence, corrected ? Math.max(1, random) : 1));
        }
        return effects;
    }

    private boolean deterministic() {
        return baseline.deterministic() && variant.deterministic();
    }

    private Evidence evidence(PairedTest.Outcome found, double adjusted) {
        return new Evidence(test.word(), found.p(), adjusted, found.low(), found.high(), found.level());
    }

    private Effect effect(Optional<Evidence> evidence, int family) {
        double[] theirs = baseline.at(paired);
        double difference = Pairs.mean(pairs.differences());
        Tally tally = pairs.tally(measure.goal());
        OptionalDouble sameWithin = sameWithin(Pairs.mean(theirs));
        Optional<Untested> untested = untested(evidence);
        Verdict verdict = verdict(tally, difference, sameWithin, evidence);
        OptionalInt moreSeeds = OptionalInt.empty();
        boolean open = verdict == Verdict.UNDECIDED
                && (evidence.isPresent() || untested.equals(Optional.of(Untested.TOO_FEW)));
        if (open) {
            moreSeeds = moreSeeds(SeedsNeeded.pairs(pairs.differences(), ratio, family, sameWithin));
        }
        return new Effect(
                measure,
                sameWithin,
                cell,
                baseline.side(theirs),
                variant.side(variant.at(paired)),
                planned,
                pairs.n(),
                difference,
                tally,
                evidence,
                untested,
                moreSeeds,
                verdict);
    }

    private OptionalDouble sameWithin(double mean) {
        if (measure.sameWithin().isEmpty() || pairs.n() == 0) {
            return OptionalDouble.empty();
        }
        Measure.Margin margin = measure.sameWithin().get();
        if (!margin.percent()) {
            return OptionalDouble.of(margin.amount());
        }
        return mean == 0 ? OptionalDouble.empty() : OptionalDouble.of(margin.amount() / 100 * Math.abs(mean));
    }

    private Optional<Untested> untested(Optional<Evidence> evidence) {
        if (evidence.isPresent()) {
            return Optional.empty();
        }
        if (pairs.n() == 0) {
            return Optional.of(Untested.NO_PAIR);
        }
        if (deterministic()) {
            return Optional.of(Untested.DETERMINISTIC);
        }
        return Optional.of(pairs.n() < PairedTest.FEWEST ? Untested.TOO_FEW : Untested.NO_SPREAD);
    }

    private Verdict verdict(Tally tally, double difference, OptionalDouble sameWithin, Optional<Evidence> evidence) {
        if (pairs.n() == 0) {
            return Verdict.UNDECIDED;
        }
        if (tally.ties() == pairs.n()) {
            return Verdict.IDENTICAL;
        }
        if (!deterministic() && evidence.isEmpty()) {
            return Verdict.UNDECIDED;
        }
        double low = evidence.map(Evidence::low).orElse(difference);
        double high = evidence.map(Evidence::high).orElse(difference);
        if (sameWithin.isPresent() && -sameWithin.getAsDouble() <= low && high <= sameWithin.getAsDouble()) {
            return Verdict.EQUIVALENT;
        }
        if (evidence.isPresent() && !(evidence.get().adjusted() < PairedTest.ALPHA)) {
            return Verdict.UNDECIDED;
        }
        return (difference < 0) == (measure.goal() == Goal.MINIMIZE) ? Verdict.BETTER : Verdict.WORSE;
    }

    /** Fewer pairs than a test needs are too few whatever the spread says. */
    private OptionalInt moreSeeds(OptionalInt needed) {
        if (needed.isPresent()) {
            return OptionalInt.of(needed.getAsInt() - pairs.n());
        }
        return pairs.n() < PairedTest.FEWEST ? OptionalInt.of(PairedTest.FEWEST - pairs.n()) : OptionalInt.empty();
    }
}
