package dev.ablate.engine.report;

import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variants that give every row one class, or never answer a class of which there are rows. */
final class NeverAnswered {

    /** So many rows are looked at, over all runs; further runs are not. */
    private static final long MOST_ROWS = 50_000_000;

    /** Of fewer rows of a class that no answer is of it says little. */
    private static final int FEW = 5;

    private NeverAnswered() {}

    /**
     * A sentence for each; most often nothing. One that looks at no feature by its nature, as all of its weights are 0, is left out.
     *
     * @param confusions of three classes and more
     */
    static List<String> in(Comparison comparison, List<Confusion> confusions) {
        List<String> sentences = new ArrayList<>();
        for (Confusion confusion : confusions) {
            if (looks(confusion.group().finished(comparison).get(0))) {
                String part = confusion.part().equals("test") ? "test" : "training";
                add(confusion.group(), part, confusion.runs(), confusion, sentences);
            }
        }
        for (Group group : Group.of(comparison.findings().question())) {
            List<Outcome> runs = group.finished(comparison);
            if (!runs.isEmpty()
                    && runs.get(0).run().dataset().learns(Task.BINARY_CLASSIFICATION)
                    && looks(runs.get(0))) {
                ofTwo(group, runs, sentences);
            }
        }
        return sentences;
    }

    private static boolean looks(Outcome outcome) {
        Map<String, Double> parameters = outcome.record().parameters();
        return parameters.isEmpty()
                || parameters.entrySet().stream()
                        .anyMatch(parameter -> !Weights.isBias(parameter.getKey()) && parameter.getValue() != 0);
    }

    private static void add(Group group, String part, int runs, Confusion confusion, List<String> sentences) {
        if (confusion.alike() > 0) {
            sentences.add(alike(group, part, confusion.alike(), runs));
        }
        for (int k = 0; k < confusion.classes().size(); k++) {
            // where all rows have one class, no other is answered
            if (confusion.never().get(k) > confusion.alike()) {
                sentences.add(never(
                        group,
                        part,
                        confusion.classes().get(k),
                        confusion.never().get(k),
                        runs));
            }
        }
    }

    private static String alike(Group group, String part, int times, int runs) {
        return group.inWords() + " gives every " + part + " row the same class" + in(times, runs) + ".";
    }

    private static String never(Group group, String part, String label, int times, int runs) {
        return group.inWords() + " never answers " + label + in(times, runs) + ", though there are " + part
                + " rows of it.";
    }

    private static String in(int times, int runs) {
        return runs == 1 ? "" : times == runs ? " in all " + runs + " runs" : " in " + times + " of " + runs + " runs";
    }

    private static void ofTwo(Group group, List<Outcome> runs, List<String> sentences) {
        int alike = 0;
        long looked = 0;
        int seen = 0;
        String part = "";
        for (Outcome run : runs) {
            if (looked > MOST_ROWS) {
                break;
            }
            looked += run.run().dataset().examples().size();
            Split split = Split.of(run.run().context());
            Part judged = split.test().length == 0 ? Part.TRAIN : Part.TEST;
            part = judged == Part.TEST ? "test" : "training";
            Optional<Boolean> one = ofOne(run, judged, judged == Part.TEST ? split.test() : split.train());
            seen += one.isPresent() ? 1 : 0;
            alike += one.orElse(false) ? 1 : 0;
        }
        if (alike > 0) {
            sentences.add(alike(group, part, alike, seen));
        }
    }

    /**
     * Whether a run gives all rows of a part one of two classes, by what was measured: accuracy and recall say how many rows of each class
     * are right. Empty where nothing was, or where there are few rows of either class.
     */
    private static Optional<Boolean> ofOne(Outcome run, Part part, int[] rows) {
        Map<String, Double> metrics = run.record().metrics();
        Double accuracy =
                metrics.get(MeasuredMetric.of(part, MeasuredMetric.ACCURACY).toString());
        Double recall =
                metrics.get(MeasuredMetric.of(part, MeasuredMetric.RECALL).toString());
        double[] targets = run.run().dataset().examples().targets();
        int ones = (int) Arrays.stream(rows).filter(row -> targets[row] == 1).count();
        int zeros = rows.length - ones;
        if (accuracy == null || recall == null || ones < FEW || zeros < FEW) {
            return Optional.empty();
        }
        long onesAsOne = Math.round(recall * ones);
        long zerosAsZero = Math.round(accuracy * rows.length) - onesAsOne;
        boolean allOnes = onesAsOne == ones && zerosAsZero == 0;
        boolean allZeros = onesAsOne == 0 && zerosAsZero == zeros;
        return Optional.of(allOnes || allZeros);
    }
}
