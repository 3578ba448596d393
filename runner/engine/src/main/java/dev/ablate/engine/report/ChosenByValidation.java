package dev.ablate.engine.report;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The group of a sweep that is best on the rows that are held back to choose by: nothing was chosen by what it has on the test part.
 *
 * @param group the best
 * @param by the metric that it was chosen by: {@code validation/mse}
 * @param chosen its mean there
 * @param judgedBy the same metric on the test part
 * @param judged its mean there
 * @param among how many groups there are
 */
record ChosenByValidation(Group group, String by, double chosen, String judgedBy, double judged, int among) {

    /** Empty without a sweep, where a run has no value of the metric on both parts, or where cells are judged on rows of their own. */
    static Optional<ChosenByValidation> of(Findings findings) {
        Question question = findings.question();
        Measure primary = question.primary();
        if (!question.hasCells()
                || !Decided.isOneTask(question)
                || primary.name().startsWith(Part.TRAIN.prefix())) {
            return Optional.empty();
        }
        String bare = primary.name().substring(primary.name().indexOf('/') + 1);
        String by = Part.VALIDATION.prefix() + bare;
        String judgedBy = Part.TEST.prefix() + bare;
        List<Group> groups = Group.of(question);
        ToDoubleFunction<Group> mean = group -> mean(findings, group, by);
        if (groups.stream()
                .anyMatch(group -> !Double.isFinite(mean.applyAsDouble(group))
                        || !Double.isFinite(mean(findings, group, judgedBy)))) {
            return Optional.empty();
        }
        Comparator<Group> byMean = Comparator.comparingDouble(mean);
        return groups.stream()
                .min(primary.goal() == Goal.MINIMIZE ? byMean : byMean.reversed())
                .map(best -> new ChosenByValidation(
                        best, by, mean.applyAsDouble(best), judgedBy, mean(findings, best, judgedBy), groups.size()));
    }

    /** NaN where a run of the group has not finished, or has no value. */
    private static double mean(Findings findings, Group group, String metric) {
        return Comparison.mean(findings.runs(group.variant(), group.cell()).stream()
                .mapToDouble(run -> value(run, metric))
                .toArray());
    }

    private static double value(Observation run, String metric) {
        return run.finished() ? run.metrics().getOrDefault(metric, Double.NaN) : Double.NaN;
    }

    /** {@code bias with rate=0.1 is the best of 8 on validation/mse (0.2), and has test/mse 0.25, on rows that nothing was chosen by}. */
    String inWords() {
        return group.inWords() + " is the best of " + among + " on " + by + " ("
                + Numbers.rounded(chosen, Numbers.SENTENCE) + "), and its " + judgedBy
                + ", on rows that nothing was chosen by, is "
                + Numbers.rounded(judged, Numbers.SENTENCE);
    }
}
