package dev.ablate.engine.report;

import dev.ablate.core.data.Examples;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.RunData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a model's numbers separate two classes at each threshold, of the run whose area is the median of its group's: a curve of one
 * model, neither the best one's nor one that mixes the numbers of several models.
 *
 * @param group whose
 * @param part {@code test} where rows are held back, else {@code train}
 * @param runs how many runs have a curve
 * @param without how many have none, as their part has one class alone
 * @param seed of the run that is shown
 * @param positives rows of that run's part that are of the second class
 * @param negatives those of the first
 * @param rocArea the area under true by false positives, {@code roc_auc}
 * @param least the smallest such area of a run
 * @param most the greatest
 * @param prArea the average precision, {@code pr_auc}
 * @param steps a threshold each, from above
 */
public record Separation(
        Group group,
        String part,
        int runs,
        int without,
        long seed,
        int positives,
        int negatives,
        double rocArea,
        double least,
        double most,
        double prArea,
        List<Step> steps) {

    /**
     * What is found where all rows count as the second class whose number is at least a threshold.
     *
     * @param threshold a number that rows have
     * @param truePositives the rows of the second class among them
     * @param falsePositives the others
     */
    public record Step(double threshold, int truePositives, int falsePositives) {

        /** The share of the rows found that are of the second class. */
        public double precision() {
            return (double) truePositives / (truePositives + falsePositives);
        }
    }

    /** Copies the list. */
    public Separation {
        steps = List.copyOf(steps);
    }

    /** Where its curves run, whatever the thresholds are: those that are equal coincide. */
    public List<Point> ranks() {
        return steps.stream()
                .map(step -> new Point(recall(step), falseAlarms(step)))
                .toList();
    }

    /**
     * A point of the ROC curve.
     *
     * @param recall upwards
     * @param falseAlarms to the right
     */
    public record Point(double recall, double falseAlarms) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Point that && recall == that.recall && falseAlarms == that.falseAlarms;
        }

        @Override
        public int hashCode() {
            return Objects.hash(recall, falseAlarms);
        }
    }

    /** The share of the second class's rows that a step finds. */
    public double recall(Step step) {
        return (double) step.truePositives() / positives;
    }

    /** The share of the first class's rows that a step takes for the second. */
    public double falseAlarms(Step step) {
        return (double) step.falsePositives() / negatives;
    }

    /**
     * Asks the models of a group's finished runs, of which there is at least one, about the part that counts.
     *
     * @return empty where a run has no model or answers with what is not a number, or all parts have one class
     */
    public static Optional<Separation> of(Group group, Comparison comparison) {
        List<Outcome> outcomes = group.finished(comparison);
        List<Curve> curves = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Optional<RunModel> model = comparison.models().apply(outcome);
            if (model.isEmpty()) {
                return Optional.empty();
            }
            RunData data = RunData.of(outcome.run().context());
            Examples part = data.test().orElse(data.train());
            double[] answers = answers(outcome, model.get(), part);
            if (!Arrays.stream(answers).allMatch(Double::isFinite)) {
                return Optional.empty();
            }
            Curve curve = Curve.of(outcome, part, answers);
            if (curve.positives() > 0 && curve.negatives() > 0) {
                curves.add(curve);
            }
        }
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        curves.sort(Comparator.comparingDouble(Curve::rocArea));
        Curve median = curves.get((curves.size() - 1) / 2);
        boolean split = RunData.of(outcomes.get(0).run().context()).test().isPresent();
        return Optional.of(new Separation(
                group,
                split ? "test" : "train",
                curves.size(),
                outcomes.size() - curves.size(),
                median.run().run().seed(),
                median.positives(),
                median.negatives(),
                median.rocArea(),
                curves.get(0).rocArea(),
                curves.get(curves.size() - 1).rocArea(),
                median.prArea(),
                median.steps()));
    }

    private static double[] answers(Outcome outcome, RunModel model, Examples part) {
        return Predictor.ofColumns(outcome.run().features(), model)
                .answers(IntStream.range(0, part.size())
                        .mapToObj(row -> Arrays.stream(part.row(row)).boxed().toList())
                        .toList())
                .stream()
                .mapToDouble(answer -> answer.get(0))
                .toArray();
    }

    /** The steps of one run. */
    private record Curve(Outcome run, int positives, int negatives, List<Step> steps) {

        static Curve of(Outcome run, Examples part, double... answers) {
            List<Integer> falling = IntStream.range(0, answers.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> -answers[row]))
                    .toList();
            List<Step> steps = new ArrayList<>();
            int found = 0;
            int alarms = 0;
            for (int k = 0; k < answers.length; k++) {
                boolean positive = part.target(falling.get(k)) == 1;
                found += positive ? 1 : 0;
                alarms += positive ? 0 : 1;
                double answer = answers[falling.get(k)];
                if (k + 1 == answers.length || answers[falling.get(k + 1)] != answer) {
                    steps.add(new Step(answer, found, alarms));
                }
            }
            return new Curve(run, found, alarms, steps);
        }

        /** By trapezoids, so that rows with equal numbers count half. */
        double rocArea() {
            double area = 0;
            Step before = new Step(Double.POSITIVE_INFINITY, 0, 0);
            for (Step step : steps) {
                area += (step.falsePositives() - before.falsePositives())
                        * (step.truePositives() + before.truePositives())
                        / 2.0;
                before = step;
            }
            return area / positives / negatives;
        }

        double prArea() {
            double area = 0;
            int before = 0;
            for (Step step : steps) {
                area += (step.truePositives() - before) * step.precision();
                before = step.truePositives();
            }
            return area / positives;
        }
    }
}
