package dev.ablate.engine.report;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.TrivialAnswer;
import dev.ablate.core.training.Decision;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.data.Split;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.SplitSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a variant is better than the one answer that a model gives to every row if it has learned nothing, on the same rows of the same
 * seeds; by the primary metric, beside the tests and no part of them.
 */
final class BetterThanNothing {

    /** So many rows are looked at, over all seeds; further seeds are not. */
    private static final long MOST_ROWS = 50_000_000;

    private final Comparison comparison;
    private final Question question;
    private final Measure primary;

    private BetterThanNothing(Comparison comparison) {
        this.comparison = comparison;
        this.question = comparison.findings().question();
        this.primary = question.primary();
    }

    /** A sentence where no variant is, or in some cells none; most often nothing. */
    static Optional<String> inWords(Comparison comparison) {
        BetterThanNothing held = new BetterThanNothing(comparison);
        Map<Map<String, String>, String> worse = new LinkedHashMap<>();
        for (Map<String, String> cell : held.question.cells()) {
            held.ofCell(cell).ifPresent(words -> worse.put(cell, words));
        }
        if (worse.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Map<String, String>, String> first =
                worse.entrySet().iterator().next();
        String none = "o variant is better than nothing";
        if (!held.question.hasCells()) {
            return Optional.of("N" + none + ": " + first.getValue() + ".");
        }
        String at = PlannedRun.cellLabel(first.getKey());
        return Optional.of(
                worse.size() == 1
                        ? "With " + at + " n" + none + ": " + first.getValue() + "."
                        : "In " + worse.size() + " of " + held.question.cells().size() + " cells n" + none + "; with "
                                + at + " " + first.getValue() + ".");
    }

    /** {@code test/accuracy is 0.956 where every row is answered no, and 0.675 of big, the best variant}. */
    private Optional<String> ofCell(Map<String, String> cell) {
        MeasuredMetric measured = comparison.plan().primary().metric();
        if (measured.part().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<Pair, Outcome>> runs = new LinkedHashMap<>();
        for (String variant : question.variants()) {
            Map<Pair, Outcome> finished = new HashMap<>();
            comparison.finished(variant, cell).stream()
                    .filter(outcome -> outcome.record().metrics().containsKey(primary.name()))
                    .forEach(outcome -> finished.put(outcome.run().pair(), outcome));
            if (!finished.isEmpty()) {
                runs.put(variant, finished);
            }
        }
        List<Trivial> trivials = trivials(measured, runs);
        if (trivials.isEmpty()) {
            return Optional.empty();
        }
        Optional<Lead> best = runs.entrySet().stream()
                .flatMap(variant -> lead(variant.getKey(), variant.getValue(), trivials).stream())
                .max(Comparator.comparingDouble(Lead::ahead));
        if (best.isEmpty()
                || question.settled(
                                primary.name(),
                                cell,
                                trivials.get(0).rows(),
                                best.get().ahead())
                        > 0) {
            return Optional.empty();
        }
        return Optional.of(primary.name() + " is " + Numbers.rounded(best.get().trivial())
                + " where every row is answered " + words(trivials) + ", and "
                + Numbers.rounded(best.get().reached()) + " of " + best.get().variant()
                + (runs.size() > 1 ? ", the best variant" : ""));
    }

    /**
     * How a variant does beside the trivial answer, in the mean over those pairs that it has.
     *
     * @param ahead how much better it is; below 0 where it is worse
     */
    private record Lead(String variant, double trivial, double reached, double ahead) {}

    /**
     * What the trivial answer comes to in one pair.
     *
     * @param answer in the target's raw unit: one number, or one for each of three classes and more
     * @param rows how many it is measured on
     */
    private record Trivial(
            Pair pair, TrivialAnswer kind, List<Double> answer, double value, int rows, Dataset dataset) {

        Trivial in(Pair other) {
            return new Trivial(other, kind, answer, value, rows, dataset);
        }

        boolean ofClasses() {
            return answer.size() > 1;
        }

        /** What the data call the class that is answered. */
        String label() {
            return dataset.label(ofClasses() ? Decision.DEFAULT.classOf(answer) : answer.get(0));
        }
    }

    private List<Trivial> trivials(MeasuredMetric measured, Map<String, Map<Pair, Outcome>> runs) {
        List<Trivial> trivials = new ArrayList<>();
        Optional<Trivial> ofAll = Optional.empty();
        long looked = 0;
        for (Pair pair : question.pairs()) {
            Optional<PlannedRun> run = runs.values().stream()
                    .flatMap(of -> Optional.ofNullable(of.get(pair)).stream())
                    .map(Outcome::run)
                    .findFirst();
            if (run.isEmpty() || looked > MOST_ROWS) {
                continue;
            }
            Optional<Trivial> one = ofAll.map(trivial -> trivial.in(pair));
            if (one.isEmpty()) {
                looked += run.get().dataset().examples().size();
                one = trivial(measured, pair, run.get());
            }
            one.ifPresent(trivials::add);
            if (run.get().split().filter(SplitSettings::overlaps).isEmpty()) {
                // all pairs have the same rows
                ofAll = one;
            }
        }
        return trivials;
    }

    private static Optional<Trivial> trivial(MeasuredMetric measured, Pair pair, PlannedRun run) {
        Metrics metrics = run.metrics().which(metric -> metric.name().equals(measured.name()));
        Split split = Split.of(run.context());
        Examples examples = run.dataset().examples();
        double[] train = taken(examples, split.train());
        double[] part = taken(
                examples,
                switch (measured.part().orElse(MeasuredMetric.Part.TEST)) {
                    case TRAIN -> split.train();
                    case VALIDATION -> split.validation();
                    case TEST -> split.test();
                });
        if (metrics.all().isEmpty() || part.length == 0) {
            return Optional.empty();
        }
        BoundMetric metric = metrics.all().get(0);
        double[] answer =
                metric.trivialAnswer().of(train, run.dataset().schema().outputs());
        double[] answers = new double[Math.multiplyExact(part.length, answer.length)];
        for (int row = 0; row < part.length; row++) {
            System.arraycopy(answer, 0, answers, row * answer.length, answer.length);
        }
        Map<String, Double> values = new HashMap<>();
        metrics.measure(Answers.of(answers, part, run.decision()), List.of(measured.toString()), values);
        return Optional.ofNullable(values.get(measured.toString()))
                .map(value -> new Trivial(
                        pair,
                        metric.trivialAnswer(),
                        Arrays.stream(answer).boxed().toList(),
                        value,
                        part.length,
                        run.dataset()));
    }

    private static double[] taken(Examples examples, int[] rows) {
        double[] targets = new double[rows.length];
        for (int k = 0; k < targets.length; k++) {
            targets[k] = examples.target(rows[k]);
        }
        return targets;
    }

    private Optional<Lead> lead(String variant, Map<Pair, Outcome> runs, List<Trivial> trivials) {
        List<Trivial> own = trivials.stream()
                .filter(trivial -> runs.containsKey(trivial.pair()))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        double trivial = mean(own.stream().map(Trivial::value).toList());
        double reached = mean(own.stream()
                .map(of -> Objects.requireNonNull(runs.get(of.pair())).record().metrics())
                .map(metrics -> Objects.requireNonNull(metrics.get(primary.name())))
                .toList());
        double more = reached - trivial;
        return Optional.of(new Lead(variant, trivial, reached, primary.goal() == Goal.MAXIMIZE ? more : -more));
    }

    private static double mean(List<Double> values) {
        return Comparison.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** {@code `no`}, or {@code the mean of the training targets}. */
    private static String words(List<Trivial> trivials) {
        Trivial first = trivials.get(0);
        return switch (first.kind()) {
            case MEAN ->
                first.ofClasses() ? "the classes' shares of the training rows" : "the mean of the training targets";
            case MEDIAN -> "the median of the training targets";
            case COMMONEST_CLASS -> {
                TreeSet<String> named = new TreeSet<>();
                trivials.forEach(trivial -> named.add(trivial.label()));
                yield named.size() == 1 ? named.first() : "the commonest class of the training rows";
            }
        };
    }
}
