package dev.ablate.engine.planning;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.experiment.Stop;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.StopRule;
import java.util.Optional;

/** When runs end early: what the spec says, with its metric looked up. */
final class StopChoice {

    private final MetricNames names;
    private final Problems problems;

    StopChoice(MetricNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    /** The rule; empty if there is none, or if its metric cannot be watched, which is reported. */
    Optional<StopRule> of(Optional<Stop> written) {
        return written.flatMap(stop -> names.watched(stop.when()).flatMap(metric -> rule(stop, metric)));
    }

    private Optional<StopRule> rule(Stop stop, MeasuredMetric metric) {
        if (stop instanceof Stop.Bound bound) {
            return Optional.of(new StopRule.Bound(metric, bound.below(), bound.bound(), bound.updates()));
        }
        Stop.NoBetter better = (Stop.NoBetter) stop;
        Optional<Goal> goal = names.goal(metric);
        if (goal.isEmpty()) {
            problems.add(Problem.error(
                            better.when().at(),
                            metric + " does not become better: neither low nor high is better by its nature")
                    .suggesting("watch another metric, or give a bound: below or above"));
        }
        return goal.map(way -> new StopRule.NoBetter(metric, way, better.minDelta(), better.updates(), better.best()));
    }
}
