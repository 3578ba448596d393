package dev.ablate.cli;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.argument.WordConverter;
import dev.ablate.cli.command.CheckCommand;
import dev.ablate.cli.command.CompareCommand;
import dev.ablate.cli.command.CompletionCommand;
import dev.ablate.cli.command.DescribeCommand;
import dev.ablate.cli.command.ExplainCommand;
import dev.ablate.cli.command.HelpCommand;
import dev.ablate.cli.command.ListCommand;
import dev.ablate.cli.command.PlanCommand;
import dev.ablate.cli.command.PredictCommand;
import dev.ablate.cli.command.RenderCommand;
import dev.ablate.cli.command.ReportCommand;
import dev.ablate.cli.command.RootCommand;
import dev.ablate.cli.command.RunCommand;
import dev.ablate.cli.command.RunsCommand;
import dev.ablate.cli.command.StatusCommand;
import dev.ablate.cli.command.SyncCommand;
import dev.ablate.cli.command.UiCommand;
import dev.ablate.cli.command.UiStatus;
import dev.ablate.cli.command.ValidateCommand;
import dev.ablate.cli.launch.CancelCommand;
import dev.ablate.cli.launch.WorkerCommand;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.NativeCharset;
import dev.ablate.cli.terminal.ProcessGuard;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.runs.StoreException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Where the program begins, and the one place where it ends. */
public final class Main {

    private final Surroundings surroundings;
    private final Interruption interruption;
    private final Console console;
    private final Parts parts;

    Main(Surroundings surroundings, Interruption interruption) {
        this.surroundings = surroundings;
        this.interruption = interruption;
        this.console = new Console(surroundings);
        this.parts = new Parts(surroundings, console, interruption);
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Interruption interruption = new Interruption();
        interruption.listen();
        Surroundings surroundings = Surroundings.ofProcess();
        ProcessGuard guard = new ProcessGuard(surroundings.err(), ExitCode.FAILED);
        guard.stand();
        guard.exit(new Main(surroundings, interruption).run(arguments));
    }

    /** Runs one command. */
    int run(String... arguments) {
        Failures failures = new Failures(console);
        Optional<String> unread = NativeCharset.problem(Stream.concat(Stream.of(arguments), surroundings.names()));
        if (unread.isPresent()) {
            console.error("error: " + unread.get());
            return ExitCode.USAGE;
        }
        console.typed(List.of(arguments));
        interruption.printingTo(console::error);
        interruption.saying(() -> "interrupted. To do it again: " + console.again());
        int code;
        try {
            if (Commands.needPlugins(List.of(arguments))) {
                parts.findPlugins();
            }
            code = commandLine(failures, List.of(arguments)).execute(arguments);
            parts.close();
        } catch (StoreException e) {
            console.error("error: " + e.getMessage());
            code = ExitCode.FAILED;
        } catch (UsageException e) {
            console.error("error: " + e.getMessage());
            code = ExitCode.USAGE;
        } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
            if (console.verbose()) {
                console.trace(e);
            }
            code = failures.bug(e);
        }
        return interruption.code().orElse(failures.printed(surroundings.out(), code));
    }

    @SuppressWarnings("try") // it is shown while the command runs
    private CommandLine commandLine(Failures failures, List<String> typed) {
        RootCommand root = new RootCommand(console);
        CommandLine line = new CommandLine(root);
        line.setCommandName(surroundings.program().name());
        Supplier<Ablate> ablate = parts::ablate;
        new Commands(line, typed)
                .add(
                        RunCommand.class,
                        () -> new RunCommand(
                                surroundings, console, interruption, ablate, parts::deliveries, parts::gather))
                .add(CompareCommand.class, () -> new CompareCommand(console, ablate, parts::answers))
                .add(ReportCommand.class, () -> new ReportCommand(console, ablate))
                .add(ValidateCommand.class, () -> new ValidateCommand(console, ablate))
                .add(CheckCommand.class, () -> new CheckCommand(console, ablate))
                .add(PlanCommand.class, () -> new PlanCommand(console, ablate))
                .add(RenderCommand.class, () -> new RenderCommand(console, ablate))
                .add(ListCommand.class, () -> new ListCommand(console, ablate))
                .add(DescribeCommand.class, () -> new DescribeCommand(console, ablate))
                .add(ExplainCommand.class, () -> new ExplainCommand(console, ablate))
                .add(PredictCommand.class, () -> new PredictCommand(console, ablate))
                .add(RunsCommand.class, () -> new RunsCommand(console, ablate))
                .add(SyncCommand.class, () -> new SyncCommand(console, parts::deliveries, parts::collected))
                .add(UiCommand.class, () -> new UiCommand(console, interruption, parts::deliveries, parts::server))
                .add(StatusCommand.class, () -> new StatusCommand(console, parts::inventory))
                .add(CancelCommand.class, () -> new CancelCommand(console, ablate))
                .add(
                        WorkerCommand.class,
                        () -> new WorkerCommand(
                                console, interruption, surroundings.environment(), parts::pluginFolders))
                .add(CompletionCommand.class, () -> new CompletionCommand(console))
                .add(HelpCommand.class, HelpCommand::new);
        line.registerConverter(ListCommand.What.class, new WordConverter<>(ListCommand.What.class));
        line.registerConverter(DescribeCommand.What.class, new WordConverter<>(DescribeCommand.What.class));
        line.registerConverter(ExplainCommand.Format.class, new WordConverter<>(ExplainCommand.Format.class));
        line.registerConverter(PredictCommand.Format.class, new WordConverter<>(PredictCommand.Format.class));
        line.registerConverter(UiStatus.Format.class, new WordConverter<>(UiStatus.Format.class));
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setExecutionStrategy(parsed -> {
            root.settle();
            try (Console.Shown work = console.work()) {
                return new CommandLine.RunLast().execute(parsed);
            }
        });
        line.setOut(surroundings.out().writer());
        line.setErr(writer(surroundings.err()));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.style() == Style.COLOURED ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(80);
        line.setUsageHelpAutoWidth(false);
        line.setOverwrittenOptionsAllowed(false);
        line.setUnmatchedOptionsArePositionalParams(false);
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
