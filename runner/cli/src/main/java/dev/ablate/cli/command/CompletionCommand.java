package dev.ablate.cli.command;

import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        description =
                "Print a script for bash or zsh that completes commands and options: source <(${ROOT-COMMAND-NAME} completion)")
public final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result(AutoComplete.bash("ablate", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
