package dev.ablate.runner.cli;

import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.plan.PlannedRun;
import dev.ablate.runner.spec.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The runs of a plan that {@code --variant} names: of a variant, or of a variant in one cell. */
final class ChosenRuns {

    private ChosenRuns() {}

    /**
     * The runs of these variants, or of one of their cells, in the plan's order.
     *
     * @param names {@code bias}, {@code bias/learning_rate=0.1}; empty: all
     * @throws UsageException if a name fits none
     */
    static List<PlannedRun> of(Plan plan, Collection<String> names) {
        List<String> known =
                plan.runs().stream().flatMap(ChosenRuns::names).distinct().toList();
        for (String name : names) {
            if (!known.contains(name)) {
                String meant = Suggestion.didYouMean(name, known);
                throw new UsageException("--variant: no variant '" + name + "'" + (meant.isEmpty() ? "" : "; " + meant)
                        + "\n    variants: " + String.join(", ", plan.variants()));
            }
        }
        return plan.runs().stream()
                .filter(run -> names.isEmpty() || names(run).anyMatch(names::contains))
                .toList();
    }

    private static Stream<String> names(PlannedRun run) {
        // 1.0 may be typed 1, as in most specs
        String typed = run.group().replaceAll("(?<=[0-9])\\.0(?![0-9])", "");
        return Stream.of(run.variant(), run.group(), typed).distinct();
    }
}
