package dev.ablate.engine.report;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Learned numbers by name, for each group of single neurons, or of one for each class, the mean over its finished runs.
 *
 * <p>Hidden layers have no mean: the units of one seed may stand in another order than those of the next. Weights say how much a
 * feature counts only where they are comparable: of a neuron that was trained, on features of one scale.
 */
public final class Weights {

    /** What holds the weighted sum up when all features are 0; not a weight of anything. */
    private static final String BIAS = "bias";

    /** Weights that differ by less, relatively, look alike where three digits are printed. */
    private static final double ALIKE = 0.005;

    private final List<String> names;
    private final Map<String, Map<String, Double>> means = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();
    private final Map<String, WeightScale> scales = new LinkedHashMap<>();
    private final Map<String, Outcome> layered = new LinkedHashMap<>();

    private Weights(Comparison comparison, Function<Outcome, Map<String, Double>> parameters) {
        for (Group group : Group.of(comparison.findings().question())) {
            List<Outcome> finished = group.finished(comparison).stream()
                    .filter(outcome -> !parameters.apply(outcome).isEmpty())
                    .toList();
            if (finished.isEmpty()) {
                continue;
            }
            Set<String> ofOneLayer = namesOfOneLayer(finished.get(0).run());
            if (finished.stream()
                    .allMatch(outcome ->
                            ofOneLayer.containsAll(parameters.apply(outcome).keySet()))) {
                List<Map<String, Double>> numbers =
                        finished.stream().map(parameters).toList();
                runs.put(group.label(), numbers);
                means.put(group.label(), means(numbers));
                scales.put(group.label(), WeightScale.of(finished));
            } else {
                layered.put(group.label(), finished.get(0));
            }
        }
        Set<String> known = new LinkedHashSet<>();
        means.values().stream().map(Map::keySet).forEach(known::addAll);
        // the bias last, though the first group may have none
        List<String> ordered = new ArrayList<>(known);
        List<String> biases = ordered.stream().filter(Weights::isBias).toList();
        ordered.removeAll(biases);
        ordered.addAll(biases);
        names = List.copyOf(ordered);
    }

    /** As they were learned. */
    public static Weights of(Comparison comparison) {
        return new Weights(comparison, outcome -> outcome.record().parameters());
    }

    /** As they are for data in raw units; empty where nothing was scaled. */
    public static Weights raw(Comparison comparison) {
        return new Weights(
                comparison,
                outcome -> comparison.rawParameters().getOrDefault(outcome.run().key(), Map.of()));
    }

    /** Of one neuron, or of one for each class, whose weights are called {@code feature/class}; the same for all runs of a group. */
    private static Set<String> namesOfOneLayer(PlannedRun run) {
        List<String> inputs = new ArrayList<>(run.features());
        inputs.add(BIAS);
        return run.dataset().learns(Task.CLASSES)
                ? inputs.stream()
                        .flatMap(input -> run.dataset().classes().stream().map(label -> input + "/" + label))
                        .collect(Collectors.toSet())
                : Set.copyOf(inputs);
    }

    /** Whether a number is a neuron's bias: {@code bias}, or {@code bias/alba} where each class has a neuron. */
    public static boolean isBias(String name) {
        return name.equals(BIAS) || name.startsWith(BIAS + "/");
    }

    /** Of all groups of single neurons, in a model's order. */
    public List<String> names() {
        return names;
    }

    /** The numbers of a group of single neurons by name, by the group's label; a group without any is absent. */
    public Map<String, Map<String, Double>> byGroup() {
        return Collections.unmodifiableMap(means);
    }

    /** The first finished run of each group with more than one neuron, by the group's label. */
    public Map<String, Outcome> layered() {
        return Collections.unmodifiableMap(layered);
    }

    /** Whether a longer bar means that its feature counts for more: several features, trained on and of one scale in every group. */
    public boolean comparable() {
        return hasSeveral()
                && scales.values().stream().allMatch(WeightScale::comparable)
                && scales.values().stream().distinct().count() == 1;
    }

    /** Why the weights cannot be compared, and the way out; empty where they can, or where there is nothing to compare. */
    public Optional<String> caution() {
        if (!hasSeveral() || comparable()) {
            return Optional.empty();
        }
        return Optional.of(scales.values().stream()
                .flatMap(scale -> scale.caution().stream())
                .distinct()
                .findFirst()
                .orElse("The variants scale their features differently, so their weights cannot be compared."));
    }

    /** Whether a group of single neurons has a bias. */
    public boolean hasBias(String group) {
        return means.getOrDefault(group, Map.of()).keySet().stream().anyMatch(Weights::isBias);
    }

    private boolean hasSeveral() {
        return names.stream().filter(name -> !isBias(name)).count() > 1;
    }

    /**
     * Which weight is the largest and which the smallest.
     *
     * @return empty unless each feature has one weight, there are three or more, they are comparable, and every run agrees
     */
    Optional<String> inWords(String group, Collection<String> features) {
        WeightScale scale = scales.get(group);
        if (scale == null || !scale.comparable()) {
            return Optional.empty();
        }
        List<Map.Entry<String, Double>> weights = sorted(means.getOrDefault(group, Map.of()));
        if (weights.size() < 3 || !weights.stream().map(Map.Entry::getKey).allMatch(features::contains)) {
            return Optional.empty();
        }
        int last = weights.size() - 1;
        boolean most = differ(weights, 0, 1) && agreed(group, all -> all.get(0).getKey());
        boolean least = differ(weights, last, last - 1)
                && agreed(group, all -> all.get(last).getKey());
        if (!most) {
            return Optional.empty();
        }
        return Optional.of(group + ": " + words(weights.get(0)) + " weighs most"
                + (least ? ", " + words(weights.get(last)) + " least." : "."));
    }

    /** Whether two weights differ by more than what is not printed of them. */
    private static boolean differ(List<Map.Entry<String, Double>> weights, int one, int other) {
        double first = Math.abs(weights.get(one).getValue());
        double second = Math.abs(weights.get(other).getValue());
        return Math.abs(first - second) > ALIKE * Math.max(first, second);
    }

    private boolean agreed(String group, Function<List<Map.Entry<String, Double>>, String> chosen) {
        return runs.getOrDefault(group, List.of()).stream()
                        .map(numbers -> chosen.apply(sorted(numbers)))
                        .collect(Collectors.toSet())
                        .size()
                == 1;
    }

    /** The weights without the bias, the largest first. */
    private static List<Map.Entry<String, Double>> sorted(Map<String, Double> numbers) {
        return numbers.entrySet().stream()
                .filter(weight -> !isBias(weight.getKey()))
                .sorted(Comparator.comparing(weight -> -Math.abs(weight.getValue())))
                .toList();
    }

    /** How large a weight is at most, in any group. */
    public double largest(String name) {
        return means.values().stream()
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
        String target = dataset.schema().target().map(Column::unit).orElse("");
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

    private static String words(Map.Entry<String, Double> weight) {
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
