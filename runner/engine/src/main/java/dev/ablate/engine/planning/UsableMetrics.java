package dev.ablate.engine.planning;

import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metrics of plugins, and why some of them cannot be used.
 *
 * @param metrics those that can
 * @param unusable what is wrong with the others, by name
 */
record UsableMetrics(Metrics metrics, Map<String, String> unusable) {

    UsableMetrics {
        unusable = Map.copyOf(unusable);
    }

    static UsableMetrics of(Catalog catalog) {
        Map<String, String> unusable = new TreeMap<>();
        Metrics metrics = catalog.metrics((name, e) -> unusable.put(name, String.valueOf(e.getMessage())));
        return new UsableMetrics(metrics, unusable);
    }

    /** Why a metric cannot be used; empty if it can, or is not there. */
    Optional<String> reason(String name) {
        return Optional.ofNullable(unusable.get(name));
    }

    /** Warns of those that cannot be used, and which nothing asks for. */
    void warn(Problems problems) {
        List<String> said = problems.all().stream().map(Problem::message).toList();
        unusable.values().stream()
                .sorted()
                .filter(reason -> !said.contains(reason))
                .forEach(reason -> problems.add(new Problem(
                        Problem.Severity.WARNING, Optional.empty(), reason, "", List.of("it is not measured"))));
    }
}
