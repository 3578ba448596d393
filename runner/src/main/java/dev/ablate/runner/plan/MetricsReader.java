package dev.ablate.runner.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.runner.plan.Metric.Kind;
import dev.ablate.runner.plan.Metric.Part;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.Spec.CompareMetric;
import dev.ablate.runner.spec.Spec.Goal;
import dev.ablate.runner.spec.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a spec compares, from words to metrics that the data have. */
final class MetricsReader {

    private final Dataset dataset;
    private final Problems problems;

    MetricsReader(Dataset dataset, Problems problems) {
        this.dataset = dataset;
        this.problems = problems;
    }

    /** The metrics to compare, the primary one first; what is wrong is told, and left out. */
    List<ComparedMetric> read(Spec.Compare compare) {
        Map<Metric, ComparedMetric> listed = new LinkedHashMap<>();
        for (CompareMetric entry : compare.metrics()) {
            metric(entry.name())
                    .ifPresent(metric -> compared(metric, entry).ifPresent(compared -> {
                        if (listed.put(metric, compared) != null) {
                            problems.add(Problem.error(entry.name().at(), metric + " stands here twice"));
                        }
                    }));
        }
        List<ComparedMetric> metrics = new ArrayList<>();
        Optional<Metric> primary =
                compare.primary().isPresent() ? metric(compare.primary().get()) : Optional.of(natural());
        primary.flatMap(metric ->
                        Optional.ofNullable(listed.remove(metric)).or(() -> unlisted(metric, compare.primary())))
                .ifPresent(metrics::add);
        metrics.addAll(listed.values());
        if (compare.primary().isEmpty() && compare.metrics().isEmpty() && classification()) {
            unlisted(new Metric(Part.TRAIN, Kind.MSE), Optional.empty()).ifPresent(metrics::add);
        }
        return metrics;
    }

    private Metric natural() {
        return new Metric(Part.TRAIN, classification() ? Kind.ACCURACY : Kind.MSE);
    }

    private boolean classification() {
        return dataset.task() == Task.BINARY_CLASSIFICATION;
    }

    private Optional<ComparedMetric> unlisted(Metric metric, Optional<Spec.Word> named) {
        Optional<Goal> goal = metric.kind().goal();
        if (goal.isEmpty()) {
            named.ifPresent(word -> problems.add(Problem.error(
                    word.at(),
                    metric + " is signed, so neither less nor more of it is better; give it a goal under"
                            + " compare.metrics: { " + metric + ": { goal: minimize } }")));
        }
        return goal.map(known -> new ComparedMetric(metric, known, Optional.empty()));
    }

    private Optional<ComparedMetric> compared(Metric metric, CompareMetric entry) {
        Optional<Goal> goal = entry.goal().or(() -> metric.kind().goal());
        if (goal.isEmpty()) {
            problems.add(
                    Problem.error(
                            entry.name().at(),
                            metric
                                    + " is signed, so neither less nor more of it is better; give it a goal: { goal: minimize }"));
        }
        boolean bounded = metric.kind() == Kind.ACCURACY || metric.kind() == Kind.R2;
        entry.sameWithin()
                .filter(same -> same.percent() && bounded)
                .ifPresent(same -> problems.add(Problem.error(
                        same.at(),
                        "same_within of " + metric + " is a number, not per cent: "
                                + metric.kind().word() + " is a share already; write 0.01 for one hundredth")));
        return goal.map(known -> new ComparedMetric(metric, known, entry.sameWithin()));
    }

    /** The metric of a name; a bare one is measured on the training part, as there is no other. */
    private Optional<Metric> metric(Spec.Word word) {
        String name = word.text();
        int slash = name.indexOf('/');
        String kindWord = slash < 0 ? name : name.substring(slash + 1);
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(candidate -> candidate.word().equals(kindWord))
                .findFirst();
        List<String> parts = Arrays.stream(Part.values())
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .toList();
        boolean knownPart = slash < 0 || parts.contains(name.substring(0, slash));
        if (kind.isEmpty() || !knownPart) {
            List<String> names = Arrays.stream(Kind.values())
                    .filter(candidate -> candidate.fits(dataset.task()))
                    .map(candidate -> new Metric(Part.TRAIN, candidate).toString())
                    .toList();
            List<String> bare = Arrays.stream(Kind.values()).map(Kind::word).toList();
            problems.add(Problem.error(word.at(), "no metric " + Problem.quoted(name))
                    .suggesting(Suggestion.didYouMean(name, slash < 0 ? bare : names))
                    .noting("metrics: " + String.join(", ", names)));
            return Optional.empty();
        }
        if (name.startsWith("test/")) {
            problems.add(Problem.error(word.at(), name + " needs a test part, and all rows are trained on")
                    .suggesting("write train/" + kindWord));
            return Optional.empty();
        }
        if (!kind.get().fits(dataset.task())) {
            problems.add(Problem.error(
                            word.at(),
                            kindWord + " needs classes, and the target " + Problem.quoted(dataset.target())
                                    + " is a number")
                    .suggesting("mse, rmse, mae and r2 measure numbers"));
            return Optional.empty();
        }
        return Optional.of(new Metric(Part.TRAIN, kind.get()));
    }
}
