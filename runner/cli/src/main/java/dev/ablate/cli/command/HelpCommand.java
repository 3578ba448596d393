package dev.ablate.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Does what {@code --help} does, for those who type the word. */
@Command(name = "help", description = "Show how a command is used, or what commands there are.")
public final class HelpCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..2", paramLabel = "COMMAND", description = "a command; all of them if it is left out")
    private List<String> commands = new ArrayList<>();

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        CommandLine asked = root;
        for (String name : commands) {
            asked = named(asked, name);
        }
        asked.usage(root.getOut(), root.getColorScheme());
    }

    private static CommandLine named(CommandLine above, String name) {
        CommandLine found = above.getSubcommands().get(name);
        if (found == null) {
            throw new UnmatchedArgumentException(above, List.of(name));
        }
        return found;
    }
}
