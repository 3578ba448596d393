package dev.ablate.engine.plan;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metrics that folds do not define, such as {@code roc_auc} where a fold has rows of one class alone: a mean over the other folds would be
 * a mean over easier ones.
 */
public final class FoldMetrics {

    private FoldMetrics() {}

    /** Reports each compared metric that not even right answers have a value of in some fold. */
    public static void refuse(Spec spec, Plan plan, Problems problems) {
        Map<Object, PlannedRun> folds = new LinkedHashMap<>();
        for (PlannedRun run : plan.runs()) {
            folds.putIfAbsent(List.of(run.pair(), System.identityHashCode(run.dataset())), run);
        }
        for (ComparedMetric compared : plan.metrics()) {
            MeasuredMetric metric = compared.metric();
            if (metric.part().filter(part -> part != Part.TRAIN).isEmpty()) {
                continue;
            }
            long without = folds.values().stream()
                    .filter(run -> !isDefined(metric, run))
                    .count();
            if (without > 0) {
                boolean classes = folds.values().iterator().next().dataset().task() != Task.REGRESSION;
                Spec.Split split = spec.cells().get(0).split().orElseThrow();
                boolean shared = split.stratify() || split.group().isPresent();
                problems.add(Problem.error(
                                split.at(),
                                metric + " has no value in " + without + " of " + folds.size() + " folds"
                                        + (classes
                                                ? ", whose rows are of one class alone"
                                                : ", which have too few rows"))
                        .suggesting((classes && !shared ? "write data.split.stratify: true, or " : "write ")
                                + "fewer folds, or compare another metric"));
            }
        }
    }

    private static boolean isDefined(MeasuredMetric measured, PlannedRun run) {
        Metrics metrics = run.metrics().which(metric -> metric.name().equals(measured.name()));
        if (metrics.all().isEmpty()) {
            return true;
        }
        Split split = Split.of(run.context());
        double[] all = run.dataset().examples().targets();
        int[] rows = measured.part().equals(Optional.of(Part.VALIDATION)) ? split.validation() : split.test();
        double[] targets = Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
        Map<String, Double> values = new HashMap<>();
        metrics.measure(
                Answers.of(rightAnswers(run, targets), targets, run.decision()), List.of(measured.toString()), values);
        return values.containsKey(measured.toString());
    }

    /** What a model answers that is always right and sure. */
    private static double[] rightAnswers(PlannedRun run, double[] targets) {
        if (run.dataset().task() != Task.CLASSES) {
            return targets.clone();
        }
        int classes = run.dataset().classes().size();
        double[] answers = new double[targets.length * classes];
        for (int row = 0; row < targets.length; row++) {
            answers[row * classes + (int) targets[row]] = 1;
        }
        return answers;
    }
}
