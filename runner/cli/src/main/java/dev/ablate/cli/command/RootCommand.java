package dev.ablate.cli.command;

import dev.ablate.cli.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all of its parts take. */
@Command(
        name = "ablate",
        description = "What does this one change do? Trains every variant of an experiment, and compares them.",
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Try: ${ROOT-COMMAND-NAME} run or-gate-bias"})
public final class RootCommand implements Runnable {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "print nothing but results and errors")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "print every run and row, and where in the program an error arose")
    private boolean verbose;

    @Option(names = "--no-progress", scope = ScopeType.INHERIT, description = "do not show how it goes")
    private boolean noProgress;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours")
    private boolean noColour;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    public RootCommand(Console console) {
        this.console = console;
    }

    /** Before any command runs. */
    public void settle() {
        console.set(noColour, quiet, verbose, noProgress);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), spec.commandLine().getColorScheme());
    }
}
