package dev.ablate.engine;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.provenance.SharedProvenance;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.CsvReport;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.text.MarkdownNote;
import dev.ablate.engine.report.text.MarkdownReport;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Execution;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Takes an experiment from its plan to its answer: trains, compares, stores and delivers. */
final class Conductor {

    private final Ablate ablate;
    private final Experiment experiment;
    private final RunOptions options;
    private final RunListener listener;
    private final Cancellation cancellation;
    private final RunStore store;
    private final RunTracking tracking;

    Conductor(Ablate ablate, Experiment experiment, RunOptions options) {
        this.ablate = ablate;
        this.experiment = experiment;
        this.options = options;
        this.listener = options.listener();
        this.cancellation = options.cancellation();
        this.store = ablate.store();
        this.tracking = options.tracking().orElseGet(ablate::tracking);
    }

    ExperimentResult conduct() {
        Plan plan = experiment.plan();
        ExecutionOptions execution = options.of(plan);
        store.record(plan, tracking.experiment(plan));
        try (RunTracking.Session session = tracking.begin(plan)) {
            Execution done = plan.launching().isPresent() ? launch(plan, execution) : train(plan, execution);
            if (cancellation.isCancelled()) {
                return result(done, () -> report(ModelAnswers.compare(plan, done.outcomes(), store), execution), true);
            }
            listener.doing("comparing " + Numbers.count(done.outcomes().size(), "run"));
            Comparison comparison = ModelAnswers.compare(plan, StoredOutcomes.with(done, plan, store), store);
            Report report = report(comparison, execution);
            ExperimentResult result = result(done, () -> report, false);
            if (done.pending().isEmpty()) {
                publish(comparison, report, execution.only());
            }
            listener.compared(result);
            listener.delivering();
            return result.tracked(session.finish(cancellation));
        }
    }

    private Report report(Comparison comparison, ExecutionOptions execution) {
        return Report.of(comparison, experiment.typed(), execution.only());
    }

    private ExperimentResult result(Execution done, Supplier<Report> report, boolean cancelled) {
        return new ExperimentResult(
                ablate,
                experiment,
                report,
                done.outcomes(),
                done.pending(),
                done.jobs(),
                List.of(),
                cancelled,
                Optional.empty());
    }

    /** The same by a launcher; what is left there is noted first, so that whatever happens it can be collected. */
    private Execution launch(Plan plan, ExecutionOptions execution) {
        boolean noted = execution.detached() && Submission.note(ablate, experiment, plan, execution.only());
        boolean left = false;
        try {
            Execution done = train(plan, execution);
            left = !done.pending().isEmpty();
            if (!left) {
                Submission.forget(ablate, plan);
            }
            return done;
        } finally {
            if (noted && !left) {
                Submission.forget(ablate, plan);
            }
        }
    }

    private Execution train(Plan plan, ExecutionOptions execution) {
        int runs = execution.wanted(plan).size();
        listener.training(plan, runs);
        List<Outcome> outcomes = List.of();
        try {
            Execution done = ablate.executor().execute(plan, execution, listener, cancellation);
            outcomes = done.outcomes();
            return done;
        } finally {
            listener.trained(plan, outcomes);
        }
    }

    /** Stores what the parent run shows where it is delivered; it is alike whether runs were reused or not. */
    private void publish(Comparison comparison, Report report, Set<String> only) {
        Plan plan = comparison.plan();
        store.register(plan.key(), RegistryChoice.of(comparison, store, listener::remarks));
        String inputs = ablate.code()
                .map(code -> DocumentInputs.hash(code, comparison, only, experiment, store))
                .orElse("");
        if (store.publishAgain(plan.key(), inputs)) {
            return;
        }
        listener.doing("drawing the report");
        Report stored = report.lasting();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("spec.yaml", bytes(plan.resolved()));
        files.put("report.json", bytes(JsonReport.render(stored, Tracking.NONE)));
        files.put(
                "report.html",
                bytes(ablate.forms()
                        .page(
                                stored,
                                experiment.invocation().command(),
                                experiment.planned().origins())));
        files.put("report.md", bytes(MarkdownReport.render(stored)));
        files.put("runs.csv", bytes(CsvReport.render(stored)));
        SharedProvenance.file(store, plan.key()).ifPresent(file -> files.put(SharedProvenance.FILE, file));
        store.publish(
                plan.key(),
                new Published(
                        MarkdownNote.render(stored),
                        stored.sentence(),
                        StoredEffects.of(stored.findings().effects()),
                        files,
                        ModelAnswers.stored(comparison),
                        inputs));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
