package dev.ablate.engine.report.layout;

import dev.ablate.engine.compare.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Verdicts of several cells in words, those first that are most worth saying. */
public final class VerdictWords {

    private static final List<Verdict> BY_WEIGHT =
            List.of(Verdict.BETTER, Verdict.WORSE, Verdict.UNDECIDED, Verdict.EQUIVALENT, Verdict.IDENTICAL);

    private VerdictWords() {}

    /** How soon a verdict is said, from 0. */
    public static int rank(Verdict verdict) {
        return BY_WEIGHT.indexOf(verdict);
    }

    /** {@code better in 2 of 5 cells, undecided in 3}. */
    public static String counted(List<Verdict> verdicts) {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : BY_WEIGHT) {
            long count = verdicts.stream().filter(each -> each == verdict).count();
            if (count > 0) {
                counts.add(verdict.word() + " in " + Numbers.count(count)
                        + (counts.isEmpty() ? " of " + Numbers.count(verdicts.size(), "cell") : ""));
            }
        }
        return String.join(", ", counts);
    }
}
