package dev.ablate.cli.app;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.engine.plan.GroupNames;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Suggestion;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The runs of a plan that {@code --variant} names: of a variant, or of a variant in one cell. */
public final class ChosenRuns {

    private ChosenRuns() {}

    /**
     * The runs of these variants, or of one of their cells, in the plan's order.
     *
     * @param names {@code bias}, {@code bias/learning_rate=0.1}; empty: all
     * @throws UsageException if a name fits none
     */
    public static List<PlannedRun> of(Plan plan, Collection<String> names) {
        List<String> known =
                plan.runs().stream().flatMap(ChosenRuns::names).distinct().toList();
        Set<String> chosen = new HashSet<>();
        for (String name : names) {
            chosen.add(GroupNames.find(name, known).orElseThrow(() -> unknown(name, known, plan)));
        }
        return plan.runs().stream()
                .filter(run -> chosen.isEmpty() || names(run).anyMatch(chosen::contains))
                .toList();
    }

    private static UsageException unknown(String name, List<String> known, Plan plan) {
        String meant = Suggestion.didYouMean(name, known);
        return new UsageException("--variant: no variant '" + name + "'" + (meant.isEmpty() ? "" : "; " + meant)
                + "\n    variants: " + String.join(", ", plan.variants()));
    }

    private static Stream<String> names(PlannedRun run) {
        return Stream.of(run.variant(), run.group()).distinct();
    }
}
