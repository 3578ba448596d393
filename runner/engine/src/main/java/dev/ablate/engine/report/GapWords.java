package dev.ablate.engine.report;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Gap;
import dev.ablate.engine.compare.Gap.Why;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
        String seeds = seeds(gap.seeds());
        return gap.variant()
                + switch (gap.why()) {
                    case NO_RUN -> " has no run of " + seeds;
                    case NOT_FINISHED -> " did not finish with " + seeds;
                    case FAILED -> " failed with " + seeds;
                    case INFINITE -> " is infinite with " + seeds + ", which counts as failed";
                    case NO_VALUE -> " has no value for " + seeds;
                };
    }

    /** Where both sides have runs, and never of the same seed: which each has. */
    static Optional<String> disjoint(Effect effect) {
        List<Long> ours = absent(effect, effect.baseline().name());
        List<Long> theirs = absent(effect, effect.variant().name());
        boolean disjoint = !ours.isEmpty() && !theirs.isEmpty() && ours.size() + theirs.size() == effect.planned();
        return disjoint
                ? Optional.of("they share no seed: " + effect.baseline().name() + " has " + seeds(theirs) + ", "
                        + effect.variant().name() + " has " + seeds(ours))
                : Optional.empty();
    }

    /** The seeds that a side has no run of. */
    private static List<Long> absent(Effect effect, String side) {
        return effect.gaps().stream()
                .filter(gap -> gap.why() == Why.NO_RUN && gap.variant().equals(side))
                .flatMap(gap -> gap.seeds().stream())
                .toList();
    }

    /** {@code seed 4}, {@code seeds 1 to 6, 8 and 10}. */
    static String seeds(List<Long> seeds) {
        if (seeds.size() == 1) {
            return "seed " + seeds.get(0);
        }
        List<String> stretches = new ArrayList<>();
        List<Long> sorted = seeds.stream().sorted().toList();
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
        int last = stretches.size() - 1;
        if (stretches.size() > STRETCHES) {
            return "seeds " + String.join(", ", stretches.subList(0, STRETCHES)) + " and others, "
                    + Numbers.count(seeds.size()) + " in all";
        }
        return last == 0
                ? "seeds " + stretches.get(0)
                : "seeds " + String.join(", ", stretches.subList(0, last)) + " and " + stretches.get(last);
    }
}
