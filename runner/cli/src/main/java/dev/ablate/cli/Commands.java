package dev.ablate.cli;

import dev.ablate.cli.command.CompletionCommand;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Adds the commands of a command line: those that are typed with all that they take, the others by name and description, as making all
 * of them takes longer than what most of them do.
 */
final class Commands {

    /** Those that plan a spec; not by their annotations, which take long to read. */
    private static final Set<String> PLANNING = Set.of("run", "validate", "plan", "explain", "check");

    private static final Set<String> HELP = Set.of("-h", "--help", "help");

    private final CommandLine line;
    private final List<String> typed;
    private final boolean all;

    /**
     * @param line what they are commands of
     * @param typed the arguments of the program
     */
    Commands(CommandLine line, List<String> typed) {
        this.line = line;
        this.typed = typed;
        // a file of arguments may name any of them
        this.all =
                typed.contains(name(CompletionCommand.class)) || typed.stream().anyMatch(word -> word.startsWith("@"));
    }

    /** Whether a command line is sure to need plugins, as it plans a spec. */
    static boolean needPlugins(List<String> typed) {
        return PLANNING.stream().anyMatch(typed::contains) && HELP.stream().noneMatch(typed::contains);
    }

    /** Adds one. */
    <C> Commands add(Class<C> type, Supplier<C> command) {
        String name = name(type);
        if (all || typed.contains(name)) {
            line.addSubcommand(command.get());
        } else {
            CommandSpec named = CommandSpec.create();
            named.usageMessage().description(annotation(type).description());
            line.addSubcommand(name, named);
        }
        return this;
    }

    private static String name(Class<?> type) {
        return annotation(type).name();
    }

    private static Command annotation(Class<?> type) {
        return type.getAnnotation(Command.class);
    }
}
