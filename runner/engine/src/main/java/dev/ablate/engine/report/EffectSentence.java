package dev.ablate.engine.report;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Effect.Ruler;
import dev.ablate.engine.compare.Effect.Tally;
import dev.ablate.engine.compare.Effect.Untested;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one effect comes to, and why, in words. */
final class EffectSentence {

    private final Effect effect;
    private final String variant;
    private final String baseline;

    /** What a pair is called. */
    private final String noun;

    /** Likewise where some are missing: {@code pair} for seeds and folds. */
    private final String pair;

    private EffectSentence(Effect effect, String noun, String pair) {
        this.effect = effect;
        this.noun = noun;
        this.pair = pair;
        this.variant = effect.variant().name();
        this.baseline = effect.baseline().name();
    }

    /** {@code bias: train/mse is 0.0619 lower than no-bias (0.000636 against 0.0625); ...}. */
    static String of(Effect effect, Question question) {
        EffectSentence words =
                new EffectSentence(effect, question.pairNoun(), question.haveOwnPairs() ? question.pairNoun() : "pair");
        String what = effect.n() == 0 ? words.withoutAPair() : words.difference() + "; " + words.because();
        return effect.variant().name() + ": " + effect.metric().name() + " " + what
                + aside(effect).map(aside -> "; " + aside).orElse("") + ".";
    }

    /**
     * What the test alone would hide: a pair that rules the mean, and wins and losses with the sign test's p where that pair, a failed run
     * or the signs themselves say something else than the test.
     */
    static Optional<String> aside(Effect effect) {
        EffectSentence words = new EffectSentence(effect, "pair", "pair");
        boolean signsDiffer = effect.verdict() == Verdict.UNDECIDED
                && effect.signs().isPresent()
                && effect.signs().getAsDouble() < PairedTest.ALPHA
                && effect.evidence()
                        .map(evidence -> evidence.adjusted() >= PairedTest.ALPHA)
                        .orElse(true);
        List<String> asides = new ArrayList<>();
        effect.ruler().map(EffectSentence::ruler).ifPresent(asides::add);
        boolean asked = effect.ruler().isPresent() || effect.hasFailures() || signsDiffer;
        if (asked && effect.signs().isPresent() && !words.isByWins()) {
            asides.add(words.variant + " " + words.wins() + " (sign test p = "
                    + Numbers.rounded(effect.signs().getAsDouble(), Numbers.SENTENCE) + ")");
        }
        return asides.isEmpty() ? Optional.empty() : Optional.of(String.join(", and ", asides));
    }

    private static String ruler(Ruler ruler) {
        String share = ruler.share() > 0.9995 ? "more than 99.9 %" : Numbers.percent(ruler.share());
        return ruler.pair().inWords() + " alone (" + Numbers.rounded(ruler.difference(), Numbers.SENTENCE) + ") is "
                + share + " of all differences";
    }

    private String withoutAPair() {
        String reason = effect.evidence().isPresent()
                ? "has no pair with a value on both sides; " + because()
                : "cannot be compared with " + baseline + ": " + gaps();
        return reason;
    }

    private String gaps() {
        return GapWords.disjoint(effect).orElseGet(() -> GapWords.of(effect));
    }

    private String difference() {
        double ours = effect.variant().mean();
        double theirs = effect.baseline().mean();
        if (effect.verdict() == Verdict.IDENTICAL) {
            return "is the same as with " + baseline + " (" + Numbers.rounded(ours, Numbers.SENTENCE) + ")" + pairs();
        }
        int digits = Numbers.digitsToDistinguish(ours, theirs);
        String difference = effect.difference() == 0
                ? "on average the same as with " + baseline
                : Numbers.rounded(Math.abs(effect.difference()), Numbers.SENTENCE)
                        + (effect.difference() < 0 ? " lower than " : " higher than ")
                        + baseline;
        return "is " + difference + " (" + Numbers.rounded(ours, digits) + " against " + Numbers.rounded(theirs, digits)
                + ")" + pairs();
    }

    private String pairs() {
        if (effect.deterministic()) {
            return "";
        }
        String over = effect.n() == effect.planned()
                ? " over " + Numbers.count(effect.n(), noun)
                : " over " + effect.n() + " of " + Numbers.count(effect.planned(), pair);
        return effect.clusters().isPresent()
                ? over + " in " + Numbers.count(effect.clusters().getAsInt(), "cluster")
                : over;
    }

    private String because() {
        if (effect.deterministic()) {
            return (effect.verdict() == Verdict.EQUIVALENT ? "that is within " + margin() + ", the same; " : "")
                    + "both are deterministic, so no test applies";
        }
        if (effect.verdict() == Verdict.IDENTICAL) {
            return "every pair is equal";
        }
        return effect.evidence().map(this::because).orElseGet(this::untested);
    }

    private String untested() {
        return switch (effect.untested().orElse(Untested.NO_PAIR)) {
            case COPIES ->
                "all " + Numbers.plural(noun)
                        + " give the same answers, so they are one result, no test applies, and it is undecided";
            case CONSTANT ->
                "neither side varies over the " + Numbers.plural(noun) + ", so no test applies, and it is undecided";
            case NO_SPREAD ->
                "every pair differs by the same, so a t test has nothing to judge by, and it is undecided";
            case FEW_CLUSTERS ->
                (effect.clusters().orElse(0) == 1
                                ? "one cluster is"
                                : Numbers.count(effect.clusters().orElse(0)) + " clusters are")
                        + " too few for a test, so it is undecided";
            case DETERMINISTIC, NO_PAIR, TOO_FEW ->
                (effect.n() == 1 ? "one pair is" : Numbers.count(effect.n()) + " pairs are")
                        + " too few for a test, so it is undecided";
        };
    }

    private String because(Evidence evidence) {
        if (effect.verdict() == Verdict.EQUIVALENT) {
            return "the whole " + Numbers.percent(evidence.level()) + " interval is within " + margin()
                    + ", so they are equivalent";
        }
        boolean chance = !(evidence.adjusted() < PairedTest.ALPHA);
        String that = isByWins() ? variant + " " + wins() + ", and chance " : "chance ";
        String hold = chance ? "may explain that" : "hardly explains that";
        String but = effect.verdict() == Verdict.UNDECIDED && !chance ? ", but " + failing() : "";
        return that + hold + " (" + p(evidence) + ")" + but + ", so it is "
                + effect.verdict().word();
    }

    private String failing() {
        boolean ours = effect.variant().failed() > 0;
        boolean theirs = effect.baseline().failed() > 0;
        return "runs of " + (ours && theirs ? "both" : ours ? variant : baseline) + " failed";
    }

    /** Whether the test looks at something else than the mean, so that wins and losses are shown in any case. */
    private boolean isByWins() {
        return effect.evidence()
                .map(Evidence::test)
                .filter(test -> test.equals(TestChoice.SIGN.word()) || test.equals(TestChoice.WILCOXON.word()))
                .isPresent();
    }

    /** {@code wins 2 and loses 8 of 10 pairs}. */
    private String wins() {
        Tally tally = effect.tally();
        List<String> parts = new ArrayList<>();
        if (tally.wins() > 0) {
            parts.add("wins " + Numbers.count(tally.wins()));
        }
        if (tally.losses() > 0) {
            parts.add("loses " + Numbers.count(tally.losses()));
        }
        if (parts.isEmpty()) {
            parts.add("wins and loses none");
        }
        return String.join(" and ", parts) + " of " + Numbers.count(tally.pairs(), pair);
    }

    private String margin() {
        return Numbers.rounded(effect.sameWithin().orElseThrow(), Numbers.SENTENCE);
    }

    private String p(Evidence evidence) {
        String test = evidence.test().equals(TestChoice.SIGN.word())
                ? "sign test "
                : evidence.test().equals(TestChoice.WILCOXON.word()) ? "Wilcoxon " : "";
        String raw = test + "p = " + Numbers.rounded(evidence.p(), Numbers.SENTENCE)
                + (evidence.isSampled() ? " +- " + Numbers.rounded(evidence.error(), 1) + ", sampled" : "");
        return evidence.adjusted() == evidence.p()
                ? raw
                : raw + ", adjusted " + Numbers.rounded(evidence.adjusted(), Numbers.SENTENCE);
    }
}
