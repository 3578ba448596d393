package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.worker.catalog.BoundMetric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a metric says of itself, in words. */
final class MetricFacts {

    private MetricFacts() {}

    /** By what it is about, in order. */
    static Map<String, String> of(BoundMetric metric) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "of",
                Stream.of(Task.values())
                        .filter(metric::fits)
                        .map(MetricFacts::words)
                        .collect(Collectors.joining(", ")));
        facts.put(
                "better",
                metric.goal()
                        .map(goal -> switch (goal) {
                            case MINIMIZE -> "lower";
                            case MAXIMIZE -> "higher";
                        })
                        .orElse("neither by its nature: a spec that compares it gives its goal"));
        facts.put("values", words(metric.range()));
        facts.put(
                "trivial answer",
                switch (metric.trivialAnswer()) {
                    case MEAN -> "the mean of the training targets";
                    case MEDIAN -> "the median of the training targets";
                    case COMMONEST_CLASS -> "the commonest class of the training targets";
                });
        return facts;
    }

    private static String words(Task task) {
        return switch (task) {
            case BINARY_CLASSIFICATION -> "two classes";
            case CLASSES -> "three classes or more";
            case REGRESSION -> "any number";
        };
    }

    private static String words(MetricRange range) {
        boolean below = range.least() != Double.NEGATIVE_INFINITY;
        boolean above = range.most() != Double.POSITIVE_INFINITY;
        if (below && above) {
            return "from " + CanonicalText.exact(range.least()) + " to " + CanonicalText.exact(range.most());
        }
        if (below) {
            return CanonicalText.exact(range.least()) + " or more";
        }
        return above ? CanonicalText.exact(range.most()) + " or less" : "any number";
    }
}
