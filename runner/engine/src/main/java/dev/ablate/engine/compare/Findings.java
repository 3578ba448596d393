package dev.ablate.engine.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What observed runs answer to a question: the one place where anything is compared, whatever it comes from.
 *
 * <p>In each cell each variant is compared with the baseline of that cell, over the seeds that both have finished. P-values are
 * corrected over the variants and cells of a metric.
 *
 * @param question what was asked
 * @param observations the runs, in order; a deterministic group may appear once
 * @param effects by metric, the primary one first; then by cell, then by variant, without the baseline
 */
public record Findings(Question question, List<Observation> observations, List<Effect> effects) {

    /** Copies the lists. */
    public Findings {
        observations = List.copyOf(observations);
        effects = List.copyOf(effects);
    }

    /** Compares what has finished. */
    public static Findings of(Question question, List<Observation> observations) {
        List<Effect> effects = new ArrayList<>();
        for (Measure measure : question.measures()) {
            List<Pairing> family = new ArrayList<>();
            for (Map<String, String> cell : question.cells()) {
                Series baseline = Series.of(question.baseline(), cell, measure, observations);
                for (String variant : question.challengers()) {
                    family.add(Pairing.of(
                            question, cell, measure, baseline, Series.of(variant, cell, measure, observations)));
                }
            }
            effects.addAll(Pairing.judge(family, question.corrected()));
        }
        return new Findings(question, observations, effects);
    }

    /** The effects in one metric. */
    public List<Effect> effects(Measure measure) {
        return effects.stream()
                .filter(effect -> effect.metric().equals(measure))
                .toList();
    }

    /** How many runs of a variant there are, in all cells. */
    public int runs(String variant) {
        return (int) observations.stream()
                .filter(run -> run.variant().equals(variant))
                .count();
    }

    /** How many runs of a variant failed, or ended with a primary metric that is infinite; in all cells. */
    public int failed(String variant) {
        return (int) observations.stream()
                .filter(run -> run.variant().equals(variant))
                .filter(run -> run.failed(question.primary().name()))
                .count();
    }

    /** The finished runs of a variant in a cell, in order. */
    public List<Observation> finished(String variant, Map<String, String> cell) {
        return observations.stream()
                .filter(Observation::finished)
                .filter(run -> run.variant().equals(variant) && run.cell().equals(cell))
                .toList();
    }
}
