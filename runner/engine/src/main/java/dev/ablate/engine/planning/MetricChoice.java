package dev.ablate.engine.planning;

import dev.ablate.core.data.Task;
import dev.ablate.engine.experiment.Goal;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Spec.CompareMetric;
import dev.ablate.engine.experiment.Spec.SameWithin;
import dev.ablate.engine.plan.Metric;
import dev.ablate.engine.plan.Metric.Kind;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which metrics are compared, and which way is better: what the spec says, checked, and what holds where it says nothing. */
final class MetricChoice {

    private static final Set<Kind> WITHOUT_PER_CENT = Set.of(Kind.ACCURACY, Kind.R2);

    private final Set<Task> tasks;
    private final MetricNames names;
    private final Problems problems;

    /**
     * Chooses for some data.
     *
     * @param tasks of all data; empty: they could not be opened, and nothing is said of what does not fit them
     */
    MetricChoice(Set<Task> tasks, MetricNames names, Problems problems) {
        this.tasks = Set.copyOf(tasks);
        this.names = names;
        this.problems = problems;
    }

    /** The metrics, the primary one first; never empty unless a problem was reported or the task is not known. */
    List<ComparedMetric> of(Spec.Compare compare) {
        Map<Metric, CompareMetric> written = new LinkedHashMap<>();
        for (CompareMetric entry : compare.metrics()) {
            names.compared(entry.name()).ifPresent(metric -> {
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
            Optional<Metric> primary = names.compared(word);
            primary.ifPresent(order::add);
            if (primary.isPresent() && primary.get().kind().goal().isEmpty() && !written.containsKey(primary.get())) {
                problems.add(withoutGoal(primary.get(), word));
            }
            order.addAll(written.keySet());
        } else if (!tasks.isEmpty()) {
            Metric mse = new Metric(names.part(), Kind.MSE);
            boolean classes = tasks.equals(Set.of(Task.BINARY_CLASSIFICATION));
            order.add(classes ? new Metric(names.part(), Kind.ACCURACY) : mse);
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
}
