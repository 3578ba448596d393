package dev.ablate.engine.report;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Gap;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why pairs are missing, in words. */
final class GapWords {

    /** More stretches of seeds are only counted. */
    private static final int STRETCHES = 6;

    private GapWords() {}

    /** {@code new has no run of seeds 8 to 10; old has no value for seed 4}; empty where every pair is there. */
    static String of(Effect effect) {
        return effect.gaps().stream().map(GapWords::of).collect(Collectors.joining("; "));
    }

    private static String of(Gap gap) {
        String pairs = inWords(gap.pairs());
        return gap.variant()
                + switch (gap.why()) {
                    case NO_RUN -> " has no run of " + pairs;
                    case NOT_FINISHED -> " did not finish with " + pairs;
                    case FAILED -> " failed with " + pairs;
                    case INFINITE -> " is infinite with " + pairs + ", which counts as failed";
                    case NO_VALUE -> " has no value for " + pairs;
                };
    }

    /** Where both sides have runs, and never of the same pair: which each has. */
    static Optional<String> disjoint(Effect effect) {
        List<Pair> ours = absent(effect, effect.baseline().name());
        List<Pair> theirs = absent(effect, effect.variant().name());
        boolean disjoint = !ours.isEmpty() && !theirs.isEmpty() && ours.size() + theirs.size() == effect.planned();
        return disjoint
                ? Optional.of("they share no " + noun(ours, theirs) + ": "
                        + effect.baseline().name() + " has " + inWords(theirs) + ", "
                        + effect.variant().name() + " has " + inWords(ours))
                : Optional.empty();
    }

    private static String noun(List<Pair> ours, List<Pair> theirs) {
        String noun = ours.get(0).noun();
        return Stream.concat(ours.stream(), theirs.stream())
                        .allMatch(pair -> pair.noun().equals(noun))
                ? noun
                : "pair";
    }

    /** The pairs that a side has no run of. */
    private static List<Pair> absent(Effect effect, String side) {
        return effect.gaps().stream()
                .filter(gap -> gap.why() == Why.NO_RUN && gap.variant().equals(side))
                .flatMap(gap -> gap.pairs().stream())
                .toList();
    }

    /** {@code seed 4}, {@code seeds 1 to 6, 8 and 10}, {@code pairs item-3 and item-7}. */
    static String inWords(List<Pair> pairs) {
        if (pairs.size() == 1) {
            return pairs.get(0).inWords();
        }
        boolean seeds = pairs.stream().allMatch(pair -> pair.seed().isPresent());
        String what = Numbers.plural(noun(pairs, pairs)) + " ";
        List<String> stretches =
                seeds && pairs.stream().allMatch(pair -> pair.fold().isEmpty())
                        ? stretches(pairs)
                        : pairs.stream().map(Pair::text).toList();
        int last = stretches.size() - 1;
        if (stretches.size() > STRETCHES) {
            return what + String.join(", ", stretches.subList(0, STRETCHES)) + " and others, "
                    + Numbers.count(pairs.size()) + " in all";
        }
        return last == 0
                ? what + stretches.get(0)
                : what + String.join(", ", stretches.subList(0, last)) + " and " + stretches.get(last);
    }

    private static List<String> stretches(List<Pair> pairs) {
        List<String> stretches = new ArrayList<>();
        List<Long> sorted = pairs.stream()
                .flatMapToLong(pair -> pair.seed().stream())
                .sorted()
                .boxed()
                .toList();
        int from = 0;
        while (from < sorted.size()) {
            int to = from;
            while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
                to++;
            }
            if (to - from >= 2) {
                stretches.add(sorted.get(from) + " to " + sorted.get(to));
            } else {
                sorted.subList(from, to + 1).forEach(seed -> stretches.add(Long.toString(seed)));
            }
            from = to + 1;
        }
        return stretches;
    }
}
