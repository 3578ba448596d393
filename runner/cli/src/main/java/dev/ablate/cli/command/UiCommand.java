package dev.ablate.cli.command;

import dev.ablate.cli.argument.NewFile;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.report.AtomicFile;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.mlflow.delivery.MlflowTracker;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.mlflow.server.LocalServerException;
import dev.ablate.mlflow.server.ServerData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The MLflow server that belongs to this machine. */
@Command(
        name = "ui",
        description =
                "Start MLflow on this machine, installing it first if need be, deliver what it lacks, and open it.",
        commandListHeading = "%nCommands:%n",
        synopsisSubcommandLabel = "[COMMAND]")
public final class UiCommand implements Callable<Integer> {

    private final Console console;
    private final Interruption interruption;
    private final Supplier<Deliveries> deliveries;
    private final Supplier<LocalServer> local;

    public UiCommand(
            Console console, Interruption interruption, Supplier<Deliveries> deliveries, Supplier<LocalServer> local) {
        this.console = console;
        this.interruption = interruption;
        this.deliveries = deliveries;
        this.local = local;
    }

    @Override
    public Integer call() throws LocalServerException {
        return start();
    }

    @Command(description = "Start it, deliver what it lacks, and open it: what ${ROOT-COMMAND-NAME} ui does by itself.")
    int start() throws LocalServerException {
        URI server = deliveries.get().startServer();
        console.hint("MLflow runs at " + server + "  (to end it: ablate ui stop)");
        Deliveries.Result result = deliveries.get().sync(MlflowTracker.managedServer(server));
        result.lines().forEach(console::hint);
        deliveries.get().show(result.page().orElse(server.toString()));
        return interruption.code().orElse(ExitCode.DONE);
    }

    @Command(description = "End it; its data stay.")
    int stop() throws LocalServerException {
        boolean ran = deliveries.get().withServer(server -> server.stop(console::report));
        console.result(ran ? "MLflow was stopped; its data stay.\n" : "MLflow does not run.\n");
        return ExitCode.DONE;
    }

    @Command(description = "Show whether it runs, which version, where, and how big its data are.")
    int status(
            @Option(
                            names = {"-f", "--format"},
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "table or json (default: ${DEFAULT-VALUE})")
                    UiStatus.Format format) {
        UiStatus status = new UiStatus(local.get().status());
        if (format == UiStatus.Format.JSON) {
            console.result(status.json());
        } else {
            status.lines().forEach(line -> line.lines().forEach(console::hint));
        }
        return ExitCode.DONE;
    }

    @Command(
            description =
                    "Bring it and its data to the version of MLflow that this Ablate comes with; the database is kept as it was, too.")
    int upgrade() throws LocalServerException {
        ServerData.Upgraded upgraded =
                deliveries.get().withServer(server -> server.data().upgrade(console::report));
        console.result(
                "MLflow and its data are at " + LocalServer.VERSION + (upgraded.changed() ? "" : " already") + "\n");
        upgraded.before().ifPresent(file -> console.resultLine("The database as it was: " + file));
        upgraded.address().ifPresent(address -> console.resultLine("MLflow runs at " + address));
        return ExitCode.DONE;
    }

    @Command(description = "Put its database and artifacts into one file, while it runs or not.")
    int backup(
            @Parameters(paramLabel = "FILE", description = "where to, a zip file") Path file,
            @Option(names = "--force", description = "replace FILE if it is there") boolean force)
            throws IOException, LocalServerException {
        NewFile.require(file, force);
        try (AtomicFile atomic = AtomicFile.begin(file)) {
            long bytes = deliveries.get().withServer(server -> server.data().backup(atomic.draft(), console::report));
            long size = Files.size(atomic.draft());
            atomic.commit();
            console.hint(file + " holds the MLflow server's data: " + Numbers.rounded(bytes / 1e6) + " MB in "
                    + Numbers.rounded(size / 1e6) + " MB. To have them back: ablate ui restore "
                    + Program.quoted(file.toString()));
        }
        return ExitCode.DONE;
    }

    @Command(
            description =
                    "Put a backup in the place of its data, which are put aside. What was delivered since is delivered again by ${ROOT-COMMAND-NAME} ui.")
    int restore(
            @Parameters(paramLabel = "FILE", description = "what ${ROOT-COMMAND-NAME} ui backup wrote") Path file,
            @Option(names = "--force", description = "even where there are data") boolean force)
            throws LocalServerException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + file);
        }
        ServerData.Restored restored;
        // before it is touched, as this may be ended at any moment; and after, for what was delivered meanwhile
        deliveries.get().doubtServer();
        try {
            restored = deliveries.get().withServer(server -> server.data().restore(file, force, console::report));
        } finally {
            deliveries.get().doubtServer();
        }
        console.resultLine("Restored: the data of MLflow" + (restored.mlflow().isEmpty() ? "" : " " + restored.mlflow())
                + " as they were at " + restored.created() + ".");
        restored.before().ifPresent(folder -> console.resultLine("Those that were there: " + folder));
        restored.address().ifPresent(address -> console.resultLine("MLflow runs at " + address));
        console.hint("To see them, and to deliver what they lack: ablate ui");
        return ExitCode.DONE;
    }
}
