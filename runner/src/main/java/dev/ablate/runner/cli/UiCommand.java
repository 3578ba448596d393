package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Console;
import dev.ablate.runner.cli.terminal.Interruption;
import dev.ablate.runner.mlflow.client.Destination;
import dev.ablate.runner.mlflow.server.LocalServer;
import dev.ablate.runner.mlflow.server.LocalServerException;
import dev.ablate.runner.report.Numbers;
import jakarta.inject.Provider;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The MLflow server that belongs to this machine. */
@Command(
        name = "ui",
        description =
                "Start MLflow on this machine, installing it first if need be, deliver what it lacks, and open it.")
final class UiCommand implements Callable<Integer> {

    enum Action {
        START,
        STOP,
        STATUS;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Interruption interruption;
    private final Provider<Tracker> tracker;
    private final Provider<LocalServer> local;

    @Parameters(arity = "0..1", paramLabel = "ACTION", description = "start (default), stop or status")
    private Action action = Action.START;

    UiCommand(Console console, Interruption interruption, Provider<Tracker> tracker, Provider<LocalServer> local) {
        this.console = console;
        this.interruption = interruption;
        this.tracker = tracker;
        this.local = local;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return switch (action) {
                case START -> start();
                case STOP -> stop();
                case STATUS -> status();
            };
        } catch (LocalServerException e) {
            console.error("error: " + e.getMessage());
            return interruption.code().orElse(ExitCode.FAILED);
        }
    }

    private int start() throws LocalServerException {
        URI server = tracker.get().startServer();
        console.result("MLflow runs at " + server + "  (to end it: ablate ui stop)\n");
        Tracker.Result result = tracker.get().sync(Destination.managed(server));
        result.lines().forEach(console::resultLine);
        tracker.get().show(result.page().orElse(server.toString()));
        return interruption.code().orElse(ExitCode.DONE);
    }

    private int stop() throws LocalServerException, InterruptedException {
        console.result(local.get().stop() ? "MLflow was stopped; its data stay.\n" : "MLflow does not run.\n");
        return ExitCode.DONE;
    }

    private int status() {
        LocalServer.Status status = local.get().status();
        console.result(status.address()
                        .map(address -> "MLflow " + status.version().orElse("") + " runs at " + address)
                        .orElse("MLflow does not run. To start it: ablate ui")
                + "\n");
        console.result("data: " + status.data() + " (" + Numbers.rounded(status.bytes() / 1e6) + " MB)\n");
        return ExitCode.DONE;
    }
}
