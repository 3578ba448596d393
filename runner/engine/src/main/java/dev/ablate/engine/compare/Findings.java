package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What observed runs answer to a question: the one place where anything is compared, whatever it comes from.
 *
 * <p>In each cell each variant is compared with the baseline of that cell, over the seeds that both have finished. P-values are
 * corrected over the variants and cells of a metric.
 */
public final class Findings {

    private final Question question;
    private final List<Observation> observations;
    private final List<Effect> effects;
    private final ByGroup<Observation> byGroup;

    /**
     * Findings that are known; copies the lists.
     *
     * @param question what was asked
     * @param observations the runs, in order; a deterministic group may appear once
     * @param effects by metric, the primary one first; then by cell, then by variant, without the baseline
     */
    public Findings(Question question, List<Observation> observations, List<Effect> effects) {
        this(question, List.copyOf(observations), byGroup(observations), effects);
    }

    private Findings(
            Question question, List<Observation> observations, ByGroup<Observation> byGroup, List<Effect> effects) {
        this.question = question;
        this.observations = observations;
        this.byGroup = byGroup;
        this.effects = List.copyOf(effects);
    }

    private static ByGroup<Observation> byGroup(List<Observation> observations) {
        return new ByGroup<>(observations, Observation::variant, Observation::cell);
    }

    /** Compares what has finished. */
    public static Findings of(Question question, List<Observation> observations) {
        ByGroup<Observation> runs = byGroup(observations);
        List<Effect> effects = new ArrayList<>();
        for (Measure measure : question.measures()) {
            List<Pairing> family = new ArrayList<>();
            for (Map<String, String> cell : question.cells()) {
                Series baseline =
                        new Series(question, question.baseline(), measure, runs.of(question.baseline(), cell));
                for (String variant : question.challengers()) {
                    Series series = new Series(question, variant, measure, runs.of(variant, cell));
                    family.add(Pairing.of(question, cell, measure, baseline, series));
                }
            }
            effects.addAll(Pairing.judge(family, question.corrected()));
        }
        return new Findings(question, List.copyOf(observations), runs, effects);
    }

    /** What was asked. */
    public Question question() {
        return question;
    }

    /** The runs, in order; a deterministic group may appear once. */
    public List<Observation> observations() {
        return observations;
    }

    /** By metric, the primary one first; then by cell, then by variant, without the baseline. */
    public List<Effect> effects() {
        return effects;
    }

    /** The effects in one metric. */
    public List<Effect> effects(Measure measure) {
        return effects.stream()
                .filter(effect -> effect.metric().equals(measure))
                .toList();
    }

    /** Variant minus baseline of each pair that both have a value of, in the order of the pairs; 0 where rounding alone differs. */
    public Map<Pair, Double> differences(Effect effect) {
        Series baseline = series(effect.baseline().name(), effect);
        Series variant = series(effect.variant().name(), effect);
        double resolution =
                question.resolution(effect.metric().name(), effect.cell(), Math.max(baseline.rows(), variant.rows()));
        Pairs pairs = new Pairs(question.pairs(), baseline, variant, resolution);
        double[] found = pairs.differences();
        Map<Pair, Double> differences = new LinkedHashMap<>();
        for (int i = 0; i < found.length; i++) {
            differences.put(pairs.pairs().get(i), found[i]);
        }
        return differences;
    }

    private Series series(String variant, Effect effect) {
        return new Series(question, variant, effect.metric(), byGroup.of(variant, effect.cell()));
    }

    /** How many runs of a variant there are, in all cells. */
    public int runs(String variant) {
        return byGroup.of(variant).size();
    }

    /** How many runs of a variant failed, or ended with a primary metric that is infinite; in all cells. */
    public int failed(String variant) {
        return (int) byGroup.of(variant).stream()
                .filter(run -> run.failed(question.primary().name()))
                .count();
    }

    /** The runs of a variant in a cell, in order, whatever became of them. */
    public List<Observation> runs(String variant, Map<String, String> cell) {
        return Collections.unmodifiableList(byGroup.of(variant, cell));
    }

    /** The finished runs of a variant in a cell, in order. */
    public List<Observation> finished(String variant, Map<String, String> cell) {
        return byGroup.of(variant, cell).stream().filter(Observation::finished).toList();
    }
}
