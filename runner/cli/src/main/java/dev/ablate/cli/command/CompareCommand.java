package dev.ablate.cli.command;

import dev.ablate.cli.app.Comparer;
import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.QuestionArguments;
import jakarta.inject.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    private final Provider<Comparer> comparer;

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
    private final GateArguments gates = new GateArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments();

    public CompareCommand(Provider<Comparer> comparer) {
        this.comparer = comparer;
    }

    @Override
    public Integer call() throws IOException {
        return comparer.get().compare(what, layers, question, gates, output);
    }
}
