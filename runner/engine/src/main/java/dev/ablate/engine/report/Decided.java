package dev.ablate.engine.report;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Clusters;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The group that is decidedly better than every other one.
 *
 * <p>The best mean of many is not a finding: of groups that are all alike, one has it by chance. It is decided where each other group,
 * compared with the best by the comparison's own test, is worse; p-values are corrected for so many comparisons (Holm).
 *
 * @param group the best
 * @param mean of its primary metric
 * @param among how many groups there are
 * @param tested whether a test said so of each; false: chance has no part in any of it
 */
record Decided(Group group, double mean, int among, boolean tested) {

    /** Settings of a sweep that change neither the rows that are judged nor what is asked about them. */
    private static final List<String> SAME_TASK = List.of("trainer.", "data.features", "data.scale.");

    /** Empty where nothing is decided, a group has no value, or cells have data of their own, which may be easier or harder. */
    static Optional<Decided> of(Findings findings) {
        Question question = findings.question();
        Measure primary = question.primary();
        List<Group> groups = Group.of(question);
        if (groups.size() < 2
                || !isOneTask(question)
                || groups.stream().anyMatch(group -> !Double.isFinite(mean(findings, group)))) {
            return Optional.empty();
        }
        Comparator<Group> byMean = Comparator.comparingDouble(group -> mean(findings, group));
        Group best = groups.stream()
                .min(primary.goal() == Goal.MINIMIZE ? byMean : byMean.reversed())
                .orElseThrow();
        Optional<Clusters> clusters = question.clusters().merged();
        if (clusters.isEmpty()) {
            return Optional.empty();
        }
        List<Effect> others = against(findings, groups, best, clusters.get());
        if (!isComplete(findings, best) || !others.stream().allMatch(effect -> effect.verdict() == Verdict.WORSE)) {
            return Optional.empty();
        }
        boolean tested = others.stream().allMatch(effect -> effect.evidence().isPresent());
        return Optional.of(new Decided(best, mean(findings, best), groups.size(), tested));
    }

    /** Whether all cells are asked about the same rows; of a file nothing is known but its columns' names. */
    static boolean isOneTask(Question question) {
        return question.across().isEmpty()
                && question.cells().get(0).keySet().stream()
                        .allMatch(path -> SAME_TASK.stream().anyMatch(path::startsWith));
    }

    /** Whether all of its runs have finished with a value: what failed is no part of a mean. */
    private static boolean isComplete(Findings findings, Group group) {
        String primary = findings.question().primary().name();
        return findings.runs(group.variant(), group.cell()).stream()
                .allMatch(run -> run.finished() && Double.isFinite(run.metrics().getOrDefault(primary, Double.NaN)));
    }

    private static double mean(Findings findings, Group group) {
        return Comparison.mean(findings.finished(group.variant(), group.cell()).stream()
                .map(run -> run.metrics().get(findings.question().primary().name()))
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .filter(Double::isFinite)
                .toArray());
    }

    /** Every other group against the best, as variants of one question. */
    private static List<Effect> against(Findings findings, List<Group> groups, Group best, Clusters clusters) {
        Question asked = findings.question();
        Question question = new Question(
                asked.name(),
                groups.stream().map(Group::label).toList(),
                best.label(),
                List.of(Map.of()),
                asked.pairs(),
                List.of(new Measure(asked.primary().name(), asked.primary().goal(), Optional.empty())),
                asked.test(),
                asked.ratio(),
                asked.known(),
                // all cells have the same data
                asked.largestTargets().values().stream()
                        .max(Comparator.naturalOrder())
                        .map(largest -> Map.of(Map.<String, String>of(), largest))
                        .orElse(Map.of()),
                true,
                Optional.empty(),
                clusters,
                false);
        Map<Group, String> labels = groups.stream().collect(Collectors.toMap(group -> group, Group::label));
        List<Observation> runs = new ArrayList<>();
        for (Observation run : findings.observations()) {
            String label = labels.get(new Group(run.variant(), run.cell()));
            if (label != null) {
                runs.add(new Observation(
                        label,
                        Map.of(),
                        run.pair(),
                        run.key(),
                        run.status(),
                        run.error(),
                        run.deterministic(),
                        run.updates(),
                        run.trainRows(),
                        run.testRows(),
                        run.split(),
                        run.metrics(),
                        run.parameters()));
            }
        }
        return Findings.of(question, runs).effects();
    }

    /** {@code the best of all, bias with rate=0.1 (0.2), was chosen among 8 on test/mse, on which it is judged}. */
    String inWords(Measure primary) {
        return "the best of all, " + group.inWords() + " (" + Numbers.rounded(mean, Numbers.SENTENCE)
                + "), was chosen among " + among + " on " + primary.name() + ", on which it is judged";
    }

    /** The least and the greatest mean of any group. */
    static Optional<String> range(Findings findings) {
        List<Double> means = Group.of(findings.question()).stream()
                .map(group -> mean(findings, group))
                .filter(Double::isFinite)
                .toList();
        OptionalDouble low = means.stream().mapToDouble(Double::doubleValue).min();
        OptionalDouble high = means.stream().mapToDouble(Double::doubleValue).max();
        if (low.isEmpty()) {
            return Optional.empty();
        }
        String least = Numbers.rounded(low.getAsDouble(), Numbers.SENTENCE);
        String most = Numbers.rounded(high.orElseThrow(), Numbers.SENTENCE);
        return Optional.of(least.equals(most) ? least : least + " to " + most);
    }
}
