package dev.ablate.engine.report;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.prepare.CodedFeature;
import dev.ablate.worker.prepare.CodedFeature.Kind;
import dev.ablate.worker.prepare.CodedFeature.Value;
import dev.ablate.worker.prepare.Fitted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of the features of a comparison before anything was learned: a line for each kind of values that are coded alike.
 *
 * @param lines feature by feature
 * @param differs whether variants code a feature in different ways
 */
public record Coding(List<Line> lines, boolean differs) {

    /** Copies the list. */
    public Coding {
        lines = List.copyOf(lines);
    }

    /**
     * Values that are coded alike.
     *
     * @param variants that code them so
     * @param feature its name
     * @param value what they are
     * @param filled what was filled in, over all runs; empty if nothing was
     * @param unmet rows held back whose category no training row has, over all seeds
     */
    public record Line(Set<String> variants, String feature, Value value, String filled, int unmet) {

        /** Copies the set, keeping its order. */
        public Line {
            variants = Collections.unmodifiableSet(new LinkedHashSet<>(variants));
        }

        /** What a model sees of these values, in words. */
        public String columns() {
            return value.kind() == Kind.REFERENCE ? "none: the reference" : String.join(", ", value.columns());
        }
    }

    /** What was filled in, by runs of those variants that code a feature in one way. */
    private static final class Filled {

        private final Set<String> variants = new LinkedHashSet<>();
        private final Set<Double> numbers = new TreeSet<>();
        private final Set<String> categories = new TreeSet<>();

        void add(PlannedRun run, String feature, Optional<Fitted> fitted) {
            variants.add(run.variant());
            fitted.ifPresent(by -> {
                by.number(feature).ifPresent(numbers::add);
                by.category(feature).ifPresent(categories::add);
            });
        }

        String inWords() {
            if (numbers.isEmpty()) {
                return String.join(" or ", categories);
            }
            List<Double> sorted = List.copyOf(numbers);
            String least = Numbers.rounded(sorted.get(0));
            String most = Numbers.rounded(sorted.get(sorted.size() - 1));
            return least.equals(most) ? least : least + " to " + most;
        }
    }

    /** Of all finished runs; no line where data are numbers without a missing value. */
    public static Coding of(Comparison comparison) {
        SharedData data = new SharedData();
        Map<String, Map<CodedFeature, Filled>> byFeature = new LinkedHashMap<>();
        List<Outcome> finished = comparison.findings().question().cells().stream()
                .flatMap(cell -> comparison.findings().question().variants().stream()
                        .flatMap(variant -> comparison.finished(variant, cell).stream()))
                .toList();
        for (Outcome outcome : finished) {
            PlannedRun run = outcome.run();
            Optional<Fitted> fitted = run.context().preparation().isOfExamples()
                    ? Optional.empty()
                    : data.of(run.context()).fitted();
            for (CodedFeature feature : run.context().preparation().coded()) {
                byFeature
                        .computeIfAbsent(feature.name(), none -> new LinkedHashMap<>())
                        .computeIfAbsent(feature, none -> new Filled())
                        .add(run, feature.name(), fitted);
            }
        }
        Map<String, Integer> unmet = UnmetCategories.counts(finished);
        List<Line> lines = new ArrayList<>();
        byFeature.forEach((name, codings) -> codings.forEach((feature, filled) -> feature.values()
                .forEach(value -> lines.add(new Line(
                        filled.variants,
                        name,
                        value,
                        value.kind() == Kind.FILLED_IN ? filled.inWords() : "",
                        unmet.getOrDefault(name + "=" + value.name(), 0))))));
        return new Coding(lines, byFeature.values().stream().anyMatch(codings -> codings.size() > 1));
    }
}
