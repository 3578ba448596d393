package dev.ablate.engine;

import dev.ablate.core.data.Task;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RawParameters;
import dev.ablate.engine.model.RunModels;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.ScaleSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the models of finished runs answer to the rows of {@code predict}, and their weights in raw units. */
final class ModelAnswers {

    private ModelAnswers() {}

    /** Compares the finished runs of a plan, with what their stored models answer. */
    static Comparison compare(Plan plan, List<Outcome> outcomes, RunStore store) {
        RunModels models = new RunModels(store);
        Map<RunKey, List<List<Double>>> predictions = new LinkedHashMap<>();
        Map<RunKey, Map<String, Double>> raw = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            PlannedRun run = outcome.run();
            RunRecord record = outcome.record();
            if (record.status() == RunStatus.FINISHED) {
                predictions.put(run.key(), plan.predict().isEmpty() ? List.of() : answers(plan, run, record, models));
                if (!run.scale().equals(ScaleSettings.NONE)) {
                    models.description(record)
                            .flatMap(model -> RawParameters.of(model, RawParameters.isBiased(record.parameters())))
                            .ifPresent(parameters -> raw.put(run.key(), parameters));
                }
            }
        }
        return Comparison.of(plan, outcomes, predictions, raw, outcome -> models.of(outcome.run(), outcome.record()));
    }

    private static List<List<Double>> answers(Plan plan, PlannedRun run, RunRecord record, RunModels models) {
        return models.of(run, record)
                .map(model -> Predictor.of(plan.features(), model).answers(plan.predict()))
                .orElse(List.of());
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
                                            plan.predict().stream()
                                                    .map(row -> JsonReport.values(plan.inputs(), row))
                                                    .toList(),
                                            answers,
                                            run.dataset().classes(),
                                            run.dataset().isCoded()
                                                            || run.dataset().task() == Task.CLASSES
                                                    ? run.labels(answers)
                                                    : List.of()))));
        }
        return predictions;
    }
}
