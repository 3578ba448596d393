package dev.ablate.runner.report;

import dev.ablate.runner.compare.Comparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Learned numbers by name, for each variant the mean over its finished runs.
 *
 * @param names of all variants, in a model's order
 * @param byVariant the numbers of a variant by name; a variant without any is absent
 */
record Weights(List<String> names, Map<String, Map<String, Double>> byVariant) {

    /** What holds the weighted sum up when all features are 0; not a weight of anything. */
    private static final String BIAS = "bias";

    static Weights of(Comparison comparison) {
        Map<String, Map<String, Double>> byVariant = new LinkedHashMap<>();
        for (String variant : comparison.plan().variants()) {
            List<Map<String, Double>> runs = comparison.finished(variant).stream()
                    .map(outcome -> outcome.record().parameters())
                    .filter(parameters -> !parameters.isEmpty())
                    .toList();
            if (!runs.isEmpty()) {
                byVariant.put(variant, means(runs));
            }
        }
        Set<String> names = new LinkedHashSet<>();
        byVariant.values().stream().map(Map::keySet).forEach(names::addAll);
        // the bias last, though the first variant may have none
        List<String> ordered = new ArrayList<>(names);
        if (ordered.remove(BIAS)) {
            ordered.add(BIAS);
        }
        return new Weights(ordered, byVariant);
    }

    /** Which weight is the largest and which the smallest; empty unless each feature has one weight and there are three or more. */
    Optional<String> inWords(String variant, Collection<String> features) {
        List<Map.Entry<String, Double>> weights = byVariant.getOrDefault(variant, Map.of()).entrySet().stream()
                .filter(weight -> !weight.getKey().equals(BIAS))
                .sorted(Comparator.comparing(weight -> -Math.abs(weight.getValue())))
                .toList();
        if (weights.size() < 3 || !weights.stream().map(Map.Entry::getKey).allMatch(features::contains)) {
            return Optional.empty();
        }
        return Optional.of(variant + ": " + told(weights.get(0)) + " weighs most, "
                + told(weights.get(weights.size() - 1)) + " least.");
    }

    private static String told(Map.Entry<String, Double> weight) {
        return weight.getKey() + " (" + Numbers.rounded(weight.getValue(), Numbers.SENTENCE) + ")";
    }

    private static Map<String, Double> means(List<Map<String, Double>> runs) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (String name : runs.get(0).keySet()) {
            means.put(
                    name,
                    runs.size() == 1
                            ? runs.get(0).get(name)
                            : runs.stream()
                                    .map(run -> run.get(name))
                                    .filter(Objects::nonNull)
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElseThrow());
        }
        return means;
    }
}
