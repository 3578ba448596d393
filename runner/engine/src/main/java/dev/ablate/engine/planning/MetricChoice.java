package dev.ablate.engine.planning;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Spec.CompareMetric;
import dev.ablate.engine.experiment.Spec.SameWithin;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.spec.MeasuredMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which metrics are compared, and which way is better: what the spec says, checked, and what holds where it says nothing. */
final class MetricChoice {

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
        Map<MeasuredMetric, CompareMetric> written = new LinkedHashMap<>();
        for (CompareMetric entry : compare.metrics()) {
            names.compared(entry.name()).ifPresent(metric -> {
                CompareMetric first = written.putIfAbsent(metric, entry);
                if (first != null) {
                    problems.add(Problem.error(entry.name().at(), metric + " is given twice")
                            .suggesting("it also stands at " + first.name().at()));
                }
            });
        }
        List<MeasuredMetric> order = new ArrayList<>();
        if (compare.primary().isPresent()) {
            Spec.Word word = compare.primary().get();
            Optional<MeasuredMetric> primary = names.compared(word);
            primary.ifPresent(order::add);
            if (primary.isPresent() && names.goal(primary.get()).isEmpty() && !written.containsKey(primary.get())) {
                problems.add(withoutGoal(primary.get(), word));
            }
            order.addAll(written.keySet());
        } else if (!names.all().isEmpty()) {
            order.addAll(written.keySet());
            order.addAll(names.all());
        } else if (names.haveNothingInCommon()) {
            problems.add(new Problem(
                    Problem.Severity.ERROR,
                    Optional.empty(),
                    "the variants report no metric in common, so nothing can be compared",
                    "let each report one of the same name",
                    List.of()));
        } else if (tasks.contains(Task.CLASSES) && tasks.contains(Task.REGRESSION)) {
            problems.add(new Problem(
                    Problem.Severity.ERROR,
                    Optional.empty(),
                    "some data have several classes and some a target of any number, and no metric is of both",
                    "compare them in two specs",
                    List.of()));
        } else if (!tasks.isEmpty()) {
            boolean classes = !tasks.contains(Task.REGRESSION);
            String loss = tasks.contains(Task.CLASSES) ? MeasuredMetric.LOG_LOSS : MeasuredMetric.MSE;
            MeasuredMetric second = MeasuredMetric.of(names.part(), loss);
            order.add(classes ? MeasuredMetric.of(names.part(), MeasuredMetric.ACCURACY) : second);
            order.addAll(written.keySet());
            order.add(second);
        }
        written.forEach(this::check);
        List<ComparedMetric> compared = new ArrayList<>();
        for (MeasuredMetric metric : order.stream().distinct().toList()) {
            Optional<CompareMetric> entry = Optional.ofNullable(written.get(metric));
            entry.flatMap(CompareMetric::goal)
                    .or(() -> names.goal(metric))
                    .ifPresent(goal -> compared.add(compared(metric, goal, entry)));
        }
        return compared;
    }

    private static ComparedMetric compared(MeasuredMetric metric, Goal goal, Optional<CompareMetric> entry) {
        return new ComparedMetric(metric, goal, entry.flatMap(CompareMetric::sameWithin));
    }

    private void check(MeasuredMetric metric, CompareMetric entry) {
        if (entry.goal().isEmpty() && names.goal(metric).isEmpty()) {
            problems.add(withoutGoal(metric, entry.name()));
        }
        Optional<SameWithin> percent = entry.sameWithin().filter(SameWithin::percent);
        boolean share = names.known()
                .range(metric.toString())
                .filter(MetricRange::endsAt1)
                .isPresent();
        if (percent.isPresent() && share) {
            problems.add(Problem.error(
                            percent.get().at(),
                            "same_within of " + metric + " must be a number, got per cent of what is a share already")
                    .suggesting("write a number, such as 0.02"));
        }
    }

    private static Problem withoutGoal(MeasuredMetric metric, Spec.Word word) {
        return Problem.error(word.at(), metric + " needs a goal, as neither low nor high is better by its nature")
                .suggesting("write compare.metrics: { " + metric + ": { goal: minimize } }, or maximize");
    }
}
