package dev.ablate.cli.app;

import dev.ablate.cli.argument.Gate;
import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.RunArguments;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.TrackingArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.ProgressDisplay;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.onnx.ModelFiles;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Planned;
import dev.ablate.engine.plan.RunKey;
import dev.ablate.engine.report.BestRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.CsvReport;
import dev.ablate.engine.report.data.JsonReport;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.text.MarkdownNote;
import dev.ablate.engine.report.text.MarkdownReport;
import dev.ablate.engine.report.text.TextReport;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.train.Outcome;
import dev.ablate.mlflow.client.Endpoint;
import dev.ablate.mlflow.delivery.Delivery;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Takes an experiment from its spec to its answer: plans, trains, compares, prints and delivers. */
public final class Conductor {

    private final Surroundings surroundings;
    private final Console console;
    private final Interruption interruption;
    private final Planning planning;
    private final RunStore store;
    private final Executor executor;
    private final Forms forms;
    private final Tracker tracker;

    @Inject
    Conductor(
            Surroundings surroundings,
            Console console,
            Interruption interruption,
            Planning planning,
            RunStore store,
            Executor executor,
            Forms forms,
            Tracker tracker) {
        this.surroundings = surroundings;
        this.console = console;
        this.interruption = interruption;
        this.planning = planning;
        this.store = store;
        this.executor = executor;
        this.forms = forms;
        this.tracker = tracker;
    }

    /** Does what {@code ablate run} was asked for. */
    public int conduct(
            SpecArguments spec, RunArguments how, TrackingArguments where, GateArguments gated, OutputArguments output)
            throws IOException {
        output.check();
        where.check();
        interruption.saying(() -> "interrupted before any run began; nothing is lost. To go on: " + console.again());
        Planned planned = planning.planned(spec.spec(), spec.overrides());
        Plan plan = planned.plan();
        ExecutionOptions orders = how.orders(plan);
        List<Gate> gates = gated.of(Question.of(plan));
        if (how.dryRun()) {
            output.write(console, PlanTable.render(plan, orders, store, console.style()));
            return ExitCode.DONE;
        }
        Optional<Endpoint> destination = tracker.destination(plan, where);
        store.record(plan, tracker.experiment(plan, where));
        Optional<Delivery> delivery = destination.map(found -> tracker.begin(plan, found));
        Optional<ServerStart> starting = tracker.start(plan, where, destination);
        try {
            List<Outcome> outcomes = train(plan, orders);
            if (interruption.code().isPresent()) {
                return interrupted(plan, outcomes);
            }
            String stored = finished(plan, outcomes);
            interruption.saying(
                    () -> "interrupted: " + stored + ", and all is kept. To see what they say: " + console.again());
            console.doing("comparing " + Numbers.count(outcomes.size(), "run"));
            Comparison comparison = Comparer.compare(plan, withStored(plan, outcomes));
            Report report = Report.of(comparison, spec.invocation(console.program(), where.words()), orders.only());
            publish(comparison, report, spec.invocation(console.program()).command(), planned.origins());
            Tracker.Result tracked =
                    answer(report, output, () -> tracker.finish(plan, where, delivery, starting), plan.key());
            boolean held = Gate.hold(gates, comparison.findings(), console);
            return exitCode(outcomes, held, where, tracked);
        } finally {
            delivery.ifPresent(Delivery::close);
            starting.ifPresent(ServerStart::close);
        }
    }

    @SuppressWarnings("try") // a signal ends it, and closing is all that there is to do
    private List<Outcome> train(Plan plan, ExecutionOptions orders) {
        interruption.saying(() -> "interrupted at once; what was recorded is kept. To go on: " + console.again());
        Cancellation cancellation = new Cancellation();
        int runs = (int) plan.runs().stream()
                .filter(run -> orders.only().isEmpty() || orders.only().contains(run.variant()))
                .count();
        try (ProgressDisplay progress = ProgressDisplay.of(console, surroundings, runs);
                Interruption.Going going = interruption.during(cancellation::cancel)) {
            return executor.execute(plan, orders, progress, cancellation).outcomes();
        }
    }

    /** With the finished runs of variants that {@code --only} left out: what is known is compared. */
    private List<Outcome> withStored(Plan plan, List<Outcome> outcomes) {
        Map<RunKey, Outcome> byKey = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byKey.put(outcome.run().key(), outcome));
        return plan.runs().stream()
                .filter(run -> byKey.containsKey(run.key())
                        || outcomes.stream()
                                .noneMatch(outcome -> outcome.run().variant().equals(run.variant())))
                .flatMap(run -> Optional.ofNullable(byKey.get(run.key()))
                        .or(() -> store.find(run.key())
                                .filter(record -> record.status() == RunStatus.FINISHED)
                                .map(record -> new Outcome(run, record, true)))
                        .stream())
                .toList();
    }

    /** Stores what the parent run in MLflow shows; it is alike whether runs were reused or not. */
    private void publish(Comparison comparison, Report report, String command, String origins) {
        Plan plan = comparison.plan();
        console.doing("drawing the report");
        Report stored = report.lasting();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("spec.yaml", bytes(plan.resolved()));
        files.put("report.json", bytes(JsonReport.render(stored, Tracking.NONE)));
        files.put("report.html", bytes(forms.page(stored, command, origins)));
        files.put("report.md", bytes(MarkdownReport.render(stored)));
        files.put("runs.csv", bytes(CsvReport.render(stored)));
        files.put("environment.json", bytes(EnvironmentFile.text()));
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
        store.register(plan.key(), registration(comparison));
        store.publish(plan.key(), MarkdownNote.render(stored), files, predictions);
    }

    /** Which run's model is to be in the registry; says which, or why none is. */
    private Optional<Registration> registration(Comparison comparison) {
        Optional<String> name = comparison.plan().track().register();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        BestRun.Choice choice =
                BestRun.of(comparison.findings(), comparison.plan().track().registerFrom());
        Optional<BestRun> best = choice.run();
        if (best.isEmpty()) {
            console.report("Nothing is registered as " + name.get() + ": " + choice.reason());
            return Optional.empty();
        }
        boolean modelled = store.find(best.get().key())
                .filter(record ->
                        store.files(record.id()).keySet().stream().anyMatch(path -> path.startsWith(ModelFiles.FOLDER)))
                .isPresent();
        if (!modelled) {
            console.report("Nothing is registered as " + name.get() + ": run "
                    + best.get().label()
                    + " has no stored model, as its trainer has no layers, or an older Ablate trained it"
                    + " (then: --force)");
            return Optional.empty();
        }
        console.report("To be registered as " + name.get() + ": the model of "
                + best.get().label());
        return Optional.of(
                new Registration(name.get(), best.get().key(), best.get().description()));
    }

    /** The answer first, and then what became of the delivery; a program gets one document, which waits for it. */
    private Tracker.Result answer(
            Report report, OutputArguments output, Supplier<Tracker.Result> finish, String comparison)
            throws IOException {
        boolean waits = output.format() == OutputArguments.Format.JSON;
        if (output.isForReading()) {
            TextReport text = forms.text(report);
            console.result(text.body());
            Tracker.Result tracked = finish.get();
            tracked.lines().forEach(console::hint);
            console.result(text.closing());
            return tracked;
        }
        if (!waits) {
            output.write(console, forms.of(report, output, Tracking.NONE));
        }
        Tracker.Result tracked = finish.get();
        if (waits) {
            Tracking tracking = tracked.delivered()
                    .map(delivered ->
                            new Tracking(Optional.ofNullable(delivered.pages().get(comparison)), delivered.runs()))
                    .orElse(Tracking.NONE);
            output.write(console, forms.of(report, output, tracking));
        }
        tracked.lines().forEach(console::report);
        return tracked;
    }

    private int interrupted(Plan plan, List<Outcome> outcomes) {
        console.error("interrupted: " + finished(plan, outcomes) + ", and all is kept. To go on: " + console.again());
        return interruption.code().orElse(ExitCode.DONE);
    }

    private static String finished(Plan plan, List<Outcome> outcomes) {
        long finished = outcomes.stream()
                .filter(outcome -> outcome.record().status() == RunStatus.FINISHED)
                .count();
        return Numbers.count(finished) + " of " + Numbers.count(plan.runs().size(), "run") + " finished";
    }

    private int exitCode(List<Outcome> outcomes, boolean held, TrackingArguments where, Tracker.Result tracked) {
        if (Stream.of(outcomes)
                .flatMap(List::stream)
                .anyMatch(outcome -> outcome.record().status() == RunStatus.FAILED)) {
            return ExitCode.FAILED;
        }
        if (!held) {
            return ExitCode.GATE;
        }
        if (where.required() && !tracked.complete()) {
            console.error("error: MLflow does not have all of it, which --require-tracking asks for"
                    + (tracked.delivered().isPresent() ? "" : ": there is no server to deliver to"));
            return ExitCode.UNDELIVERED;
        }
        return ExitCode.DONE;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
