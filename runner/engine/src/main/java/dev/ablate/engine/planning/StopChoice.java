package dev.ablate.engine.planning;

import dev.ablate.engine.experiment.Stop;
import dev.ablate.engine.plan.Metric;
import dev.ablate.engine.plan.StopRule;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
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

    private Optional<StopRule> rule(Stop stop, Metric metric) {
        if (stop instanceof Stop.Bound bound) {
            return Optional.of(new StopRule.Bound(metric, bound.below(), bound.bound(), bound.updates()));
        }
        Stop.NoBetter better = (Stop.NoBetter) stop;
        if (metric.kind().goal().isEmpty()) {
            problems.add(Problem.error(
                            better.when().at(),
                            metric + " does not become better: neither low nor high is better by its nature")
                    .suggesting("watch another metric, or give a bound: below or above"));
        }
        return metric.kind()
                .goal()
                .map(goal -> new StopRule.NoBetter(metric, goal, better.minDelta(), better.updates()));
    }
}
