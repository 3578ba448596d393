package dev.ablate.cli.launch;

import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.core.launch.Exchange;
import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.task.TaskRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains runs that were submitted, on any machine. */
@Command(
        name = "worker",
        description =
                "Train runs that a launcher has been given, one after the other, and write a result for each. It needs no home and no store.",
        footer = {
            "",
            "Exit codes: 0 each result is written, whatever became of the run; 1 a run cannot",
            "be trained here; 75 ended by a signal, and a later attempt begins further on;",
            "129, 130, 143 ended by a signal before that."
        })
public final class WorkerCommand implements Callable<Integer> {

    private final Console console;
    private final Interruption interruption;
    private final Map<String, String> environment;
    private final Supplier<List<Path>> pluginFolders;

    @Parameters(arity = "1..*", paramLabel = "TASK", description = "a file of run.launcher.folder")
    private List<Path> tasks = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "the folder for results, instead of the tasks'")
    private @Nullable Path out;

    @Option(names = "--plugins", paramLabel = "DIR", description = "one more folder of plugins; may be repeated")
    private List<Path> plugins = new ArrayList<>();

    public WorkerCommand(
            Console console,
            Interruption interruption,
            Map<String, String> environment,
            Supplier<List<Path>> pluginFolders) {
        this.console = console;
        this.interruption = interruption;
        this.environment = environment;
        this.pluginFolders = pluginFolders;
    }

    @Override
    @SuppressWarnings("try") // a signal ends it, and closing is all that there is to do
    public Integer call() {
        List<Path> folders =
                Stream.concat(pluginFolders.get().stream(), plugins.stream()).toList();
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Interruption.Going going = interruption.during(() -> cancelled.set(true))) {
            int code = new TaskRuns(tasks, Optional.ofNullable(out), console::resultLine)
                    .train(Plugins.find(WorkerCommand.class.getClassLoader(), folders), environment, cancelled);
            if (code == Exchange.RESUMABLE) {
                interruption.endsWith(code);
            }
            return code;
        }
    }
}
