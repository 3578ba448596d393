package dev.ablate.cli.command;

import dev.ablate.cli.argument.NewFile;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.report.AtomicFile;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.transfer.RunTransfer.Exported;
import dev.ablate.engine.transfer.RunTransfer.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finished runs from one home to another. */
@Command(
        name = "runs",
        description = "Take finished runs from one home to another, in one file.",
        commandListHeading = "%nCommands:%n",
        synopsisSubcommandLabel = "COMMAND")
public final class RunsCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    public RunsCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        throw new UsageException(
                "runs needs a command: export or import. To see what runs there are: ablate list runs");
    }

    @Command(
            name = "export",
            description =
                    "Write finished runs into one file, with the comparisons that they are in: all of them, or those that are named.")
    int exports(
            @Parameters(index = "0", paramLabel = "FILE", description = "where to, a zip file") Path file,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "KEY",
                            description = "a run or a comparison, by at least 8 digits of its key")
                    @Nullable
                    List<String> keys,
            @Option(
                            names = "--experiment",
                            paramLabel = "NAME",
                            description =
                                    "the runs of the comparisons of this name, or of those filed under this MLflow experiment; may be repeated")
                    @Nullable
                    List<String> experiments,
            @Option(names = "--force", description = "replace FILE if it is there") boolean force)
            throws IOException {
        NewFile.require(file, force);
        try (AtomicFile atomic = AtomicFile.begin(file)) {
            Exported exported = ablate.get()
                    .transfer()
                    .exports(
                            atomic.draft(),
                            experiments == null ? List.of() : experiments,
                            keys == null ? List.of() : keys);
            atomic.commit();
            console.hint(file + " holds " + Numbers.count(exported.runs(), "run") + " and "
                    + Numbers.count(exported.comparisons(), "comparison")
                    + ". To have them in another home: ablate runs import "
                    + Program.quoted(file.toString()));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "import",
            description =
                    "Take the runs of such a file into this home. What is here already stays as it is; a run that is here with other figures is reported.")
    int imports(@Parameters(paramLabel = "FILE", description = "what ${ROOT-COMMAND-NAME} runs export wrote") Path file)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + file);
        }
        Imported imported = ablate.get().transfer().imports(file);
        console.hint("new here: " + Numbers.count(imported.added(), "run") + " and "
                + Numbers.count(imported.comparisons(), "comparison") + "; here already: "
                + Numbers.count(imported.there(), "run"));
        imported.refused().forEach(refused -> console.error("error: " + refused));
        return imported.refused().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
