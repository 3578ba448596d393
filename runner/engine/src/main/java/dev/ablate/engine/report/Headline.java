package dev.ablate.engine.report;

import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the answer is about where not all variants were asked for: those that were run. */
final class Headline {

    private Headline() {}

    /**
     * The answer.
     *
     * @param only the variants that were asked for; empty: all
     */
    static String of(Findings findings, Collection<String> only) {
        Question question = findings.question();
        List<String> run = question.variants().stream().filter(only::contains).toList();
        if (run.isEmpty()) {
            return Sentence.of(findings);
        }
        boolean compared = hasFinished(findings, question.baseline());
        List<String> challengers = run.stream()
                .filter(variant -> !variant.equals(question.baseline()))
                .toList();
        if (compared && !challengers.isEmpty()) {
            List<String> sides = new ArrayList<>(challengers);
            sides.add(question.baseline());
            return Sentence.of(among(findings, sides));
        }
        return run.stream()
                        .map(variant -> Sentence.of(among(findings, List.of(variant))))
                        .collect(Collectors.joining(" "))
                + (challengers.isEmpty()
                        ? " It is the baseline."
                        : " The baseline " + question.baseline() + " has not been run, so nothing is compared.");
    }

    private static boolean hasFinished(Findings findings, String variant) {
        return findings.question().cells().stream()
                .anyMatch(cell -> !findings.finished(variant, cell).isEmpty());
    }

    /** What was found of these variants; without the baseline nothing is compared. */
    private static Findings among(Findings findings, List<String> variants) {
        Question all = findings.question();
        List<String> kept = all.variants().stream().filter(variants::contains).toList();
        Question question = new Question(
                all.name(),
                kept,
                kept.contains(all.baseline()) ? all.baseline() : kept.get(0),
                all.cells(),
                all.pairs(),
                all.measures(),
                all.test(),
                all.ratio(),
                all.known(),
                all.largestTargets(),
                all.corrected(),
                all.across(),
                all.clusters(),
                all.bayes());
        return new Findings(
                question,
                findings.observations().stream()
                        .filter(run -> kept.contains(run.variant()))
                        .toList(),
                findings.effects().stream()
                        .filter(effect -> kept.contains(effect.variant().name())
                                && kept.contains(effect.baseline().name()))
                        .toList());
    }
}
