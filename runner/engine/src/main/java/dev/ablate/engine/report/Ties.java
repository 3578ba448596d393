package dev.ablate.engine.report;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.report.layout.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What answers are decided to be, in words; a tie is none, whatever it counts as. */
public final class Ties {

    private final Decision decision;
    private final List<String> classes;

    /** @param classes what the data call the classes 0 and 1, in this order */
    public Ties(Decision decision, List<String> classes) {
        this.decision = decision;
        this.classes = List.copyOf(classes);
    }

    boolean isTie(double answer) {
        return decision.isTie(answer);
    }

    /** {@code answers 0.0411, so 0}. */
    public String decided(double answer) {
        return "answers " + Numbers.rounded(answer, Numbers.SENTENCE) + ", "
                + (isTie(answer) ? inWords() : "so " + classes.get(decision.classOf(answer)));
    }

    /**
     * What groups decide, some of them with several runs: of each where the runs of every group agree, else of those that are tied.
     *
     * @param byGroup one answer a run, by group
     */
    public String decided(Map<String, double[]> byGroup) {
        if (byGroup.values().stream().allMatch(this::agree)) {
            return byGroup.entrySet().stream()
                    .map(group -> group.getKey() + " " + agreed(group.getValue()))
                    .collect(Collectors.joining("; "));
        }
        StringBuilder text = new StringBuilder();
        byGroup.forEach((group, answers) -> {
            long tied = Arrays.stream(answers).filter(this::isTie).count();
            if (tied > 0) {
                boolean first = text.isEmpty();
                text.append(first ? "" : ", ")
                        .append(group)
                        .append(first ? " answers " + threshold() : "")
                        .append(in(tied, answers.length));
            }
        });
        return text + ": " + inWords();
    }

    private String agreed(double[] answers) {
        if (answers.length == 1) {
            return decided(answers[0]);
        }
        String runs = in(answers.length, answers.length);
        return isTie(answers[0])
                ? "answers " + threshold() + runs + ", " + inWords()
                : "decides for " + classes.get(decision.classOf(answers[0])) + runs;
    }

    private boolean agree(double[] answers) {
        return Arrays.stream(answers)
                .allMatch(answer ->
                        isTie(answer) == isTie(answers[0]) && decision.classOf(answer) == decision.classOf(answers[0]));
    }

    private String threshold() {
        return Numbers.rounded(decision.threshold(), Numbers.SENTENCE);
    }

    private String inWords() {
        return "a tie, which decides nothing (it counts as " + classes.get(decision.tie()) + ")";
    }

    private static String in(long runs, int all) {
        if (runs < all || all == 1) {
            return " in " + Numbers.count(runs) + " of " + Numbers.count(all, "run");
        }
        return all == 2 ? " in both runs" : " in all " + Numbers.count(all, "run");
    }
}
