package dev.ablate.cli.command;

import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.OutputArguments.Format;
import dev.ablate.cli.argument.QuestionArguments;
import dev.ablate.cli.argument.ReadArguments;
import dev.ablate.cli.argument.RolesArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Comparer;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
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
                "Compare runs that are there, and train nothing: of a spec, picked by their keys, or from a CSV file that any program wrote.",
        footer = {
            "",
            "Exit codes: 0 done; 1 a result could not be written; 2 bad usage, spec or file;",
            "3 a --gate is not met; 5 a bug.",
            "",
            "Try: ${ROOT-COMMAND-NAME} compare results.csv --baseline old --metric accuracy:maximize"
        })
public final class CompareCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(
            arity = "1..*",
            paramLabel = "WHAT",
            description =
                    "a CSV file; or a spec; or two or more runs, each by at least 8 digits of its key; or a stored comparison, by its name or 8 digits of its key")
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
    private final GateArguments gates = new GateArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments(Format.TABLE);

    public CompareCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        String first = what.get(0);
        Optional<ComparisonRecord> known = what.size() == 1 ? ablate.get().storedAlone(first) : Optional.empty();
        if (known.isPresent()) {
            refuseLayers();
            refuseReading();
            return runs(ablate.get().comparer().ofComparison(known.get(), question));
        }
        boolean key = Comparer.isKey(first);
        if (what.size() == 1 && !Comparer.isFile(first) && !key) {
            refuseReading();
            if (question.any()) {
                throw new UsageException(
                        "a spec says itself what is compared: --baseline, --metric, --cell, --same-within, --test"
                                + " and --test-train-ratio go with a CSV file or with runs");
            }
            return spec(first);
        }
        refuseLayers();
        if (what.size() == 1 && !key) {
            console.doing("reading " + first);
            return runs(ablate.get().comparer().ofFile(Path.of(first), reading.given(), roles.roles(), question));
        }
        refuseReading();
        return runs(ablate.get().comparer().ofRuns(what, question));
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
            throw new UsageException("--variant-by, --pair-by and --repeat go with a CSV file alone");
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
        return print(result.report().after(result.remarks()), asked);
    }

    private int runs(RunsComparison comparison) throws IOException {
        comparison.remarks().forEach(console::report);
        List<Gate> asked = gates.of(comparison.question());
        console.doing(
                "comparing " + Numbers.count(comparison.results().observations().size(), "run"));
        Report report = Comparer.report(comparison);
        if (output.format() == Format.HTML) {
            String page = ablate.get()
                    .forms()
                    .page(
                            report.after(comparison.remarks()),
                            console.again(),
                            comparison.origin().facts());
            return written(ablate.get().pages().write(comparison, page, output.file()), report, asked);
        }
        return print(report, asked);
    }

    private int written(Path page, Report report, List<Gate> asked) {
        console.resultLine(page.toString());
        return held(report, asked);
    }

    private int print(Report report, List<Gate> asked) throws IOException {
        output.write(console, output.render(ablate.get().forms(), report, Tracking.NONE, console.look()));
        return held(report, asked);
    }

    private int held(Report report, List<Gate> asked) {
        return GateArguments.hold(asked, report.findings(), console) ? ExitCode.DONE : ExitCode.GATE;
    }
}
