package dev.ablate.runner.report;

import dev.ablate.core.data.Dataset;
import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.train.Outcome;
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
import java.util.function.Function;

/**
 * Learned numbers by name, for each group the mean over its finished runs.
 *
 * @param names of all groups, in a model's order
 * @param byGroup the numbers of a group by name, by the group's label; a group without any is absent
 */
public record Weights(List<String> names, Map<String, Map<String, Double>> byGroup) {

    /** What holds the weighted sum up when all features are 0; not a weight of anything. */
    private static final String BIAS = "bias";

    /** As they were learned. */
    public static Weights of(Comparison comparison) {
        return of(comparison, outcome -> outcome.record().parameters());
    }

    /** As they are for data in raw units; empty where nothing was scaled. */
    public static Weights raw(Comparison comparison) {
        return of(
                comparison,
                outcome -> comparison.rawParameters().getOrDefault(outcome.run().key(), Map.of()));
    }

    private static Weights of(Comparison comparison, Function<Outcome, Map<String, Double>> parameters) {
        Map<String, Map<String, Double>> byGroup = new LinkedHashMap<>();
        for (Group group : Group.of(comparison.findings().question())) {
            List<Map<String, Double>> runs = group.finished(comparison).stream()
                    .map(parameters)
                    .filter(numbers -> !numbers.isEmpty())
                    .toList();
            if (!runs.isEmpty()) {
                byGroup.put(group.label(), means(runs));
            }
        }
        Set<String> names = new LinkedHashSet<>();
        byGroup.values().stream().map(Map::keySet).forEach(names::addAll);
        // the bias last, though the first group may have none
        List<String> ordered = new ArrayList<>(names);
        if (ordered.remove(BIAS)) {
            ordered.add(BIAS);
        }
        return new Weights(ordered, byGroup);
    }

    /** Which weight is the largest and which the smallest; empty unless each feature has one weight and there are three or more. */
    Optional<String> inWords(String group, Collection<String> features) {
        List<Map.Entry<String, Double>> weights = byGroup.getOrDefault(group, Map.of()).entrySet().stream()
                .filter(weight -> !weight.getKey().equals(BIAS))
                .sorted(Comparator.comparing(weight -> -Math.abs(weight.getValue())))
                .toList();
        if (weights.size() < 3 || !weights.stream().map(Map.Entry::getKey).allMatch(features::contains)) {
            return Optional.empty();
        }
        return Optional.of(group + ": " + told(weights.get(0)) + " weighs most, "
                + told(weights.get(weights.size() - 1)) + " least.");
    }

    /** How large a weight is at most, in any group. */
    public double largest(String name) {
        return byGroup.values().stream()
                .map(numbers -> numbers.get(name))
                .filter(Objects::nonNull)
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
    }

    /**
     * The unit of a weight for data in raw units: {@code dollars per square foot}; of a bias, the target's.
     *
     * @return empty where the data name no unit
     */
    public static String unit(Dataset dataset, String name) {
        String target = dataset.units().getOrDefault(dataset.target(), "");
        if (name.equals(BIAS)) {
            return target;
        }
        String feature = dataset.units().getOrDefault(name, "");
        if (feature.isEmpty()) {
            return target;
        }
        return (target.isEmpty() ? "" : target + " ") + "per " + one(feature);
    }

    /** One of a unit: {@code square foot} of {@code square feet}. */
    private static String one(String unit) {
        if (unit.endsWith("feet")) {
            return unit.substring(0, unit.length() - "feet".length()) + "foot";
        }
        return unit.endsWith("s") && !unit.endsWith("ss") ? unit.substring(0, unit.length() - 1) : unit;
    }

    private static String told(Map.Entry<String, Double> weight) {
        return weight.getKey() + " (" + Numbers.rounded(weight.getValue(), Numbers.SENTENCE) + ")";
    }

    private static Map<String, Double> means(List<Map<String, Double>> runs) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (String name : runs.get(0).keySet()) {
            means.put(
                    name,
                    Comparison.mean(runs.stream()
                            .map(run -> run.get(name))
                            .filter(Objects::nonNull)
                            .mapToDouble(Double::doubleValue)
                            .toArray()));
        }
        return means;
    }
}
