package dev.ablate.runner.report;

import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Findings;
import dev.ablate.runner.compare.Measure;
import dev.ablate.runner.compare.Observation;
import dev.ablate.runner.plan.RunKey;
import dev.ablate.runner.spec.Spec.Goal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The run whose model one would take home: of the group with the best mean of the primary metric, the best by that metric.
 *
 * @param label what it is called: {@code bias/seed=42}
 * @param key the run
 * @param description which run it is and how it was chosen, and the comparison's sentence
 */
public record BestRun(String label, RunKey key, String description) {

    /** Empty if no group has finished with a value; a group of which a run has not finished is left out. */
    public static Optional<BestRun> of(Findings findings) {
        Measure primary = findings.question().primary();
        List<Group> groups = Group.of(findings.question()).stream()
                .filter(group -> isComplete(findings, group))
                .toList();
        return groups.stream()
                .min(better(primary, Comparator.comparingDouble(group -> mean(findings, group, primary))))
                .flatMap(group -> of(findings, group, groups.size()));
    }

    private static Optional<BestRun> of(Findings findings, Group group, int groups) {
        Measure primary = findings.question().primary();
        List<Observation> runs = findings.finished(group.variant(), group.cell());
        return runs.stream()
                .min(better(primary, Comparator.comparingDouble(run -> value(run, primary))))
                .flatMap(run -> run.key().map(key -> {
                    String label = group.label() + "/seed=" + run.seed();
                    StringBuilder text = new StringBuilder(label).append(": ").append(primary.name());
                    text.append(" is ").append(Numbers.rounded(value(run, primary)));
                    if (runs.size() > 1) {
                        text.append(", the best of ").append(runs.size()).append(" seeds");
                        text.append(" (mean ")
                                .append(Numbers.rounded(mean(findings, group, primary)))
                                .append(')');
                    }
                    if (groups > 1) {
                        text.append(runs.size() > 1 ? "; " : ", ")
                                .append("the best of ")
                                .append(groups)
                                .append(" groups");
                        text.append(runs.size() > 1 ? " by mean" : "");
                    }
                    text.append(".\n\n").append(Sentence.of(findings));
                    return new BestRun(label, key, text.toString());
                }));
    }

    private static boolean isComplete(Findings findings, Group group) {
        List<Observation> all = findings.observations().stream()
                .filter(run ->
                        run.variant().equals(group.variant()) && run.cell().equals(group.cell()))
                .toList();
        return !all.isEmpty()
                && all.stream()
                        .allMatch(run -> run.finished()
                                && Double.isFinite(
                                        value(run, findings.question().primary())));
    }

    private static double mean(Findings findings, Group group, Measure primary) {
        return Comparison.mean(findings.finished(group.variant(), group.cell()).stream()
                .mapToDouble(run -> value(run, primary))
                .toArray());
    }

    private static double value(Observation run, Measure primary) {
        return run.metrics().getOrDefault(primary.name(), Double.NaN);
    }

    private static <T> Comparator<T> better(Measure primary, Comparator<T> smaller) {
        return primary.goal() == Goal.MINIMIZE ? smaller : smaller.reversed();
    }
}
