package dev.ablate.cli.command;

import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.MlflowArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.OutputArguments.Format;
import dev.ablate.cli.argument.QuestionArguments;
import dev.ablate.cli.argument.ReadArguments;
import dev.ablate.cli.argument.RolesArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.tracking.MlflowAnswers;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Comparer;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.report.text.TextReport;
import dev.ablate.engine.runs.ComparisonRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares what is there. */
@Command(
        name = "compare",
        description =
                "Compare runs that are there, and train nothing: of a spec, picked by their keys, from a CSV file that any program wrote, or from an MLflow server.",
        footer = {
            "",
            "Exit codes: 0 done; 1 a result could not be written; 2 bad usage, spec or file;",
            "3 a --gate is not met; 4 not written to MLflow; 5 a bug.",
            "",
            "Try: ${ROOT-COMMAND-NAME} compare results.csv --baseline old --metric accuracy:maximize",
            "     ${ROOT-COMMAND-NAME} compare mlflow:churn --variant-by model --metric auc:maximize"
        })
public final class CompareCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;
    private final Supplier<MlflowAnswers> answers;

    @Parameters(
            arity = "1..*",
            paramLabel = "WHAT",
            description =
                    "a CSV file; or mlflow: and the name or id of an experiment; or a spec; or two or more runs, each by at least 8 digits of its key; or a stored comparison, by its name or 8 digits of its key")
    private List<String> what = new ArrayList<>();

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    @Mixin
    private final QuestionArguments question = new QuestionArguments();

    @Mixin
    private final RolesArguments roles = new RolesArguments();

    @Mixin
    private final ReadArguments reading = new ReadArguments();

    @Mixin
    private final MlflowArguments mlflow = new MlflowArguments();

    @Mixin
    private final GateArguments gates = new GateArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments(Format.TABLE);

    public CompareCommand(Console console, Supplier<Ablate> ablate, Supplier<MlflowAnswers> answers) {
        this.console = console;
        this.ablate = ablate;
        this.answers = answers;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        String first = what.get(0);
        if (first.startsWith(MlflowAnswers.SCHEME)) {
            return logged(first);
        }
        Optional<ComparisonRecord> known = what.size() == 1 ? ablate.get().storedAlone(first) : Optional.empty();
        if (known.isPresent()) {
            refuseLayers();
            refuseReading();
            mlflow.check(false, false);
            return runs(ablate.get().comparer().ofComparison(known.get(), question));
        }
        boolean key = Comparer.isKey(first);
        if (what.size() == 1 && !Comparer.isFile(first) && !key) {
            refuseReading();
            mlflow.check(false, false);
            if (question.any()) {
                throw new UsageException(
                        "a spec says itself what is compared: --baseline, --metric, --cell, --across, --same-within, --test,"
                                + " --test-train-ratio and --bayes go with a CSV file or with runs");
            }
            return spec(first);
        }
        refuseLayers();
        if (what.size() == 1 && !key) {
            mlflow.check(false, true);
            console.doing("reading " + first);
            return runs(ablate.get().comparer().ofFile(Path.of(first), reading.given(), roles.roles(), question));
        }
        refuseReading();
        mlflow.check(false, false);
        return runs(ablate.get().comparer().ofRuns(what, question));
    }

    private int logged(String named) throws IOException {
        if (what.size() > 1) {
            throw new UsageException("one experiment is compared at a time: " + String.join(", ", what));
        }
        refuseLayers();
        if (reading.any()) {
            throw new UsageException("--read goes with a CSV file alone");
        }
        mlflow.check(true, true);
        return runs(answers.get().read(named, mlflow, ablate.get().comparer(), roles.roles(), question));
    }

    private void refuseLayers() {
        if (layers.any()) {
            throw new UsageException("--set, --seeds and --repeats go with a spec alone");
        }
        if (output.series()) {
            throw new UsageException("--series goes with a spec alone");
        }
    }

    private void refuseReading() {
        if (reading.any()) {
            throw new UsageException("--read goes with a CSV file alone");
        }
        if (roles.any()) {
            throw new UsageException(
                    "--variant-by, --pair-by, --cluster-by and --repeat go with a CSV file or mlflow:EXPERIMENT");
        }
    }

    private int spec(String named) throws IOException {
        Experiment experiment = ablate.get().experiment(named).with(layers.overrides());
        console.doing("reading " + named);
        ExperimentResult result = experiment.compare();
        List<Gate> asked = gates.of(result.report().findings().question());
        if (output.format() == Format.HTML) {
            result.remarks().forEach(console::report);
            return written(ablate.get().pages().write(result, output.file()), result.report(), asked);
        }
        return print(result.report().after(result.remarks()), Tracking.NONE, asked);
    }

    private int runs(RunsComparison comparison) throws IOException {
        comparison.remarks().forEach(console::report);
        List<Gate> asked = gates.of(comparison.question());
        console.doing(
                "comparing " + Numbers.count(comparison.results().observations().size(), "run"));
        Report report = Comparer.report(comparison);
        MlflowAnswers.Written written = mlflow.write() ? write(comparison) : MlflowAnswers.Written.NOTHING;
        int code = shown(comparison, report, written, asked);
        return code == ExitCode.DONE && !written.complete() ? ExitCode.UNDELIVERED : code;
    }

    private MlflowAnswers.Written write(RunsComparison comparison) {
        String experiment = what.get(0).startsWith(MlflowAnswers.SCHEME)
                ? comparison.question().name()
                : answers.get().experiment(mlflow, comparison.question().name());
        return answers.get().write(experiment, ablate.get().forms().answer(comparison, console.again()), mlflow);
    }

    private int shown(RunsComparison comparison, Report report, MlflowAnswers.Written written, List<Gate> asked)
            throws IOException {
        if (output.isForReading() && written.complete()) {
            TextReport text = ablate.get().forms().text(report, console.look());
            console.result(text.body());
            if (!written.lines().isEmpty()) {
                console.result("\n");
                written.lines().forEach(console::hint);
            }
            console.result(text.closing());
            return held(report, asked);
        }
        int code = output.format() == Format.HTML
                ? written(page(comparison, report), report, asked)
                : print(report, written.tracking(), asked);
        written.lines().forEach(written.complete() ? console::report : console::error);
        return code;
    }

    private Path page(RunsComparison comparison, Report report) throws IOException {
        String page = ablate.get()
                .forms()
                .page(
                        report.after(comparison.remarks()),
                        console.again(),
                        comparison.origin().facts());
        return ablate.get().pages().write(comparison, page, output.file());
    }

    private int written(Path page, Report report, List<Gate> asked) {
        console.resultLine(page.toString());
        return held(report, asked);
    }

    private int print(Report report, Tracking tracking, List<Gate> asked) throws IOException {
        output.write(console, output.render(ablate.get().forms(), report, tracking, console.look()));
        return held(report, asked);
    }

    private int held(Report report, List<Gate> asked) {
        return GateArguments.hold(asked, report.findings(), console) ? ExitCode.DONE : ExitCode.GATE;
    }
}
