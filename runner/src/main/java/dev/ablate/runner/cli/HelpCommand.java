package dev.ablate.runner.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Does what {@code --help} does, for those who type the word. */
@Command(name = "help", description = "Show how a command is used, or what commands there are.")
final class HelpCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "a command; all of them if it is left out")
    private Optional<String> command = Optional.empty();

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        CommandLine asked = command.map(name -> named(root, name)).orElse(root);
        asked.usage(root.getOut(), root.getColorScheme());
    }

    private static CommandLine named(CommandLine root, String name) {
        CommandLine found = root.getSubcommands().get(name);
        if (found == null) {
            throw new UnmatchedArgumentException(root, List.of(name));
        }
        return found;
    }
}
