package dev.ablate.engine.compare;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Effect.Ruler;
import dev.ablate.engine.compare.Effect.Side;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.significance.CorrelatedT;
import dev.ablate.engine.compare.significance.Holm;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.compare.significance.Quantiles;
import dev.ablate.engine.compare.significance.SeedsNeeded;
import dev.ablate.engine.compare.significance.SignTest;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * A variant beside the baseline of its cell in one metric, tested, and not yet judged: that needs the others of its family.
 *
 * @param measure which metric
 * @param cell which cell
 * @param baseline whose values are compared with
 * @param variant whose values are compared
 * @param wanted the pairs that there would be
 * @param pairs those that both have a value of, with the values
 * @param test which test was asked for
 * @param untested why it does not apply, whatever it would say
 * @param outcome what it says; empty where it does not apply
 * @param question what was asked
 */
record Pairing(
        Measure measure,
        Map<String, String> cell,
        Series baseline,
        Series variant,
        List<Pair> wanted,
        Pairs pairs,
        PairedTest test,
        Optional<Untested> untested,
        Optional<PairedTest.Outcome> outcome,
        Question question) {

    /** Of this share of the sum of absolute differences, one pair rules the mean. */
    private static final double RULES = 0.8;

    /** A standard deviation below this share of the mean is rounding. */
    private static final double NO_SPREAD = 1e-12;

    /** One of two pairs is always the greater. */
    private static final int FEWEST_RULED = 3;

    static Pairing of(Question question, Map<String, String> cell, Measure measure, Series baseline, Series variant) {
        boolean deterministic = baseline.deterministic() && variant.deterministic();
        List<Pair> wanted = deterministic ? question.pairs().subList(0, 1) : question.pairs();
        double resolution = question.resolution(measure.name(), cell, Math.max(baseline.rows(), variant.rows()));
        Pairs pairs = new Pairs(wanted, baseline, variant, resolution);
        PairedTest test = switch (question.test()) {
            case PAIRED_PERMUTATION ->
                question.clusters().areNone()
                        ? PairedTest.signFlips()
                        : PairedTest.signFlips(question.clusters().numbers(cell, pairs.pairs()));
            case PAIRED_T -> PairedTest.student();
            case CORRECTED_RESAMPLED_T -> PairedTest.resampled(ratio(question, baseline, variant));
            case WILCOXON -> PairedTest.wilcoxon();
            case SIGN -> PairedTest.signs();
        };
        Pairing untested = new Pairing(
                measure,
                cell,
                baseline,
                variant,
                wanted,
                pairs,
                test,
                withoutChance(baseline, variant, pairs),
                Optional.empty(),
                question);
        return untested.untested().isPresent() ? untested : untested.tested(question.test() == TestChoice.SIGN);
    }

    private static double ratio(Question question, Series baseline, Series variant) {
        return question.ratio().orElse(Math.max(baseline.ratio(), variant.ratio()));
    }

    private static Optional<Untested> withoutChance(Series baseline, Series variant, Pairs pairs) {
        if (baseline.deterministic() && variant.deterministic()) {
            return Optional.of(pairs.n() == 0 ? Untested.NO_PAIR : Untested.DETERMINISTIC);
        }
        if (pairs.n() > 1
                && (baseline.deterministic() || baseline.copies())
                && (variant.deterministic() || variant.copies())) {
            return Optional.of(Untested.COPIES);
        }
        boolean oneSplit = baseline.oneSplit() && variant.oneSplit();
        return oneSplit && pairs.areConstant() ? Optional.of(Untested.CONSTANT) : Optional.empty();
    }

    private Pairing tested(boolean bySigns) {
        double[] differences = bySigns ? withFailures() : pairs.differences();
        Optional<PairedTest.Outcome> found = test.test(differences);
        Optional<Untested> why = Optional.empty();
        if (found.isEmpty()) {
            Untested few = differences.length < PairedTest.FEWEST ? Untested.TOO_FEW : Untested.NO_SPREAD;
            Untested spread = clusters().isPresent() ? Untested.FEW_CLUSTERS : few;
            why = Optional.of(differences.length == 0 ? Untested.NO_PAIR : spread);
        }
        return new Pairing(measure, cell, baseline, variant, wanted, pairs, test, why, found, question);
    }

    /** The differences, and an infinite one for each pair that one side lost by failing. */
    private double[] withFailures() {
        double worse = measure.goal() == Goal.MINIMIZE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        int lost = variant.lost(wanted, baseline);
        double[] all = Arrays.copyOf(pairs.differences(), pairs.n() + lost + baseline.lost(wanted, variant));
        Arrays.fill(all, pairs.n(), all.length, -worse);
        Arrays.fill(all, pairs.n(), pairs.n() + lost, worse);
        return all;
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
        Quantiles quantiles = new Quantiles();
        int tested = 0;
        for (Pairing pairing : family) {
            Optional<Evidence> evidence = pairing.outcome().isEmpty()
                    ? Optional.empty()
                    : Optional.of(pairing.evidence(pairing.outcome().get(), adjusted[tested++]));
            effects.add(pairing.effect(evidence, corrected ? Math.max(1, random) : 1, quantiles));
        }
        return effects;
    }

    private boolean deterministic() {
        return baseline.deterministic() && variant.deterministic();
    }

    private Evidence evidence(PairedTest.Outcome found, double adjusted) {
        return new Evidence(
                test.word(),
                found.p(),
                adjusted,
                pairs.settled(found.low()),
                pairs.settled(found.high()),
                found.level(),
                found.error());
    }

    private Effect effect(Optional<Evidence> evidence, int family, Quantiles quantiles) {
        Side ours = variant.side(wanted, pairs.variant());
        Side theirs = baseline.side(wanted, pairs.baseline());
        Tally tally = tally();
        OptionalDouble sameWithin = sameWithin(theirs.mean());
        double difference = pairs.settled(Pairs.mean(pairs.differences()));
        Verdict verdict = new Judgement(measure.goal(), tally, ours, theirs, untested, evidence)
                .verdict(difference, sameWithin, pairs.n());
        boolean open = verdict == Verdict.UNDECIDED
                && clusters().isEmpty()
                && ours.failed() + theirs.failed() == 0
                && (evidence.isPresent() || untested.equals(Optional.of(Untested.TOO_FEW)));
        List<Gap> gaps = new ArrayList<>(baseline.gaps(wanted));
        gaps.addAll(variant.gaps(wanted));
        return new Effect(
                measure,
                sameWithin,
                cell,
                theirs,
                ours,
                wanted.size(),
                pairs.n(),
                gaps,
                difference,
                tally,
                signs(tally),
                ruler(),
                evidence,
                untested,
                open
                        ? moreSeeds(SeedsNeeded.pairs(test, family, sameWithin, quantiles, pairs.differences()))
                        : OptionalInt.empty(),
                verdict,
                clusters(),
                sizes(tally),
                posterior(sameWithin));
    }

    private OptionalInt clusters() {
        return question.clusters().areNone()
                ? OptionalInt.empty()
                : OptionalInt.of(question.clusters().count(cell, pairs.pairs()));
    }

    /** Copies of one result say nothing of chance, and what is deterministic has no spread. */
    private boolean isRandom() {
        return untested.filter(why -> why == Untested.DETERMINISTIC
                        || why == Untested.COPIES
                        || why == Untested.CONSTANT
                        || why == Untested.NO_PAIR)
                .isEmpty();
    }

    private Effect.Sizes sizes(Tally tally) {
        if (!isRandom()) {
            return Effect.Sizes.NONE;
        }
        double sd = Pairs.sd(pairs.differences());
        double mean = Pairs.mean(pairs.differences());
        // a spread that is rounding is none
        double standardised = sd > NO_SPREAD * Math.abs(mean) ? mean / sd : Double.NaN;
        return new Effect.Sizes(
                Double.isFinite(standardised) ? OptionalDouble.of(standardised) : OptionalDouble.empty(),
                tally.pairs() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((tally.wins() + tally.ties() / 2.0) / tally.pairs()));
    }

    private Optional<Effect.Posterior> posterior(OptionalDouble sameWithin) {
        if (!question.bayes() || !isRandom()) {
            return Optional.empty();
        }
        double ratio = ratio(question, baseline, variant);
        double region = sameWithin.orElse(0);
        return CorrelatedT.of(ratio, region, pairs.differences())
                .map(found -> measure.goal() == Goal.MINIMIZE
                        ? new Effect.Posterior(
                                found.above(), found.within(), found.below(), ratio / (1 + ratio), region)
                        : new Effect.Posterior(
                                found.below(), found.within(), found.above(), ratio / (1 + ratio), region));
    }

    private Tally tally() {
        Tally finished = pairs.tally(measure.goal());
        return new Tally(
                finished.wins() + baseline.lost(wanted, variant),
                finished.ties(),
                finished.losses() + variant.lost(wanted, baseline));
    }

    private OptionalDouble signs(Tally tally) {
        boolean chance = untested.isEmpty()
                || untested.get() == Untested.TOO_FEW
                || untested.get() == Untested.NO_PAIR
                || untested.get() == Untested.NO_SPREAD;
        return chance && clusters().isEmpty() && !deterministic() && tally.pairs() >= PairedTest.FEWEST
                ? OptionalDouble.of(SignTest.p(tally.wins(), tally.losses()))
                : OptionalDouble.empty();
    }

    private Optional<Ruler> ruler() {
        double[] differences = pairs.differences();
        int widest = widest(differences);
        if (differences.length < FEWEST_RULED
                || differences[widest] == 0
                || untested.equals(Optional.of(Untested.COPIES))) {
            return Optional.empty();
        }
        // in units of the widest, since a sum of huge ones overflows
        double share = 1
                / DoubleStream.of(differences)
                        .map(d -> Math.abs(d / differences[widest]))
                        .sum();
        return share > RULES
                ? Optional.of(new Ruler(pairs.pairs().get(widest), differences[widest], share))
                : Optional.empty();
    }

    /** The index of the largest absolute difference, the first of several; 0 without any. */
    private static int widest(double... differences) {
        int widest = 0;
        for (int i = 1; i < differences.length; i++) {
            widest = Math.abs(differences[i]) > Math.abs(differences[widest]) ? i : widest;
        }
        return widest;
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

    /** Fewer pairs than a test needs are too few whatever the spread says. */
    private OptionalInt moreSeeds(OptionalInt needed) {
        if (needed.isPresent()) {
            return OptionalInt.of(needed.getAsInt() - pairs.n());
        }
        return pairs.n() < PairedTest.FEWEST ? OptionalInt.of(PairedTest.FEWEST - pairs.n()) : OptionalInt.empty();
    }
}
