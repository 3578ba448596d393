package dev.ablate.engine.compare;

import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.RunKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What came of a plan: its runs, what they answer, and what each variant changes. */
public final class Comparison {

    private final Plan plan;
    private final List<Outcome> outcomes;
    private final Map<RunKey, List<List<Double>>> predictions;
    private final Map<RunKey, Map<String, Double>> rawParameters;
    private final Function<Outcome, Optional<RunModel>> models;
    private final Findings findings;
    private final ByGroup<Outcome> finished;

    /**
     * What is known; copies the collections.
     *
     * @param plan what was planned
     * @param outcomes its runs, in the plan's order; a deterministic group appears once
     * @param predictions what answers each of the plan's rows in raw units, by finished run: one number, or one for each of three classes
     *     and more
     * @param rawParameters learned numbers by name as they are for data in raw units, by run; runs on unscaled data are absent, and
     *     so are those whose numbers have no such form
     * @param models brings the model of one of its runs back; empty for a run without one
     * @param findings what each variant changes
     */
    public Comparison(
            Plan plan,
            List<Outcome> outcomes,
            Map<RunKey, List<List<Double>>> predictions,
            Map<RunKey, Map<String, Double>> rawParameters,
            Function<Outcome, Optional<RunModel>> models,
            Findings findings) {
        this.plan = plan;
        this.outcomes = List.copyOf(outcomes);
        this.predictions = Map.copyOf(predictions);
        this.rawParameters = Map.copyOf(rawParameters);
        this.models = models;
        this.findings = findings;
        this.finished = new ByGroup<>(
                outcomes.stream()
                        .filter(outcome -> outcome.record().status() == RunStatus.FINISHED)
                        .toList(),
                outcome -> outcome.run().variant(),
                outcome -> outcome.run().cell());
    }

    /** Compares what has finished. */
    public static Comparison of(
            Plan plan,
            List<Outcome> outcomes,
            Map<RunKey, List<List<Double>>> predictions,
            Map<RunKey, Map<String, Double>> rawParameters,
            Function<Outcome, Optional<RunModel>> models) {
        List<Observation> observations = outcomes.stream().map(Observation::of).toList();
        return new Comparison(
                plan, outcomes, predictions, rawParameters, models, Findings.of(Question.of(plan), observations));
    }

    /** What was planned. */
    public Plan plan() {
        return plan;
    }

    /** Its runs, in the plan's order; a deterministic group appears once. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** What answers each of the plan's rows in raw units, by finished run: one number, or one for each of three classes and more. */
    public Map<RunKey, List<List<Double>>> predictions() {
        return predictions;
    }

    /** Learned numbers by name as they are for data in raw units, by run; absent where there are none, or nothing was scaled. */
    public Map<RunKey, Map<String, Double>> rawParameters() {
        return rawParameters;
    }

    /** Brings the model of one of its runs back; empty for a run without one. */
    public Function<Outcome, Optional<RunModel>> models() {
        return models;
    }

    /** What each variant changes. */
    public Findings findings() {
        return findings;
    }

    /** By metric in the plan's order, the primary one first; then by cell, then by variant, without the baseline. */
    public List<Effect> effects() {
        return findings.effects();
    }

    /** The finished runs of a variant in all cells, in the plan's order. */
    public List<Outcome> finished(String variant) {
        return Collections.unmodifiableList(finished.of(variant));
    }

    /** The finished runs of a variant in a cell, in the plan's order. */
    public List<Outcome> finished(String variant, Map<String, String> cell) {
        return Collections.unmodifiableList(finished.of(variant, cell));
    }

    /** The mean, NaN without a value; of equal values it is that value. */
    public static double mean(double... values) {
        return Pairs.mean(values);
    }

    /** The standard deviation, divided by n - 1; NaN below two values. */
    public static double sd(double... values) {
        return Pairs.sd(values);
    }
}
