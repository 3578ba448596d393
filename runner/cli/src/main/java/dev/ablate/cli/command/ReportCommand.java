package dev.ablate.cli.command;

import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.OutputArguments.Format;
import dev.ablate.cli.argument.QuestionArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Comparer;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Home;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what has been run. */
@Command(
        name = "report",
        description =
                "Show what has been run of an experiment, and train nothing: one page with charts that any browser opens, or text.",
        footer = {
            "",
            "A page goes to the folder 'reports' of Ablate's home unless -o names a file;",
            "its path is printed.",
            "",
            "Try: ${ROOT-COMMAND-NAME} run or-gate-bias, then ${ROOT-COMMAND-NAME} report or-gate-bias"
        })
public final class ReportCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(
            arity = "0..1",
            paramLabel = "SPEC",
            description = "a file, or a shipped experiment's name (${ROOT-COMMAND-NAME} list experiments)")
    private @Nullable String spec;

    @Option(names = "--all", description = "one page that links the reports of all that has been run")
    private boolean all;

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments(Format.HTML);

    public ReportCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() throws IOException {
        try {
            output.check();
            if ((spec != null) == all) {
                throw new UsageException(all ? "--all goes without a spec" : "name a spec, or say --all");
            }
            return spec == null ? index() : report(spec);
        } catch (IOException e) {
            throw elsewhere(e);
        }
    }

    /** Where the home cannot be written, a page may be written elsewhere. */
    private IOException elsewhere(IOException e) {
        Home home = ablate.get().home();
        boolean writable = Files.isWritable(home.folder());
        // one of a file system may say no more than a name
        if (output.file().isPresent() || (writable && e instanceof FileSystemException)) {
            return e;
        }
        String what = writable ? e.getMessage() : home.reports() + " cannot be written";
        return new IOException(what + "; -o FILE writes it elsewhere", e);
    }

    private int index() throws IOException {
        if (layers.any() || output.format() != Format.HTML) {
            throw new UsageException("--all writes pages: --set, --seeds, --repeats and -f go with a spec alone");
        }
        return written(ablate.get().pages().index(output.file()));
    }

    private int report(String named) throws IOException {
        Optional<ComparisonRecord> known = ablate.get().storedAlone(named);
        if (known.isPresent()) {
            return stored(known.get());
        }
        Experiment experiment = ablate.get().experiment(named).with(layers.overrides());
        console.doing("reading " + named);
        ExperimentResult result = experiment.report();
        if (output.format() != Format.HTML) {
            write(result.report().after(result.remarks()));
            return ExitCode.DONE;
        }
        Path file = ablate.get().pages().write(result, output.file());
        result.remarks().forEach(console::report);
        return written(file);
    }

    /** A comparison as it was when it ended: nothing is planned, so that its spec and its data need not be there. */
    private int stored(ComparisonRecord comparison) throws IOException {
        if (layers.any() || output.series()) {
            throw new UsageException("'" + comparison.name()
                    + "' is from the store: --set, --seeds, --repeats and --series go with a spec alone");
        }
        switch (output.format()) {
            case HTML -> {
                return written(ablate.get().pages().write(comparison, output.file()));
            }
            case TABLE, LATEX ->
                write(Comparer.report(ablate.get().comparer().ofComparison(comparison, new QuestionArguments())));
            case MD -> document(comparison, "report.md");
            case JSON -> document(comparison, "report.json");
            case CSV -> document(comparison, "runs.csv");
        }
        return ExitCode.DONE;
    }

    private void document(ComparisonRecord comparison, String name) throws IOException {
        output.write(console, ablate.get().pages().document(comparison, name));
    }

    private void write(Report report) throws IOException {
        output.write(console, output.render(ablate.get().forms(), report, Tracking.NONE, console.look()));
    }

    private int written(Path file) {
        console.resultLine(file.toString());
        return ExitCode.DONE;
    }
}
