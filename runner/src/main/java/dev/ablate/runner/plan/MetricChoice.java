package dev.ablate.runner.plan;

import dev.ablate.core.data.Task;
import dev.ablate.runner.plan.Metric.Kind;
import dev.ablate.runner.plan.Metric.Part;
import dev.ablate.runner.plan.Plan.ComparedMetric;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.Spec.CompareMetric;
import dev.ablate.runner.spec.Spec.Goal;
import dev.ablate.runner.spec.Spec.SameWithin;
import dev.ablate.runner.spec.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which metrics are compared, and which way is better: what the spec says, checked, and what holds where it says nothing. */
final class MetricChoice {

    private static final Set<Kind> WITHOUT_PER_CENT = Set.of(Kind.ACCURACY, Kind.R2);

    private final Optional<Task> task;
    private final Problems problems;

    /**
     * Chooses for one task.
     *
     * @param task empty: the data could not be opened, and nothing is said of what does not fit them
     */
    MetricChoice(Optional<Task> task, Problems problems) {
        this.task = task;
        this.problems = problems;
    }

    /** The metrics, the primary one first; never empty unless a problem was told or the task is not known. */
    List<ComparedMetric> of(Spec.Compare compare) {
        Map<Metric, CompareMetric> written = new LinkedHashMap<>();
        for (CompareMetric entry : compare.metrics()) {
            metric(entry.name()).ifPresent(metric -> {
                CompareMetric first = written.putIfAbsent(metric, entry);
                if (first != null) {
                    problems.add(Problem.error(entry.name().at(), metric + " is given twice")
                            .suggesting("it also stands at " + first.name().at()));
                }
            });
        }
        List<Metric> order = new ArrayList<>();
        if (compare.primary().isPresent()) {
            Spec.Word word = compare.primary().get();
            Optional<Metric> primary = metric(word);
            primary.ifPresent(order::add);
            if (primary.isPresent() && primary.get().kind().goal().isEmpty() && !written.containsKey(primary.get())) {
                problems.add(withoutGoal(primary.get(), word));
            }
            order.addAll(written.keySet());
        } else if (task.isPresent()) {
            Metric mse = new Metric(Part.TRAIN, Kind.MSE);
            boolean classes = task.get() == Task.BINARY_CLASSIFICATION;
            order.add(classes ? new Metric(Part.TRAIN, Kind.ACCURACY) : mse);
            order.addAll(written.keySet());
            order.add(mse);
        }
        written.forEach(this::check);
        List<ComparedMetric> compared = new ArrayList<>();
        for (Metric metric : order.stream().distinct().toList()) {
            Optional<CompareMetric> entry = Optional.ofNullable(written.get(metric));
            entry.flatMap(CompareMetric::goal)
                    .or(() -> metric.kind().goal())
                    .ifPresent(goal -> compared.add(compared(metric, goal, entry)));
        }
        return compared;
    }

    private static ComparedMetric compared(Metric metric, Goal goal, Optional<CompareMetric> entry) {
        return new ComparedMetric(metric, goal, entry.flatMap(CompareMetric::sameWithin));
    }

    private void check(Metric metric, CompareMetric entry) {
        if (entry.goal().isEmpty() && metric.kind().goal().isEmpty()) {
            problems.add(withoutGoal(metric, entry.name()));
        }
        Optional<SameWithin> percent = entry.sameWithin().filter(SameWithin::percent);
        if (percent.isPresent() && WITHOUT_PER_CENT.contains(metric.kind())) {
            problems.add(Problem.error(
                            percent.get().at(),
                            "same_within of " + metric + " must be a number, got per cent of what is a share already")
                    .suggesting("write a number, such as 0.02"));
        }
    }

    private static Problem withoutGoal(Metric metric, Spec.Word word) {
        return Problem.error(word.at(), metric + " needs a goal, as neither low nor high is better by its nature")
                .suggesting("write compare.metrics: { " + metric + ": { goal: minimize } }, or maximize");
    }

    private Optional<Metric> metric(Spec.Word word) {
        String text = word.text();
        int slash = text.indexOf('/');
        String part = slash < 0 ? "train" : text.substring(0, slash);
        String name = text.substring(slash + 1);
        Optional<Kind> kind = Stream.of(Kind.values())
                .filter(each -> each.word().equals(name))
                .findFirst();
        if (kind.isEmpty() || (!part.equals("train") && !part.equals("test"))) {
            List<String> names = Stream.of(Kind.values())
                    .filter(each -> task.isEmpty() || each.fits(task.get()))
                    .map(each -> new Metric(Part.TRAIN, each).toString())
                    .toList();
            problems.add(Problem.error(
                            word.at(), "no metric " + Problem.quoted(text) + "; there are " + String.join(", ", names))
                    .suggesting(suggestion(text, slash < 0, names)));
            return Optional.empty();
        }
        Metric metric = new Metric(Part.TRAIN, kind.get());
        if (part.equals("test")) {
            problems.add(Problem.error(
                            word.at(), "there is no test part to measure " + text + " on: every row is trained on")
                    .suggesting("did you mean '" + metric + "'?"));
            return Optional.empty();
        }
        if (task.isPresent() && !kind.get().fits(task.get())) {
            problems.add(Problem.error(word.at(), metric + " needs classes, and the target is any number")
                    .suggesting("choose train/mse, train/rmse, train/mae or train/r2"));
            return Optional.empty();
        }
        return Optional.of(metric);
    }

    private static String suggestion(String text, boolean bare, List<String> names) {
        List<String> known = bare
                ? names.stream().map(name -> name.substring("train/".length())).toList()
                : names;
        return Suggestion.didYouMean(text, known);
    }
}
