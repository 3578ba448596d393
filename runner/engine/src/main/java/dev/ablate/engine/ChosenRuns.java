package dev.ablate.engine;

import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.plan.GroupNames;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.train.UnknownVariantException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The runs of a plan that a person names: of a variant, or of a variant in one cell. */
final class ChosenRuns {

    private ChosenRuns() {}

    /**
     * The runs of these variants, or of one of their cells, in the plan's order.
     *
     * @param names {@code bias}, {@code bias/learning_rate=0.1}; empty: all
     * @throws UnknownVariantException if a name fits none
     */
    static List<PlannedRun> of(Plan plan, Collection<String> names) {
        List<String> known =
                plan.runs().stream().flatMap(ChosenRuns::names).distinct().toList();
        Set<String> chosen = new HashSet<>();
        for (String name : names) {
            chosen.add(GroupNames.find(name, known).orElseThrow(() -> new UnknownVariantException(name, known, plan)));
        }
        return plan.runs().stream()
                .filter(run -> chosen.isEmpty() || names(run).anyMatch(chosen::contains))
                .toList();
    }

    private static Stream<String> names(PlannedRun run) {
        return Stream.of(run.variant(), run.group()).distinct();
    }

    /**
     * The first of them whose trainer explains how it makes an update.
     *
     * @throws RequestException if there is none; the message names those that do
     */
    static PlannedRun explainable(Plan plan, Optional<String> variant, Catalog catalog) {
        List<PlannedRun> candidates = of(plan, variant.stream().toList());
        return candidates.stream()
                .filter(run -> run.trainer().explains())
                .findFirst()
                .orElseThrow(() -> unexplained(plan, candidates.get(0), catalog));
    }

    private static RequestException unexplained(Plan plan, PlannedRun run, Catalog catalog) {
        List<String> able = plan.runs().stream()
                .filter(other -> other.trainer().explains())
                .map(PlannedRun::variant)
                .distinct()
                .toList();
        List<String> trainers = catalog.explaining();
        return new RequestException("trainer '" + run.trainer().plugin() + "' of variant '" + run.variant()
                + "' does not explain how it makes an update"
                + (trainers.isEmpty() ? "" : "; those that do: " + String.join(", ", trainers))
                + (able.isEmpty() ? "" : "\n    --variant " + String.join(", --variant ", able)));
    }
}
