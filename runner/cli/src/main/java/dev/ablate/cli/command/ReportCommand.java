package dev.ablate.cli.command;

import dev.ablate.cli.app.Publisher;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.OutputArguments.Format;
import jakarta.inject.Provider;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    private final Provider<Publisher> publisher;

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

    public ReportCommand(Provider<Publisher> publisher) {
        this.publisher = publisher;
    }

    @Override
    public Integer call() throws IOException {
        return publisher.get().report(Optional.ofNullable(spec), all, layers, output);
    }
}
