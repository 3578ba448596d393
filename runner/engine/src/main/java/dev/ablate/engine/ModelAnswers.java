package dev.ablate.engine;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunKey;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Predictor;
import dev.ablate.engine.train.RawParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the models of finished runs answer to the rows of {@code predict}, and their weights in raw units. */
final class ModelAnswers {

    private ModelAnswers() {}

    /** Compares the finished runs of a plan, with these. */
    static Comparison compare(Plan plan, List<Outcome> outcomes) {
        Map<RunKey, List<Double>> predictions = new LinkedHashMap<>();
        Map<RunKey, Map<String, Double>> raw = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            PlannedRun run = outcome.run();
            if (outcome.record().status() == RunStatus.FINISHED) {
                predictions.put(
                        run.key(),
                        Predictor.of(plan.features(), run, outcome.record()).answers(plan.predict()));
                RawParameters.of(run, outcome.record()).ifPresent(parameters -> raw.put(run.key(), parameters));
            }
        }
        return Comparison.of(plan, outcomes, predictions, raw);
    }

    /** As the store has them with a comparison. */
    static Map<RunKey, String> stored(Comparison comparison) {
        Plan plan = comparison.plan();
        Map<RunKey, String> predictions = new LinkedHashMap<>();
        if (!plan.predict().isEmpty()) {
            plan.runs()
                    .forEach(run -> Optional.ofNullable(comparison.predictions().get(run.key()))
                            .ifPresent(answers -> predictions.put(
                                    run.key(),
                                    JsonReport.predictions(
                                            plan.features(),
                                            plan.predict(),
                                            answers,
                                            run.dataset().isCoded() ? run.labels(answers) : List.of()))));
        }
        return predictions;
    }
}
