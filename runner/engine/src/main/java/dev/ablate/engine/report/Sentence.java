package dev.ablate.engine.report;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.across.AcrossWords;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.layout.Printable;
import dev.ablate.engine.report.layout.VerdictWords;
import dev.ablate.engine.train.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer in one sentence that any names fit. */
final class Sentence {

    private Sentence() {}

    /** About the primary metric, of the variant that says most; the others are in the table. */
    static String of(Findings findings) {
        List<Effect> effects = findings.effects(findings.question().primary());
        Optional<String> across = AcrossWords.sentence(findings);
        if (across.isPresent()) {
            return failures(findings) + across.get();
        }
        String answer = about(findings)
                .map(effect -> EffectSentence.of(effect, findings.question()))
                .orElseGet(() -> effects.isEmpty() ? ofOne(findings) : ofCells(findings, effects));
        return failures(findings) + answer;
    }

    /** The effect that it is about; empty where it is about all cells, or nothing is compared. */
    static Optional<Effect> about(Findings findings) {
        List<Effect> effects = findings.effects(findings.question().primary());
        return effects.isEmpty() || findings.question().hasCells() ? Optional.empty() : Optional.of(mostSaid(effects));
    }

    /** {@code 6 of 12 runs of new failed. }, of each variant that has such runs. */
    private static String failures(Findings findings) {
        return findings.question().variants().stream()
                .filter(variant -> findings.failed(variant) > 0)
                .map(variant -> findings.failed(variant) + " of " + Numbers.count(findings.runs(variant), "run")
                        + " of " + variant + " failed. ")
                .collect(Collectors.joining());
    }

    /**
     * Why runs failed: a paragraph for those of a variant that failed in the same way, as they most often do.
     *
     * @param failed in the order of the runs
     * @param command runs their experiment again
     */
    static List<String> reasons(List<Outcome> failed, String command) {
        Map<List<Object>, List<Outcome>> alike = new LinkedHashMap<>();
        for (Outcome outcome : failed) {
            // figures are each run's own
            String way = outcome.record().error().orElse("").replaceAll("\\d+(\\.\\d+)?(e-?\\d+)?", "");
            alike.computeIfAbsent(
                            List.of(outcome.run().variant(), outcome.run().cell(), way), none -> new ArrayList<>())
                    .add(outcome);
        }
        return alike.values().stream()
                .map(runs -> reason(runs.get(0), runs.size() - 1, command))
                .toList();
    }

    private static String reason(Outcome outcome, int more, String command) {
        return "run " + outcome.run().label() + " "
                + outcome.record().error().map(Printable::reason).orElse("failed, and no reason was recorded")
                + (more == 0 ? "" : "; " + Numbers.count(more, "more run") + " of this variant failed in the same way")
                + (outcome.run().cell().isEmpty()
                        ? ". To repeat it alone: "
                        : ". To repeat it with the other cells of its seed: ")
                + command + " --only " + outcome.run().variant() + " --seeds "
                + outcome.run().seed() + " --retry-failed -v";
    }

    private static Effect mostSaid(List<Effect> effects) {
        return effects.stream()
                .min(Comparator.comparing((Effect effect) -> effect.n() == 0)
                        .thenComparing(effect -> VerdictWords.rank(effect.verdict()))
                        .thenComparing(effect -> -Math.abs(effect.difference())))
                .orElseThrow();
    }

    /** Of the variant that is better or worse in the most cells. */
    private static String ofCells(Findings findings, List<Effect> effects) {
        Map<String, Long> said = effects.stream()
                .filter(Sentence::isSaid)
                .collect(Collectors.groupingBy(effect -> effect.variant().name(), Collectors.counting()));
        // of equal ones the first
        String variant = findings.question().challengers().stream()
                .reduce((best, next) -> said.getOrDefault(next, 0L) > said.getOrDefault(best, 0L) ? next : best)
                .orElseThrow();
        List<Effect> cells = effects.stream()
                .filter(effect -> effect.variant().name().equals(variant))
                .toList();
        String chance =
                effects.stream().allMatch(Effect::deterministic) ? "; all are deterministic, so no test applies" : "";
        return variant + ": " + findings.question().primary().name() + " against "
                + findings.question().baseline() + " is "
                + VerdictWords.counted(cells.stream().map(Effect::verdict).toList()) + chance
                + winner(findings)
                + ".";
    }

    /** The best of a sweep: as it was chosen on rows to choose by, or else as it was chosen where it is judged. */
    private static String winner(Findings findings) {
        return ChosenByValidation.of(findings)
                .map(ChosenByValidation::inWords)
                .or(() -> Decided.of(findings)
                        .map(best -> best.inWords(findings.question().primary())))
                .map(words -> "; " + words)
                .orElse("");
    }

    private static boolean isSaid(Effect effect) {
        return effect.verdict() == Verdict.BETTER || effect.verdict() == Verdict.WORSE;
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
                    + Decided.range(findings)
                            .map(range -> " is " + range + " in "
                                    + Numbers.count(findings.question().cells().size(), "cell"))
                            .orElse(" has no value in any cell")
                    + winner(findings)
                    + ".";
        }
        List<Observation> finished =
                findings.finished(variant, findings.question().cells().get(0));
        double[] values = values(finished, primary);
        if (values.length == 0) {
            return variant + ": " + (finished.isEmpty() ? "no run finished." : primary.name() + " is undefined.");
        }
        String over = values.length == 1
                ? ""
                : " on average of "
                        + Numbers.count(values.length, findings.question().pairNoun());
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
