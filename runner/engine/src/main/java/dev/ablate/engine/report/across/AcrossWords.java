package dev.ablate.engine.report.across;

import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.compare.across.AcrossEffect;
import dev.ablate.engine.compare.across.AcrossEffect.Missing;
import dev.ablate.engine.compare.across.Overall;
import dev.ablate.engine.compare.significance.PairedTest;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.VerdictWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The answer over all data sets in words. */
public final class AcrossWords {

    private AcrossWords() {}

    /** The sentence, of the variant that says most in the primary metric; empty where the question is not about data sets. */
    public static Optional<String> sentence(Findings findings) {
        return Overall.of(findings)
                .map(overall -> overall.effects(findings.question().primary()))
                .map(AcrossWords::sentence);
    }

    private static String sentence(List<AcrossEffect> effects) {
        AcrossEffect most = effects.stream()
                .min(Comparator.comparing((AcrossEffect effect) -> effect.n() == 0)
                        .thenComparing(effect -> VerdictWords.rank(effect.verdict()))
                        .thenComparing(
                                effect -> effect.evidence().map(Evidence::p).orElse(1.0)))
                .orElseThrow();
        List<AcrossEffect> cells = effects.stream()
                .filter(effect -> effect.variant().equals(most.variant()))
                .toList();
        return cells.size() == 1 ? sentence(most) : ofCells(most, cells);
    }

    private static String ofCells(AcrossEffect most, List<AcrossEffect> cells) {
        return most.variant() + ": " + most.metric().name() + " against " + most.baseline() + ", each time across "
                + Numbers.count(most.dataSets(), "data set") + ", is "
                + VerdictWords.counted(cells.stream().map(AcrossEffect::verdict).toList()) + ".";
    }

    /** {@code deep: accuracy is higher than shallow on 9 of 12 data sets and lower on 3; ..., so it is better across them.} */
    static String sentence(AcrossEffect effect) {
        String subject = effect.variant() + ": " + effect.metric().name() + " ";
        if (effect.n() == 0) {
            return subject + "cannot be compared with " + effect.baseline() + " on any of "
                    + Numbers.count(effect.dataSets(), "data set") + ".";
        }
        return subject + "is " + places(effect) + average(effect) + "; " + because(effect) + ".";
    }

    /** {@code higher than shallow on 9 of 12 data sets and lower on 3}. */
    private static String places(AcrossEffect effect) {
        long higher = effect.differences().values().stream().filter(d -> d > 0).count();
        long lower = effect.differences().values().stream().filter(d -> d < 0).count();
        long same = effect.n() - higher - lower;
        String sets = Numbers.count(effect.n(), "data set");
        if (higher + lower == 0) {
            return "the same as with " + effect.baseline() + " on " + (same == 1 ? "the " : "all ") + sets;
        }
        boolean up = higher >= lower;
        long first = Math.max(higher, lower);
        long second = Math.min(higher, lower);
        return (up ? "higher" : "lower") + " than " + effect.baseline() + " on "
                + (first == effect.n()
                        ? first == 1 ? "the " + sets : "all " + sets
                        : Numbers.count(first) + " of " + sets)
                + (second == 0
                        ? ""
                        : (same == 0 ? " and " : ", ") + (up ? "lower" : "higher") + " on " + Numbers.count(second))
                + (same == 0 ? "" : " and the same on " + Numbers.count(same));
    }

    private static String average(AcrossEffect effect) {
        double mean = effect.difference().orElse(0);
        return mean == 0
                ? ""
                : ", on average " + Numbers.rounded(Math.abs(mean), Numbers.SENTENCE)
                        + (mean > 0 ? " higher" : " lower");
    }

    private static String because(AcrossEffect effect) {
        if (effect.verdict() == Verdict.IDENTICAL) {
            return "every pair is equal";
        }
        if (effect.evidence().isEmpty()) {
            return (effect.n() == 1 ? "one data set is" : Numbers.count(effect.n()) + " data sets are")
                    + " too few for a test across them, which takes at least " + PairedTest.FEWEST
                    + ", so it is undecided";
        }
        Evidence evidence = effect.evidence().get();
        if (effect.verdict() == Verdict.EQUIVALENT) {
            return "the whole " + Numbers.percent(evidence.level()) + " interval is within "
                    + Numbers.rounded(effect.sameWithin().orElseThrow(), Numbers.SENTENCE)
                    + ", so they are equivalent across them";
        }
        boolean chance = !(evidence.adjusted() < PairedTest.ALPHA);
        String failed = effect.verdict() == Verdict.UNDECIDED
                        && !effect.failed().isEmpty()
                ? ", " + (chance ? "and" : "but") + " runs of " + String.join(" and ", effect.failed()) + " failed"
                : "";
        return "chance " + (chance ? "may explain that (" : "hardly explains that (") + p(effect, evidence) + ")"
                + failed + ", so it is " + effect.verdict().word() + " across them";
    }

    private static String p(AcrossEffect effect, Evidence evidence) {
        String raw = method(evidence.test(), effect.n()) + ", p = " + Numbers.rounded(evidence.p(), Numbers.SENTENCE);
        return evidence.adjusted() == evidence.p()
                ? raw
                : raw + ", adjusted " + Numbers.rounded(evidence.adjusted(), Numbers.SENTENCE);
    }

    /**
     * {@code exact Wilcoxon signed ranks}.
     *
     * @param test its word
     * @param n over so many data sets
     */
    public static String method(String test, int n) {
        if (test.equals(TestChoice.WILCOXON.word())) {
            return (n <= PairedTest.EXACT_RANKS ? "exact " : "") + "Wilcoxon signed ranks";
        }
        return test.equals(TestChoice.SIGN.word()) ? "exact sign test" : "sign flips of the means";
    }

    /** What to bear in mind, a sentence each: data sets that are left out, and ranks of differences in different units. */
    public static List<String> caveats(Findings findings) {
        Optional<Overall> overall = Overall.of(findings);
        if (overall.isEmpty()) {
            return List.of();
        }
        List<String> caveats = new ArrayList<>();
        for (AcrossEffect effect : overall.get().effects()) {
            if (!effect.missing().isEmpty()) {
                caveats.add(subject(effect) + ": " + effect.n() + " of " + Numbers.count(effect.dataSets(), "data set")
                        + "; " + missing(effect) + ".");
            }
        }
        if (overall.get().across().test() == TestChoice.WILCOXON) {
            caveats.addAll(units(findings.question(), overall.get()));
        }
        return caveats;
    }

    private static String subject(AcrossEffect effect) {
        return effect.variant() + " against " + effect.baseline()
                + (effect.cell().isEmpty() ? "" : ", " + PlannedRun.cellLabel(effect.cell()))
                + ", " + effect.metric().name();
    }

    /** {@code deep has no value on iris and wine; they share no pair on glass}. */
    private static String missing(AcrossEffect effect) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (Missing missing : effect.missing()) {
            String reason =
                    missing.variant().map(side -> side + words(missing.why())).orElse("they share no pair");
            byReason.computeIfAbsent(reason, none -> new ArrayList<>()).add(missing.dataSet());
        }
        List<String> parts = new ArrayList<>();
        byReason.forEach((reason, sets) -> parts.add(reason + " on " + String.join(", ", sets)));
        return String.join("; ", parts);
    }

    private static String words(Why why) {
        return switch (why) {
            case NO_RUN -> " has no run";
            case NOT_FINISHED -> " did not finish";
            case FAILED -> " failed";
            case INFINITE -> " is infinite, which counts as failed,";
            case NO_VALUE -> " has no value";
        };
    }

    private static List<String> units(Question question, Overall overall) {
        Set<String> caveats = new LinkedHashSet<>();
        for (AcrossEffect effect : overall.effects()) {
            String metric = effect.metric().name();
            if (effect.evidence().isPresent() && !question.known().isWithoutUnit(metric)) {
                caveats.add((question.known().isOfTarget(metric)
                                ? metric + " is in the unit of each target"
                                : metric + " may have a unit of its own on each data set")
                        + ", so no mean over data sets is shown, and large numbers have high ranks whatever their unit is."
                        + " The test sign counts all data sets alike.");
            }
        }
        return List.copyOf(caveats);
    }
}
