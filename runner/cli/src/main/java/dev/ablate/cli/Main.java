package dev.ablate.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.ablate.cli.argument.WordConverter;
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
import dev.ablate.cli.command.StatusCommand;
import dev.ablate.cli.command.SyncCommand;
import dev.ablate.cli.command.UiCommand;
import dev.ablate.cli.command.UiStatus;
import dev.ablate.cli.command.ValidateCommand;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.NativeCharset;
import dev.ablate.cli.terminal.ProcessGuard;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.provenance.Gathering;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.runs.StoreException;
import dev.ablate.mlflow.server.LocalServer;
import jakarta.inject.Provider;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Where the program begins, and the one place where it ends. */
public final class Main {

    private final Surroundings surroundings;
    private final Interruption interruption;
    private final Console console;
    private @Nullable Injector injector;

    Main(Surroundings surroundings, Interruption interruption) {
        this.surroundings = surroundings;
        this.interruption = interruption;
        this.console = new Console(surroundings);
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
            code = commandLine(failures).execute(arguments);
            close();
        } catch (StoreException e) {
            console.error("error: " + e.getMessage());
            code = ExitCode.FAILED;
        } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
            if (console.verbose()) {
                console.trace(e);
            }
            code = failures.bug(e);
        }
        return interruption.code().orElse(failures.printed(surroundings.out(), code));
    }

    private void close() {
        Injector wired = injector;
        if (wired != null) {
            wired.getInstance(Ablate.class).close();
        }
    }

    @SuppressWarnings("try") // it is shown while the command runs
    private CommandLine commandLine(Failures failures) {
        RootCommand root = new RootCommand(console);
        CommandLine line = new CommandLine(root);
        line.setCommandName(surroundings.program().name());
        Provider<Ablate> ablate = of(Ablate.class);
        line.addSubcommand(new RunCommand(
                        surroundings, console, interruption, ablate, of(Deliveries.class), of(Gathering.class)))
                .addSubcommand(new CompareCommand(console, ablate))
                .addSubcommand(new ReportCommand(console, ablate))
                .addSubcommand(new ValidateCommand(console, ablate))
                .addSubcommand(new PlanCommand(console, ablate))
                .addSubcommand(new RenderCommand(console, ablate))
                .addSubcommand(new ListCommand(console, ablate))
                .addSubcommand(new DescribeCommand(console, ablate))
                .addSubcommand(new ExplainCommand(console, ablate))
                .addSubcommand(new PredictCommand(console, ablate))
                .addSubcommand(new SyncCommand(console, of(Deliveries.class)))
                .addSubcommand(new UiCommand(console, interruption, of(Deliveries.class), of(LocalServer.class)))
                .addSubcommand(new StatusCommand(console, of(StatusCommand.Inventory.class)))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new HelpCommand());
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

    /** Wires the runner when a command first asks for a part of it: help and version do not. */
    private <T> Provider<T> of(Class<T> part) {
        return () -> {
            Injector wired = injector;
            if (wired == null) {
                wired = Guice.createInjector(Stage.DEVELOPMENT, new RunnerModule(surroundings, console, interruption));
                injector = wired;
            }
            return wired.getInstance(part);
        };
    }
}
