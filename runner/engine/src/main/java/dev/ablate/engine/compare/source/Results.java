package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Clusters;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.PairList;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import java.util.List;
import java.util.Map;

/**
 * Runs that no plan made, ready to be compared.
 *
 * @param variants names in the order in which they appear, at least one
 * @param cells the swept leaves by path in the order in which they appear; without any one empty map
 * @param pairs in the order in which they appear
 * @param observations the runs
 * @param differences what is known of what distinguishes the variants
 * @param remarks what was left out or put together, a sentence each
 * @param clusters which pairs belong together
 */
public record Results(
        List<String> variants,
        List<Map<String, String>> cells,
        List<Pair> pairs,
        List<Observation> observations,
        List<Plan.Difference> differences,
        List<String> remarks,
        Clusters clusters) {

    /** Copies the lists. */
    public Results {
        variants = List.copyOf(variants);
        cells = List.copyOf(cells);
        pairs = PairList.copyOf(pairs);
        observations = List.copyOf(observations);
        differences = List.copyOf(differences);
        remarks = List.copyOf(remarks);
    }

    static Results of(List<Observation> observations, List<Plan.Difference> differences) {
        return of(observations, differences, List.of());
    }

    static Results of(List<Observation> observations, List<Plan.Difference> differences, List<String> remarks) {
        PairList pairs =
                PairList.copyOf(observations.stream().map(Observation::pair).toList());
        return of(observations, pairs, differences, remarks, Clusters.NONE);
    }

    /** @param pairs those of the runs, in the order in which they appear */
    static Results of(List<Observation> observations, PairList pairs, List<String> remarks, Clusters clusters) {
        return of(observations, pairs, List.of(), remarks, clusters);
    }

    private static Results of(
            List<Observation> observations,
            PairList pairs,
            List<Plan.Difference> differences,
            List<String> remarks,
            Clusters clusters) {
        return new Results(
                observations.stream().map(Observation::variant).distinct().toList(),
                observations.stream().map(Observation::cell).distinct().toList(),
                pairs,
                observations,
                differences,
                remarks,
                clusters);
    }
}
